"""The folder ``corpus/``: which files it holds, and what stands in them."""

from __future__ import annotations

from pathlib import Path

from argmap.authoring.annotations import read_annotations
from argmap.authoring.documents import is_printable_name, read_document
from argmap.authoring.drafts import CorpusDraft
from argmap.authoring.fields import Fields
from argmap.authoring.review_file import read_across_file, read_review_file
from argmap.authoring.text_file import read_text_file
from argmap.diagnostics import Diagnostic

_READERS = {
    "text": read_text_file,
    "review": read_review_file,
    "relations": read_across_file,
}
_SUFFIXES = (".yaml", ".yml")
ANNOTATIONS = "annotations"
_BEGIN = "Begin the file with `text: KEY`, `review:` or `relations:`."


def read_corpus(folder: Path) -> tuple[CorpusDraft, list[Diagnostic]]:
    """Read every ``*.yaml`` and ``*.yml`` file of a folder, in the order of their names.

    What a file is shows in its fields: ``text`` (a coded text), ``review`` or ``relations``.
    Errors of one file never keep another from being read; hidden files and those of other kinds
    are not read, YAML files in folders below neither, but noted; ``annotations/`` holds
    Markdown about works.  Linear in the size of the files.
    """
    draft = CorpusDraft()
    findings: list[Diagnostic] = []
    label = folder.as_posix()
    if not folder.is_dir():
        what = "is a file, not a folder" if folder.exists() else "does not exist"
        remedy = "Name the folder with --corpus DIR, or begin one with `argmap new DIR`."
        findings.append(
            Diagnostic(
                path=label,
                message=f"the corpus folder {what}",
                code="corpus-missing",
                remedy=remedy,
            )
        )
        return draft, findings
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        findings.append(
            Diagnostic(
                path=label,
                message=f"cannot read the corpus folder: {error.strerror}",
                code="file-unreadable",
                remedy="Check the permissions of the folder.",
            )
        )
        return draft, findings
    reviews: list[Path] = []
    texts: dict[str, Path] = {}
    for path in entries:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            findings += _note_files_below(path)
            if path.name == ANNOTATIONS:
                draft.annotations, problems = read_annotations(path, folder.resolve().name)
                findings += problems
            continue
        if path.suffix.lower() not in _SUFFIXES:
            continue
        if not is_printable_name(path.name):
            findings.append(
                Diagnostic(
                    path=f"{label}/{ascii(path.name)[1:-1]}",
                    message="the name of this file is not UTF-8, or holds control characters",
                    code="file-name",
                    remedy="Rename the file with letters, digits and hyphens.",
                )
            )
            continue
        root, problems = read_document(path, path.as_posix())
        findings += problems
        if root is None:
            continue
        fields = Fields(path.as_posix(), f"{folder.resolve().name}/{path.name}")
        kinds = [kind for kind in _READERS if kind in root]
        kind = kinds[0] if kinds else ""
        key = root.get("text")
        key = key.strip().removeprefix("@") if isinstance(key, str) else ""
        if path.stem == "review" and not kind:
            kind = "review"
        if not kind:
            fields.report(root.at, "this is no file of a corpus", "file-kind", _BEGIN)
        elif kind == "review" and reviews:
            fields.report(
                root.at,
                f"a second review (the first is {reviews[0].name})",
                "review-twice",
                "Join the two files.",
            )
        elif kind == "text" and key in texts:
            fields.report(
                root.values_at["text"],
                f"{key!r} is coded in {texts[key].name} already",
                "text-twice",
                "Join the two files, or mend the key.",
            )
        else:
            if kind == "review":
                reviews.append(path)
            elif kind == "text":
                texts[key or path.name] = path
            _READERS[kind](fields, root, draft)
        findings += fields.findings
    if not texts and not findings:
        findings.append(
            Diagnostic(
                path=label,
                message="no coded text in this folder",
                code="corpus-empty",
                remedy="Code a text into a .yaml file here (docs/authoring.md shows how).",
            )
        )
    if texts and not reviews and not any(f.path.endswith("review.yaml") for f in findings):
        findings.append(
            Diagnostic(
                path=f"{label}/review.yaml",
                severity="warning",
                message="the corpus has no review.yaml",
                code="review-missing",
                remedy="Write one with title, base, topics, actors and groups.",
            )
        )
    return draft, findings


def _note_files_below(folder: Path) -> list[Diagnostic]:
    """Note that files which look like a corpus's stand in a folder where they are not read."""
    try:
        number = sum(path.suffix.lower() in _SUFFIXES for path in folder.iterdir())
    except OSError:
        return []
    if not number:
        return []
    return [
        Diagnostic(
            path=folder.as_posix(),
            severity="note",
            message=f"{number} YAML {'file' if number == 1 else 'files'} in this folder: not read",
            code="file-not-read",
            remedy="Move what belongs to the corpus one folder up.",
        )
    ]
