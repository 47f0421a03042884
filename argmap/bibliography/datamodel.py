"""What BibTeX and biblatex know: entry types, fields, their two spellings, what crossref hands on.

After the biblatex manual, version 3.18: chapters 2.1 (types), 2.2 (fields), appendix B
(inheritance).
"""

from __future__ import annotations


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PLAIN_TYPES = _split(
    """
    article book booklet conference inbook incollection inproceedings manual mastersthesis
    misc phdthesis proceedings techreport unpublished
    """
)
_BIBLATEX_TYPES = _split(
    """
    artwork audio bibnote bookinbook collection commentary customa customb customc customd
    custome customf dataset electronic image inreference jurisdiction legal legislation
    letter movie music mvbook mvcollection mvproceedings mvreference online patent
    performance periodical reference report review set software standard suppbook
    suppcollection suppperiodical thesis video www xdata
    """
)
TYPES = _PLAIN_TYPES | _BIBLATEX_TYPES

# Spellings of plain BibTeX, with what biblatex calls the same thing.
ALIASES = {
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "journal": "journaltitle",
    "key": "sortkey",
    "pdf": "file",
    "primaryclass": "eprintclass",
    "school": "institution",
}
TYPE_ALIASES = {
    "conference": "inproceedings",
    "electronic": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
    "www": "online",
}

DATES = frozenset({"date", "year", "month", "day", "endyear", "endmonth", "endday"})
_PLAIN_FIELDS = _split(
    """
    address annote author booktitle chapter crossref doi edition editor eprint file
    howpublished institution isbn issn journal key keywords language month note number
    organization pages publisher school series title type url urldate volume year abstract
    """
)
# Fields by which a file shows that it is written for biblatex.
_BIBLATEX_FIELDS = _split(
    """
    date journaltitle location subtitle booksubtitle maintitle mainsubtitle titleaddon
    booktitleaddon bookauthor editortype entrysubtype eprinttype eventdate eventtitle
    issuetitle journalsubtitle langid origdate origlanguage origlocation origpublisher
    origtitle pagetotal pubstate related relatedtype shorthand shorttitle xref ids
    """
)
_OTHER_FIELDS = _split(
    """
    addendum afterword annotation annotator archiveprefix authortype bookpagination
    commentator day editora editoratype editorb editorbtype editorc editorctype eid endday
    endmonth endyear entryset eprintclass execute foreword gender holder indexsorttitle
    indextitle introduction isan ismn isrn issue issuesubtitle issuetitleaddon iswc
    journaltitleaddon label langidopts library mainsubtitle maintitleaddon nameaddon options
    pagination part pdf presort primaryclass relatedoptions relatedstring reprinttitle
    shortauthor shorteditor shorthandintro shortjournal shortseries sortkey sortname
    sortshorthand sorttitle sortyear translator urlday urlmonth urlyear usera userb userc
    userd usere userf venue verba verbb verbc version volumes xdata archive comment
    copyright date-added date-modified keyword lccn mendeley-groups owner pmid pmcid place
    pubmedid review timestamp
    """
)
FIELDS = _PLAIN_FIELDS | _BIBLATEX_FIELDS | _OTHER_FIELDS

# Fields that argmap reads itself: two different values for one of them are an error.
READ_FIELDS = frozenset(
    {"author", "editor", "title", "subtitle", "booktitle", "date", "year", "pages", "doi", "url"}
    | {"crossref", "xdata", "journal", "journaltitle", "publisher"}
)
NAME_FIELDS = _split(
    """
    author editor editora editorb editorc bookauthor translator annotator commentator
    introduction foreword afterword holder shortauthor shorteditor namea nameb namec
    """
)

_NOT_INHERITED = _split(
    """
    ids crossref xref entryset entrysubtype execute label options presort related
    relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey key
    """
)
# biblatex hands these on, too; but they name or describe the parent itself, and a chapter with the
# DOI of its book would pass for the book.
_PARENT_ONLY = _split(
    """
    doi url urldate eprint eprinttype archiveprefix eprintclass primaryclass file pdf
    abstract annotation annote
    """
)
_TITLES = ("title", "subtitle", "titleaddon")
_SHORT_TITLES = ("shorttitle", "sorttitle", "indextitle", "indexsorttitle")
_RENAMING: tuple[tuple[str, str, str], ...] = (
    # parents, children, what "title" becomes
    ("mvbook", "book inbook bookinbook suppbook", "maintitle"),
    (
        "mvcollection mvreference",
        "collection reference incollection inreference suppcollection",
        "maintitle",
    ),
    ("mvproceedings", "proceedings inproceedings", "maintitle"),
    ("book", "inbook bookinbook suppbook", "booktitle"),
    ("collection reference", "incollection inreference suppcollection", "booktitle"),
    ("proceedings", "inproceedings", "booktitle"),
    ("periodical", "article suppperiodical", "journaltitle"),
)
_TITLE_OF = {
    (parent, child): title
    for parents, children, title in _RENAMING
    for parent in parents.split()
    for child in children.split()
}


def is_biblatex(entry_type: str, fields: dict[str, str]) -> bool:
    """Say whether an entry shows by its type or a field that it is written for biblatex."""
    if entry_type == "xdata":
        return False
    return entry_type in _BIBLATEX_TYPES or not _BIBLATEX_FIELDS.isdisjoint(fields)


def get_heirs(field: str, parent: str, child: str, *, biblatex: bool) -> tuple[str, ...]:
    """Return the names under which a child entry inherits a parent's field; none if it does not.

    ``parent`` and ``child`` are entry types.  Plain BibTeX hands on every field under its own name.
    """
    if field in _NOT_INHERITED or field in _PARENT_ONLY:
        return ()
    if not biblatex:
        return (field,)
    parent = TYPE_ALIASES.get(parent, parent)
    child = TYPE_ALIASES.get(child, child)
    title = _TITLE_OF.get((parent, child))
    if title:
        if field in _TITLES:
            stem = title.removesuffix("title")
            return (stem + field if field != "title" else title,)
        if field in _SHORT_TITLES:
            return ()
    if (
        field == "author"
        and parent in ("mvbook", "book")
        and child
        in (
            "inbook",
            "bookinbook",
            "suppbook",
        )
    ):
        return ("author", "bookauthor")
    return (field,)


def is_handed_on_by_xdata(field: str) -> bool:
    """Say whether an entry takes this field over from its ``@xdata``."""
    return field not in ("ids", "xdata")
