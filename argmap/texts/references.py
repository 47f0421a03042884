"""The list of references at the end of a text, entry by entry, and the works it lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from argmap.model import Record, Work
from argmap.texts.names import split_keys
from argmap.texts.paragraphs import begin_words, cut_blocks, join_blocks
from argmap.texts.plain import make_plain
from argmap.texts.sources import Source
from argmap.texts.words import cut_words

_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
# Surname and initials, or a body, and a year soon after: how an entry begins.
_BEGINNING = re.compile(
    r"(?:[-*+•]\s+)?(?:[-_—–]{2,}|[A-ZÀ-Þ][^\W\d_]*|(?:van|von|de|der|du|da|di|la|le)\s)"
    r".{0,160}?(?<!\d)(?:(?:1[4-9]|20)\d\d(?!\d)|n\. ?d\.|in press|forthcoming)",
    re.DOTALL,
)
# The same more strictly, for a line among others: nothing but names stands before the year, and
# something after it.
_ENTRY = re.compile(
    r"(?:[-*+•]\s+)?"
    r"(?:[-_—–]{2,}|(?:(?:van|von|de|der|du|da|di|la|le)\s)*[A-ZÀ-Þ][\w.’'-]*)"
    r"(?:[\s,.&;()]+(?:[A-ZÀ-Þ][\w.’'-]*|and|und|et|al|eds?|hrsg|of|on|for|the|van|von|de|der|du|da"
    r"|di|la|le)(?![\w’'-])){0,24}"
    r"[\s,.()]+(?:(?:1[4-9]|20)\d\d[a-z]?|n\. ?d\.|in press|forthcoming)[\s).,:;]+\S"
)
_NAMES_GO_ON = re.compile(r"(?:,|&|\band)\Z")
_SAME_AUTHOR = re.compile(r"\W*[-_—–]{2,}")
_NAMES_REACH = 12  # how many words of an entry the first author's name may need
_SMALL = frozenset("the and for with from into its that this after under over".split())  # noqa: SIM905


class Listed(Record, frozen=True, kw_only=True):
    """An entry of a text's list of references.

    ``work`` is the key of the work it lists, empty where the bibliography has none; ``words`` are
    its first words, six at most.
    """

    work: str
    start: int
    end: int
    page: str
    page_inferred: bool
    words: str


def find_listed(source: Source, works: Iterable[Work]) -> tuple[Listed, ...]:
    """Return the entries of the text's list of references, in order, with the works they list.

    An entry lists the work whose first author (or editor, body, or title where there is nobody),
    year and title words it shares best; two of the three must agree, so that a misspelt name or
    a wrong year is forgiven.  Entries are set apart by blank lines, list marks, hanging
    indents or, among lines without any of these, by how they begin; an entry cut by a page break
    is one.  A dash in place of names repeats those of the entry before.  Empty where the text has
    no list.  Linear in the list times the works that share an entry's first words.
    """
    if source.references is None:
        return ()
    index: dict[str, list[Work]] = {}
    for work in works:
        for key in {*_first_names(work), *_title_words(work)}:
            index.setdefault(key, []).append(work)
    listed: list[Listed] = []
    author = ""
    for start, end in _split_entries(source, *source.references):
        plain = make_plain(source, start, end).text
        if _SAME_AUTHOR.match(plain):
            plain = _SAME_AUTHOR.sub(author + " ", plain, count=1)
        else:
            start = begin_words(source, start)
            plain = make_plain(source, start, end).text
            year = _YEAR.search(plain)
            author = plain[: year.start()] if year else ""
        page = source.find_page(start)
        listed.append(
            Listed(
                work=_match(plain, index),
                start=start,
                end=end,
                page=page.label if page else "",
                page_inferred=page.inferred if page else False,
                words=cut_words(" ".join(plain.split())),
            )
        )
    return tuple(listed)


def _split_entries(source: Source, low: int, high: int) -> list[tuple[int, int]]:
    entries: list[tuple[int, int]] = []
    blocks = _rejoin(source, low, high)
    inner = [_find_beginnings(source.content[start:end]) for start, end in blocks]
    # Blank lines between most entries set all of them apart.
    crowded = sum(map(len, inner)) >= 2 * len(blocks)
    for (start, end), begun in zip(blocks, inner, strict=True):
        lines = [m.span() for m in re.finditer(r"[^\r\n]*\S[^\r\n]*", source.content[start:end])]
        cuts = [a for a, b in lines if _BEGINNING.match(source.content[start + a : start + b])]
        indented = [source.content[start + a] in " \t" for a, _ in lines]
        if any(indented):
            cuts = [a for (a, _), inward in zip(lines, indented, strict=True) if not inward]
        elif len(cuts) < len(lines):
            cuts = begun if crowded else []
        bounds = [start, *(start + cut for cut in cuts if cut), end]
        for first, last in pairwise(bounds):
            text = source.content[first:last]
            stop = first + len(text.rstrip())
            if stop > first and any(letter.isalpha() for letter in text):
                entries.append((first, stop))
    return entries


def _find_beginnings(block: str) -> list[int]:
    """Return the offsets of the lines that begin like an entry; other lines continue one."""
    found: list[int] = []
    lines = [m.span() for m in re.finditer(r"[^\r\n]*\S[^\r\n]*", block)]
    reach = 0
    for number, (start, end) in enumerate(lines):
        if start < reach:
            continue
        reach = end
        if _NAMES_GO_ON.search(block[start:end].rstrip()) and number + 1 < len(lines):
            reach = lines[number + 1][1]
        if _ENTRY.match(" ".join(block[start:reach].split())):
            found.append(start)
        else:
            reach = end
    return found


def _rejoin(source: Source, low: int, high: int) -> list[tuple[int, int]]:
    """Return the blocks of the list, those cut by a page joined unless they begin like an entry."""
    spans: list[tuple[int, int]] = []
    blocks = cut_blocks(source, low, high)
    for number, block in enumerate(blocks):
        joined = join_blocks(source, blocks[max(0, number - 1) : number + 1])
        begins = _BEGINNING.match(source.content, block.start, min(block.end, block.start + 240))
        if spans and len(joined) == 1 and not begins:
            spans[-1] = (spans[-1][0], block.end)
        else:
            spans.append((block.start, block.end))
    return spans


def _match(entry: str, index: dict[str, list[Work]]) -> str:
    words = split_keys(entry)
    present = set(words)
    opening = set(words[:_NAMES_REACH])
    years = [int(year) for year in _YEAR.findall(entry)]
    candidates = {work.key: work for word in dict.fromkeys(words) for work in index.get(word, ())}
    best, best_score = "", 0.0
    for key in sorted(candidates):
        work = candidates[key]
        title = _title_words(work)
        main = _title_words(work, main_only=True)
        share = max(_share(title, present), _share(main, present) if len(main) > 1 else 0.0)
        named = bool(opening & _first_names(work))
        dated = work.year is not None and work.year in years
        undated = work.year is None and not years
        fits = (named and (dated or undated) and share >= 0.3) or (named and share >= 0.7)
        if not fits and not (dated and share >= 0.8 and len(title) > 2):
            continue
        score = 2.0 * share + 1.0 * named + 1.0 * dated + 0.5 * (dated and years[0] == work.year)
        if score > best_score:
            best, best_score = key, score
    return best


def _first_names(work: Work) -> set[str]:
    """Return the folded words one of which stands first in an entry that lists the work."""
    people = work.authors or work.editors
    if people:
        return set(split_keys(people[0].family)[-1:])
    return set(_title_words(work)[:1])


def _title_words(work: Work, *, main_only: bool = False) -> list[str]:
    title = work.title.partition(":")[0] if main_only else work.title
    words = [word for word in split_keys(title) if len(word) > 2 and word not in _SMALL]
    return list(dict.fromkeys(words))


def _share(title: list[str], present: set[str]) -> float:
    return sum(1 for word in title if word in present) / len(title) if title else 0.0


__all__ = ["Listed", "find_listed"]
