"""The bibliography: a .bib file made into works, and works into a .bib file.

Nothing is lost unsaid: an entry is a work, or a diagnostic names it and says what to mend.  This
package is the only one that knows bibtexparser.
"""

from __future__ import annotations

from argmap.bibliography.cleaning import clean_work, escape_bare, write_plainly
from argmap.bibliography.latex import decode_latex, encode_latex
from argmap.bibliography.output import write_bibliography
from argmap.bibliography.parser import parse_bibliography, read_bibliography
from argmap.bibliography.works import (
    describe_work,
    list_people,
    page_range,
    read_field,
    read_names,
)

__all__ = [
    "clean_work",
    "decode_latex",
    "describe_work",
    "encode_latex",
    "escape_bare",
    "list_people",
    "page_range",
    "parse_bibliography",
    "read_bibliography",
    "read_field",
    "read_names",
    "write_bibliography",
    "write_plainly",
]
