"""The graph: records to RDF and back, SHACL shapes, and stores on disk."""
