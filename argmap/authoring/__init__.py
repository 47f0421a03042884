"""From corpus files to records: YAML with places, short forms, checked fields."""

from argmap.authoring.corpus import read_corpus
from argmap.authoring.drafts import CorpusDraft, RelationDraft

__all__ = ["CorpusDraft", "RelationDraft", "read_corpus"]
