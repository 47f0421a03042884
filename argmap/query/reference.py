"""The reference of Python names, ``docs/api.md``, written from their docstrings.

``python -m argmap.query.reference > docs/api.md`` brings it up to date.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec

import argmap

_HEAD = """# Python

What every public name of `argmap` says of itself; each example is run by the tests. In the examples
`review` is the review that comes with argmap:

```python
import argmap

review = argmap.load("corpus", "references.bib")
```

Frames need the extra `pandas`, Arrow tables `parquet`, servers `server`; what is missing says how
to install it.
"""
_GROUPS: dict[str, tuple[str, ...]] = {
    "Asking": ("load", "Review", "Collection", "Answer", "Table"),
    "Rows of answers": (
        "Stand",
        "Holding",
        "Reason",
        "Use",
        "CitingWork",
        "Comparison",
        "Division",
        "Entry",
        "Attack",
        "Shift",
        "Link",
        "Turn",
    ),
    "Records": (
        "Work",
        "Person",
        "Text",
        "Holder",
        "Claim",
        "Anchor",
        "Position",
        "Relation",
        "Citation",
        "Topic",
        "Place",
        "Literature",
    ),
    "What analysis finds": ("Derived", "Standing", "Dispute", "School", "Cleavage"),
    "What can go wrong": (
        "CorpusError",
        "Diagnostic",
        "UnknownName",
        "QueryError",
        "StoreError",
        "MissingExtra",
    ),
}
_ROLE = re.compile(r":(?:class|func|meth|data|mod):`~?([^`]+)`")
_CODE = re.compile(r"``([^`]+)``")
_RULE = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)


def list_public() -> Iterator[tuple[str, Any]]:
    """Yield every public name with its object: of ``argmap``, and the members of its classes."""
    for name in argmap.__all__:
        thing = getattr(argmap, name)
        yield name, thing
        if inspect.isclass(thing):
            yield from ((f"{name}.{member}", each) for member, each in list_members(thing))


def list_members(thing: type) -> list[tuple[str, Any]]:
    """Return the public methods and properties that a class defines, in their order."""
    return [
        (name, member)
        for name, member in vars(thing).items()
        if not name.startswith("_")
        and (inspect.isfunction(member) or isinstance(member, property | cached_property))
    ]


def read_doc(thing: Any) -> str:
    """Return the docstring of a function, class or property, without its margin."""
    return inspect.getdoc(thing.func if isinstance(thing, cached_property) else thing) or ""


def write_reference() -> str:
    """Return the reference of all public names as Markdown."""
    parts = [_HEAD]
    for title, names in _GROUPS.items():
        links = ", ".join(f"[{name}](#{name.lower()})" for name in names)
        parts.append(f"**{title}**: {links}.\n")
    for title, names in _GROUPS.items():
        parts.append(f"## {title}\n")
        for name in names:
            thing = getattr(argmap, name)
            parts.append(f"### {name}\n")
            parts.append(_write_signature(name, thing))
            parts.append(_write_doc(read_doc(thing)))
            if inspect.isclass(thing):
                for member, each in list_members(thing):
                    parts.append(f"#### {name}.{member}\n")
                    if inspect.isfunction(each):
                        parts.append(_write_signature(member, each))
                    parts.append(_write_doc(read_doc(each)))
    return "\n".join(part for part in parts if part)


def _write_signature(name: str, thing: Any) -> str:
    if inspect.isclass(thing) and issubclass(thing, msgspec.Struct):
        types = inspect.get_annotations(thing)
        fields = [f"    {field}: {types[field]}" for field in thing.__struct_fields__]
        return "```python\n" + "\n".join([f"class {name}:", *fields]) + "\n```\n"
    if inspect.isclass(thing):
        return ""
    signature = inspect.signature(thing)
    told = f"{name}({_write_parameters(signature)})"
    if signature.return_annotation is not inspect.Signature.empty:
        told += f" -> {signature.return_annotation}"
    return f"```python\n{told}\n```\n"


def _write_parameters(signature: inspect.Signature) -> str:
    """Return the parameters as they are written, annotations as words."""
    parts = []
    starred = False
    for parameter in signature.parameters.values():
        if parameter.name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            parts.append("*")
            starred = True
        word = parameter.name
        if parameter.kind is parameter.VAR_POSITIONAL:
            word, starred = f"*{word}", True
        if parameter.kind is parameter.VAR_KEYWORD:
            word = f"**{word}"
        if parameter.annotation is not parameter.empty:
            word += f": {parameter.annotation}"
        if parameter.default is not parameter.empty:
            word += f" = {parameter.default!r}"
        parts.append(word)
        if parameter.kind is parameter.POSITIONAL_ONLY:
            parts.append("/")
    line = ", ".join(parts)
    if len(line) <= 80:
        return line
    return "\n" + "".join(f"    {part},\n" for part in parts)


def _write_doc(text: str) -> str:
    """Return a docstring as Markdown: examples in fences, headings bold, code in single ticks."""
    text = _ROLE.sub(lambda match: f"`{match[1].rpartition('.')[2]}`", text)
    text = _CODE.sub(r"`\1`", text)
    text = _RULE.sub(r"**\1**\n", text)
    lines: list[str] = []
    fenced = False
    for line in text.splitlines():
        example = line.lstrip().startswith((">>>", "..."))
        if example and not fenced:
            if lines and lines[-1]:
                lines.append("")
            lines.append("```pycon")
            fenced = True
        elif fenced and not line.strip():
            lines.append("```")
            fenced = False
        lines.append(line)
    if fenced:
        lines.append("```")
    return _list_terms(lines) + "\n"


def _list_terms(lines: list[str]) -> str:
    """Return lines with what stands under Parameters and the like as a list."""
    out: list[str] = []
    section = ""
    fenced = False
    for line in lines:
        if line.startswith("```"):
            fenced = not fenced
        if line.startswith("**"):
            section = line.strip("*")
        if section in ("Parameters", "Raises", "Attributes") and not fenced and line.strip():
            if line.startswith("    "):
                out.append(f"  {line.strip()}")
                continue
            if not line.startswith("**"):
                out.append(f"- `{line.strip()}`:")
                continue
        out.append(line)
    return "\n".join(out)


if __name__ == "__main__":
    sys.stdout.write(write_reference())
