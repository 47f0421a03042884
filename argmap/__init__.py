"""argmap: a literature as a citation-linked argument graph."""
