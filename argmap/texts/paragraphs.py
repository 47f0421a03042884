"""Paragraphs of a source text's body, those cut by page breaks joined again."""

from __future__ import annotations

import re
from bisect import bisect_left

from argmap.model import Record, Text
from argmap.texts.passages import quote_span
from argmap.texts.sources import Source
from argmap.texts.words import cut_words

_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+•–▪]|\(?(?:[0-9]{1,3}|[a-z]|[ivx]{1,4})[.)])[ \t]+\S")
_FULL_STOP = re.compile(r"[.!?:…][\])}\"'’”»*_0-9]*\Z")
_FIRST_WORDS = 6


class Paragraph(Record, frozen=True, kw_only=True):
    """A paragraph or list item of the body.

    ``number`` counts from 1; ``start`` and ``end`` are offsets into the source, ``end`` exclusive;
    ``page`` is where it begins; ``words`` are its first words, six at most.
    """

    text: str
    number: int
    start: int
    end: int
    page: str
    page_inferred: bool
    section: str | None
    words: str


class Block(Record, frozen=True, kw_only=True):
    """Lines between blank ones, and whether a heading or a running head stands before them."""

    start: int
    end: int
    after_heading: bool
    after_hole: bool
    is_item: bool


def split_paragraphs(source: Source, text: Text) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the body in order, headings left out.

    Paragraphs are set apart by blank lines, list items by their marks.  A paragraph that ends in
    mid-air and goes on after a page break, a running head or a page mark is one; so is one that
    goes on with a small letter.  Not covered: paragraphs told apart by indentation alone, tables,
    footnotes between paragraphs, and a paragraph whose sentence happens to end with its page (it
    is counted as two).  Linear.
    """
    paragraphs: list[Paragraph] = []
    for start, end in join_blocks(source, cut_blocks(source, *source.body)):
        page = source.find_page(begin_words(source, start))
        paragraphs.append(
            Paragraph(
                text=text.key,
                number=len(paragraphs) + 1,
                start=start,
                end=end,
                page=page.label if page else "",
                page_inferred=page.inferred if page else False,
                section=source.section_at(start),
                words=cut_words(quote_span(source, start, min(end, start + 200)), _FIRST_WORDS),
            )
        )
    return tuple(paragraphs)


def begin_words(source: Source, offset: int) -> int:
    """Return where the first word at or after an offset begins: past list marks and quotes."""
    number = bisect_left(source.starts, offset)
    return source.starts[number] if number < len(source.starts) else offset


def cut_blocks(source: Source, low: int, high: int) -> list[Block]:
    """Return the blocks of a span: lines between blank ones, headings left out."""
    blocks: list[Block] = []
    headings = set(source.heading_offsets)
    bounds = [*source.lines, len(source.content)]
    current: list[tuple[int, int]] = []
    after_heading = after_hole = is_item = False

    def close() -> None:
        nonlocal after_heading, after_hole
        if not current:
            return
        start, end = current[0][0], current[-1][1]
        block = Block(
            start=start,
            end=end,
            after_heading=after_heading,
            after_hole=after_hole,
            is_item=is_item,
        )
        blocks.append(block)
        current.clear()
        after_heading = after_hole = False

    for number, line in enumerate(source.lines):
        if not low <= line < high:
            continue
        if line in headings:
            close()
            after_heading = True
            continue
        span = _bare(source, line, min(bounds[number + 1], high))
        if span is None:
            close()
            # A line that is blank but for a running head, a rule or a page mark.
            after_hole = after_hole or bool(source.content[line : bounds[number + 1]].strip())
            continue
        marked = _LIST_ITEM.match(source.content, span[0], span[1]) is not None
        if marked:
            close()
        if not current:
            is_item = marked
            after_hole = after_hole or bool(source.content[line : span[0]].strip())
        current.append(span)
    close()
    return blocks


def _bare(source: Source, start: int, end: int) -> tuple[int, int] | None:
    """Return a line's span without white space and holes at its ends; None if nothing is left."""
    while start < end:
        hole = _hole_at(source, start)
        if hole is not None:
            start = max(start, hole[1])
        elif source.content[start].isspace() or source.content[start] == "\ufeff":
            start += 1
        else:
            break
    while start < end:
        hole = _hole_at(source, end - 1)
        if hole is not None:
            end = hole[0]
        elif source.content[end - 1].isspace():
            end -= 1
        else:
            break
    first = bisect_left(source.starts, start)
    wordless = first == len(source.starts) or source.starts[first] >= end
    return None if start >= end or wordless else (start, end)


def _hole_at(source: Source, offset: int) -> tuple[int, int] | None:
    number = bisect_left(source.holes, (offset + 1,)) - 1
    if number >= 0 and source.holes[number][0] <= offset < source.holes[number][1]:
        return source.holes[number]
    return None


def join_blocks(source: Source, blocks: list[Block]) -> list[tuple[int, int]]:
    """Return the spans of the blocks, those that continue the one before joined to it."""
    spans: list[tuple[int, int]] = []
    for block in blocks:
        if spans and _continues(source, spans[-1], block):
            spans[-1] = (spans[-1][0], block.end)
        else:
            spans.append((block.start, block.end))
    return spans


def _continues(source: Source, before: tuple[int, int], block: Block) -> bool:
    if block.after_heading or block.is_item:
        return False
    ending = source.content[max(before[0], before[1] - 20) : before[1]]
    first = source.content[block.start]
    turned = block.after_hole or source.page_at(before[1] - 1) != source.page_at(
        begin_words(source, block.start)
    )
    if _FULL_STOP.search(ending):
        # `the U.S.` may end a page in mid-sentence.
        return turned and first.islower() and not ending.endswith(":")
    return turned or first.islower() or ending.endswith(("-", "\u00ad"))
