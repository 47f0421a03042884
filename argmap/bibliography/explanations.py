"""The codes of everything that can be wrong with a .bib file, each explained."""

from __future__ import annotations

from argmap.diagnostics import Diagnostic, Severity

EXPLANATIONS: dict[str, tuple[Severity, str, str]] = {
    "bib-bad-date": (
        "warning",
        "A date or year that cannot be read",
        "Works are ordered by year, and cited by it. Write year = {2013} or, for biblatex, date "
        "= {2013}, {2013-05-01}, {2013/2014} (a span), {1990~} (about), {199X} (the nineties), "
        "{-0043} (44 BC). For what has not appeared yet, leave the year out or write "
        "forthcoming.",
    ),
    "bib-bad-field-name": (
        "error",
        "A character that cannot begin the name of a field",
        "The name of a field has no quotation marks, braces, commas, equals signs, at signs, "
        "hashes, parentheses, apostrophes, percent signs or white space. The field is read "
        "without the character.",
    ),
    "bib-bad-key": (
        "error",
        "A key with a character that no key can hold",
        "A key ends at the first comma and holds no white space, braces, quotation marks, "
        'equals signs, or any of @ # % ~ \\. Entries are cited by their key: "walt 1987" could '
        "never be. The entry is read under the key without those characters.",
    ),
    "bib-bad-name": (
        "warning",
        "A list of names that does not follow BibTeX's notation",
        "Persons are separated by the word and, never by commas, semicolons or &: {Walt, "
        "Stephen M. and Waltz, Kenneth N.}. One name has at most two commas: {Scales, Jr., "
        "Robert H.}. An organisation goes into a second pair of braces, {{Department of "
        "Defense}}; et al. is written and others. Voices are counted by persons, so a name read "
        "wrongly makes a wrong count.",
    ),
    "bib-bad-value": (
        "error",
        "A value that is not in one pair of braces or quotation marks",
        'A value is {text}, "text", a number, the name of a macro, or several of them joined by '
        "#. Without braces only one word can be read; after a closing brace nothing but # or a "
        "comma.",
    ),
    "bib-binary": (
        "error",
        "The bibliography is not a text file",
        "The file holds NUL bytes, as images, PDFs and word processor files do. Export your "
        "library as BibTeX or BibLaTeX, in UTF-8.",
    ),
    "bib-case-duplicate-key": (
        "warning",
        "Two keys that differ by case only",
        "biber and argmap tell Walt1987 from walt1987, BibTeX and many programs do not. Both "
        "entries are kept. If they are one work, take one out; else give one another key.",
    ),
    "bib-commented-entry": (
        "note",
        "An entry in a comment",
        "An entry behind % or within @comment{…} is left out, as biber does. BibTeX knows "
        "neither kind of comment and reads it. Take it out of the file to be sure.",
    ),
    "bib-commented-field": (
        "warning",
        "A field behind a percent sign",
        "Between fields, % begins a comment for biber, and the field is left out; BibTeX stops "
        "with an error there. Take the line out, or the percent sign.",
    ),
    "bib-control-character": (
        "warning",
        "A control character",
        "Characters that cannot be seen, often left by copying from a PDF, are forbidden in RDF "
        "and GEXF. They are read as spaces. Delete them.",
    ),
    "bib-crossref-cycle": (
        "error",
        "A crossref or xdata that leads back to itself",
        "An entry cannot take over fields from itself, not even through others. Take out the "
        "crossref (or xdata) of the entry that contains the others: a book has none to its "
        "chapter.",
    ),
    "bib-duplicate-field": (
        "error",
        "A field twice in one entry, with two values",
        "BibTeX takes the first, biber the last; argmap the first. As it is one that argmap "
        "reads, say which is right: take the other out.",
    ),
    "bib-duplicate-key": (
        "error",
        "Two entries with one key",
        "A citation could not tell them apart. The first is kept. If they are one work, put all "
        "into one entry; else give one another key, such as walt1987a.",
    ),
    "bib-duplicate-string": (
        "warning",
        "A macro defined twice",
        "@string defines a macro for the rest of the file. From the second definition on, the "
        "second value holds. Use two names.",
    ),
    "bib-empty": (
        "error",
        "The bibliography has no entry",
        "Every text and every cited work needs an entry. See that --bib names the right file "
        "and that it was saved.",
    ),
    "bib-encoding": (
        "error",
        "The file is not in UTF-8",
        "Letters outside ASCII may come out wrong. The lines named are read as Windows-1252, "
        "which may be a wrong guess. Save the file as UTF-8.",
    ),
    "bib-escaped-brace": (
        "warning",
        "An escaped brace without its partner",
        "BibTeX and biber count braces whether or not a backslash stands before them, and would "
        "go astray here. The value is read as it is meant. Write \\textbraceleft{} or "
        "\\textbraceright{}.",
    ),
    "bib-escaped-quote": (
        "warning",
        "A quotation mark with a backslash in a value in quotation marks",
        "To BibTeX and biber the value ends there, whatever stands before it, and they lose the "
        'entry. It is read as it is meant. Write {\\"u} for \\"u, or put the value in braces.',
    ),
    "bib-extra-comma": (
        "warning",
        "A comma too many",
        "Between two fields stands one comma, between two entries none. biber and pandoc stop at "
        "a second one. Nothing is lost here.",
    ),
    "bib-malformed-entry": (
        "error",
        "An entry whose beginning is broken",
        "An entry begins with an at sign, its type, a brace, its key and a comma: "
        "@article{walt1987,",
    ),
    "bib-missing-comma": (
        "error",
        "A comma is missing",
        "After the key and after every value stands a comma. Other programs drop the entry, or "
        "put the next field into this one, without a word. The fields are read as if the comma "
        "were there.",
    ),
    "bib-missing-equals": (
        "error",
        "An equals sign is missing",
        "A field is written name = {value}. It is read as if the sign were there.",
    ),
    "bib-missing-file": (
        "error",
        "There is no such bibliography",
        "The works are read from references.bib, or from the file given by --bib.",
    ),
    "bib-missing-key": (
        "error",
        "An entry without a key",
        "Entries are cited by their key, so one without is lost. Write a key and a comma after "
        "the opening brace: all surnames for one or two authors, the first for more, then the "
        "year.",
    ),
    "bib-not-a-file": (
        "error",
        "The bibliography is a folder",
        "A folder was named where a file should be. Name the .bib file in it with --bib.",
    ),
    "bib-odd-header": (
        "warning",
        "A space between the at sign and the type",
        "BibTeX and biber read on, but pandoc refuses the whole file. Take the space out.",
    ),
    "bib-odd-key": (
        "warning",
        "A key that some programs cannot read",
        "biber and pandoc stop at parentheses, apostrophes or bars in keys. argmap "
        "reads them. Use letters, digits and - _ : . + / only.",
    ),
    "bib-repeated-field": (
        "warning",
        "A field twice in one entry",
        "The values are the same, or argmap does not read the field; the first is kept. BibTeX "
        "keeps the first, biber the last.",
    ),
    "bib-stray-text": (
        "error",
        "Part of an entry where no entry is",
        "Text that looks like fields stands outside of an entry, or something that is no field "
        "inside one. BibTeX takes the former for a comment, without a word. Most often an entry "
        "above has a closing brace too many.",
    ),
    "bib-swallowed-field": (
        "warning",
        "A value that seems to contain the next field",
        "Braces match, but a line of the value looks like a field: perhaps one brace is missing "
        "and another one too many.",
    ),
    "bib-truncated": (
        "error",
        "The file ends in the middle of an entry",
        "The last entry is not closed: the file was cut off, or a closing brace is missing. "
        "What could be read of the entry is kept.",
    ),
    "bib-unbalanced-brace": (
        "error",
        "Braces that do not match",
        "Every { needs its }, inside values too. Other programs lose the entry, or all entries "
        "after it. Here a line that begins with @type{ always begins an entry, and a field that "
        "looks like one is taken for one, so that only the value at fault is uncertain. (If a "
        "value is meant to hold a line like that, put a word before the at sign.)",
    ),
    "bib-unbalanced-quote": (
        "error",
        "Quotation marks that do not match",
        "A value that begins with a quotation mark ends with one. Use braces, which can be nested.",
    ),
    "bib-undefined-string": (
        "warning",
        "A macro that is not defined",
        "A word without braces is the name of a macro, to be defined before by @string{name = "
        "{value}}; only the months (jan, feb, …) are known by themselves. The name is taken for "
        "the value.",
    ),
    "bib-unknown-crossref": (
        "error",
        "A crossref or xdata to an entry that is not there",
        "The entry would take over fields from another, which this file does not have. Keys are "
        "compared letter by letter.",
    ),
    "bib-unknown-field": (
        "warning",
        "A field whose name seems misspelt",
        "Neither BibTeX nor biblatex knows the field, but one that looks much like it, which "
        "the entry lacks. Fields of your own with other names are kept without a word.",
    ),
    "bib-unknown-macro": (
        "warning",
        "A LaTeX macro that is not understood",
        "In names and titles, accents, special letters, fonts, quotation marks and simple "
        "formulas are turned into plain text. Other macros are left out and their arguments "
        "kept. Write the character itself, in UTF-8.",
    ),
    "bib-unknown-type": (
        "warning",
        "A type of entry that seems misspelt",
        "Neither BibTeX nor biblatex knows the type, but one that looks much like it.",
    ),
    "bib-unreadable": (
        "error",
        "The bibliography cannot be read",
        "The operating system refused to open the file. See that you may read it.",
    ),
    "bib-unused-xdata": (
        "warning",
        "An @xdata entry that nothing uses",
        "@xdata holds fields for other entries, which name it in their xdata field; it is no "
        "work itself.",
    ),
}


def make_finding(
    code: str, path: str, line: int = 0, column: int = 0, *, message: str, remedy: str = ""
) -> Diagnostic:
    """Return a diagnostic with the severity of its code; KeyError for a code not explained."""
    severity, _, _ = EXPLANATIONS[code]
    return Diagnostic(
        path=path,
        line=line,
        column=column,
        severity=severity,
        message=message,
        code=code,
        remedy=remedy,
    )
