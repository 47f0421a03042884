"""The codes of everything that can be wrong with source texts, anchors and the lock file."""

from __future__ import annotations

from argmap.diagnostics import Severity

EXPLANATIONS: dict[str, tuple[Severity, str, str]] = {
    "anchor-not-found": (
        "error",
        "First or last words that are not in the text",
        "The words of an anchor are looked for in your copy of the text; case, accents, "
        "punctuation, markup, line breaks, hyphenation, page marks and running heads make no "
        "difference, words do. The last words must follow the first within 400 words. The "
        "nearest place is named.",
    ),
    "anchor-page": (
        "error",
        "A passage that begins on another page",
        "The page of an anchor is the one on which its first words stand by the marks of the "
        "text; of a span of pages (654-655) the last is the one on which the passage ends. The "
        "right page is named.",
    ),
    "anchor-section": (
        "error",
        "A passage that stands in another section",
        "A section given with an anchor must be that of the last heading above the passage: its "
        "number, or the first words of its title.",
    ),
    "anchor-twice": (
        "error",
        "First and last words that fit several passages",
        "An anchor must mean one passage on its page or, without a page, in the text. Take a "
        "word more at the beginning or at the end.",
    ),
    "citation-ambiguous": (
        "warning",
        "A citation that fits several works",
        "Several works have the names and the year of the citation, and none was taken. Where "
        "the text writes 2013a and 2013b, let the keys of the works end so too.",
    ),
    "citation-misspelt": (
        "note",
        "A citation with a misspelt name",
        "The text misspells an author, and only one work of that year has a name like it. It was "
        "taken for that work.",
    ),
    "citation-unlisted": (
        "warning",
        "What looks like a citation of a work that the bibliography has not",
        "A name and a year stand together as in a citation, but no work of the bibliography has "
        "both. Add the work, or correct its year or names.",
    ),
    "lock-conflict": (
        "error",
        "Marks of a merge conflict in the lock file",
        "Take either side: the file is made anew by argmap check --write-lock --texts DIR.",
    ),
    "lock-record": (
        "error",
        "A line of the lock file that cannot be read",
        "Every line is a JSON object with the fields of a text or of an anchor. The file is "
        "written by argmap alone; make it anew with argmap check --write-lock --texts DIR.",
    ),
    "lock-twice": (
        "error",
        "A line of the lock file that repeats another",
        "Each text and each anchor stands in the lock file once. The first line counts until the "
        "file is made anew with argmap check --write-lock --texts DIR.",
    ),
    "lock-unreadable": (
        "error",
        "A lock file that cannot be read",
        "corpus/anchors.lock must be a readable file.",
    ),
    "lock-unwritable": (
        "error",
        "A lock file that cannot be written",
        "The folder is not writable or the disk is full. The old file is unchanged.",
    ),
    "page-mark": (
        "error",
        "A page mark without a number",
        "Write the mark as it is printed in your copy, with # for the number: (p. #), [#], |#|. A "
        "mark that is # alone is looked for on lines of its own.",
    ),
    "page-mark-missing": (
        "warning",
        "A gap in the page numbers of a text",
        "Passages on a page without a mark would count as those of the page before. Name the "
        "page under inferred with its first words; what stands on it is flagged as inferred.",
    ),
    "page-mark-order": (
        "warning",
        "A page mark out of order",
        "Pages rise. The longest rising series of marks was taken for the pages and this one for "
        "ordinary words, for a locator such as (p. 87) may look like a mark.",
    ),
    "page-start": (
        "error",
        "First words of an inferred page that are not found once",
        "Under inferred, each page has the words with which it begins. They must be found once "
        "between the pages before and after; of several places, the only one at the beginning of "
        "a line counts.",
    ),
    "text-binary": (
        "error",
        "A source that is not plain text",
        "Sources are plain text in UTF-8, perhaps with Markdown headings. Extract the text of a "
        "PDF, for instance with pdftotext.",
    ),
    "text-boundary": (
        "error",
        "The line with which body or references begin is not found once",
        "body and references are lines of the source, or their beginnings. Without them, "
        "citations and paragraphs are looked for in the front matter and in the list of "
        "references too.",
    ),
    "text-empty": ("error", "An empty source", "The file holds nothing but white space."),
    "text-encoding": (
        "error",
        "A source that is not UTF-8",
        "Save the file as UTF-8, with or without a byte order mark.",
    ),
    "text-not-checked": (
        "note",
        "A text without a copy at hand",
        "Its anchors are not checked, which is not the same as checked. Put your copy into a "
        "folder and name it with --texts DIR or ARGMAP_TEXTS.",
    ),
    "text-outside": (
        "error",
        "A source outside the folder of texts",
        "A corpus may come from anywhere, so it can name files inside your folder of texts only.",
    ),
    "text-unreadable": (
        "error",
        "A source that cannot be read",
        "The name is that of a folder, or you may not read the file.",
    ),
}
