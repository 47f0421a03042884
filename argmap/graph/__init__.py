"""The graph: records to RDF and back, SHACL shapes, and stores on disk.

The terms are documented in ``ontology.ttl``, the constraints in ``shapes.ttl``, both beside this.
"""

from argmap.graph.losses import find_losses, list_left_out
from argmap.graph.quads import write_quads
from argmap.graph.records import read_records
from argmap.graph.serialisation import FORMATS, serialise, write_rdf
from argmap.graph.shapes import read_ontology, read_shapes, validate
from argmap.graph.stores import StoreError, as_dataset, build_store, locate_store, open_store

__all__ = [
    "FORMATS",
    "StoreError",
    "as_dataset",
    "build_store",
    "find_losses",
    "list_left_out",
    "locate_store",
    "open_store",
    "read_ontology",
    "read_records",
    "read_shapes",
    "serialise",
    "validate",
    "write_quads",
    "write_rdf",
]
