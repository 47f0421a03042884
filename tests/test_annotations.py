"""What argmap says about works: facts, words, pages."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared import ROOT
from strategies import literatures

import argmap
from argmap.analysis import derive, examine
from argmap.annotations import (
    Annotation,
    Cited,
    Ledger,
    Paragraph,
    Stated,
    Teller,
    annotate_work,
    annotate_works,
    explain_work,
    list_cited,
    list_pieces,
)
from argmap.annotations.company import tell_sides
from argmap.annotations.latex import convert_markdown, tell_in_latex
from argmap.annotations.locators import label_locator
from argmap.annotations.phrases import join_pages, name_is_plural
from argmap.annotations.telling import Telling
from argmap.annotations.wording import Rotor, Slot, Vocabulary, conjugate, fill, name_authors
from argmap.checks import check_literature
from argmap.diagnostics import has_errors
from argmap.model import Anchor, Citation, Claim, Literature, Person, Position, Relation, Text, Work


@cache
def shipped() -> Ledger:
    review = argmap.load(ROOT / "corpus", ROOT / "references.bib")
    findings = examine(review.literature)
    return Ledger(findings, derive(findings, draws=0))


@cache
def annotations() -> dict[str, Annotation]:
    return annotate_works(shipped(), [work.key for work in shipped().literature.works])


def tell(annotation: Annotation) -> list[str]:
    """Return the sentences of an annotation as plain text, citations as ``[key 12]``."""

    def show(piece: object) -> str:
        if isinstance(piece, Cited):
            cited = "; ".join(f"{each.work} {each.locator}".strip() for each in piece.references)
            return f"[{cited}]"
        return piece.text  # type: ignore[attr-defined,no-any-return]

    return [
        "".join(show(piece) for piece in sentence.pieces)
        for paragraph in annotation.paragraphs
        for sentence in paragraph.sentences
    ]


# ---- the shipped review ----


def test_every_sentence_is_one() -> None:
    for key, annotation in annotations().items():
        for sentence in tell(annotation):
            assert sentence.endswith("."), (key, sentence)
            assert sentence[0].isupper() or sentence[0] == "[", (key, sentence)
            assert "  " not in sentence, (key, sentence)
            assert " ." not in sentence, (key, sentence)
            assert " ," not in sentence, (key, sentence)
            assert "that that " not in sentence, (key, sentence)
            assert "{" not in sentence, (key, sentence)
            assert not re.search(r"\b(\w+) \1\b(?!-)", sentence), sentence


def test_every_claim_that_a_work_holds_is_told_with_a_page() -> None:
    ledger = shipped()
    coded = {text.key for text in ledger.literature.texts}
    for position in ledger.literature.positions:
        key = position.holder.removeprefix("@")
        if not position.holder.startswith("@") or key in coded:
            continue
        told = [
            sentence
            for paragraph in annotations()[key].paragraphs
            for sentence in paragraph.sentences
            if any(isinstance(p, Stated) and p.claim == position.claim for p in sentence.pieces)
        ]
        assert told, position
        places = {
            (reference.work, page)
            for sentence in told
            for piece in sentence.pieces
            if isinstance(piece, Cited)
            for reference in piece.references
            for page in reference.locator.split(", ")
        }
        assert (position.reported_by, position.page) in places, position
        if position.own_locator:
            assert any(work == key and page for work, page in places), position


def test_every_use_of_a_work_that_holds_nothing_is_told() -> None:
    ledger = shipped()
    for work in ledger.literature.works:
        account = explain_work(ledger, work.key)
        if account.holdings or not account.uses:
            continue
        stated = {p.claim for p in list_pieces(annotations()[work.key]) if isinstance(p, Stated)}
        assert {use.claim.id for use in account.uses} <= stated


@pytest.mark.parametrize(
    "bad",
    [
        r"^So, according to",
        r"^So do(es)? ",
        r"That it exists is evidence",
        r", so \[[^]]*\]\.",
        r"administration, to whom",
        r"On its account [^,]",
        r"^Rejected by",
        r"(\d+) claims?, \1 of",
    ],
)
def test_the_english_is_that_of_a_scholar(bad: str) -> None:
    for key, annotation in annotations().items():
        for sentence in tell(annotation):
            assert not re.search(bad, sentence), (key, sentence)


def test_a_text_of_several_authors_is_not_it_in_the_next_sentence() -> None:
    sentences = tell(annotations()["rynningschmitt2018"])
    for before, after in pairwise(sentences):
        assert not (before.startswith("Rynning and Schmitt") and after.startswith("It ")), after


def test_all_claims_of_a_text_may_be_its_own() -> None:
    claims = [Claim(id=f"t/{name}", text="t", statement=f"Thing {name} is.") for name in "ab"]
    assert "2 claims, all its own" in tell(annotate_work(make_text(*claims), "t"))[0]
    assert "1 claim, its own" in tell(annotate_work(make_text(claims[0]), "t"))[0]


def test_opponents_are_named() -> None:
    ledger = shipped()
    for work in ledger.literature.works:
        account = explain_work(ledger, work.key)
        if account.coded:
            continue
        text = " ".join(tell(annotations()[work.key]))
        for side in account.sides:
            for opponent in side.opponents:
                name = opponent[1:] if opponent.startswith("@") else ledger.holders[opponent].name
                assert name.removeprefix("The ")[1:60] in text, (work.key, opponent)


def test_neighbours_do_not_sound_alike() -> None:
    begins = []
    for annotation in annotations().values():
        sentences = tell(annotation)
        if sentences:
            begins.append(" ".join(re.sub(r"\[[^]]*\]", "[]", sentences[0]).split()[:3]))
    assert all(one != other for one, other in pairwise(begins))
    (_, most), *_ = Counter(begins).most_common()
    assert most <= len(begins) // 4


def test_a_source_reports_those_who_assert_a_view_and_not_those_who_came_to_share_it() -> None:
    """The newspaper of 1992 knows nothing of the administration that took the view up later."""
    told = " ".join(tell(annotations()["tyler1992"]))
    assert "Paul Wolfowitz" in told
    assert "Clinton" not in told


def test_a_text_that_argues_for_a_view_it_only_reports_does_not_hold_it() -> None:
    """The survey brings Scales up for a trade-off that it goes on to doubt."""
    told = " ".join(tell(annotations()["scales1998"]))
    assert "the view of [bensahel2007] that a power that leads a coalition" in told


def test_no_statement_is_told_twice_in_a_row() -> None:
    for key, annotation in annotations().items():
        claims = [p.claim for p in list_pieces(annotation) if isinstance(p, Stated)]
        assert all(a != b for a, b in pairwise(claims)), key


def test_cited_works_are_known() -> None:
    works = set(shipped().works)
    for annotation in annotations().values():
        assert set(list_cited(annotation)) <= works


def test_a_work_by_itself_is_always_told_in_the_same_words() -> None:
    first = annotate_work(shipped(), "weitsman2013")
    annotate_work(shipped(), "walt1987")
    assert annotate_work(shipped(), "weitsman2013") == first


def test_quiet_where_there_is_nothing_to_say() -> None:
    literature = Literature(works=(Work(key="a", type="book", title="A"),))
    findings = examine(literature)
    ledger = Ledger(findings, derive(findings))
    assert annotate_works(ledger, ["a"])["a"] == Annotation(work="a")


def test_an_unknown_work() -> None:
    with pytest.raises(KeyError):
        explain_work(shipped(), "nobody1900")


@pytest.mark.parametrize(
    ("work", "told", "flat"),
    [
        (
            "weitsman2013",
            r"appear to dispute this|seems to meet with the dissent of",
            r"\[rynningschmitt2018 665\] dispute this",
        ),
        ("schmitt2018", r"appear to (agree|accept|follow)|pparently", r", with the assent of"),
        (
            "departmentofdefense1992",
            r"appears to dispute this|seems to meet with the dissent",
            r"administration disputes this|with the dissent of the .*administration",
        ),
    ],
)
def test_what_is_coded_as_uncertain_is_not_told_flatly(work: str, told: str, flat: str) -> None:
    text = " ".join(tell(annotations()[work]))
    assert re.search(told, text), text
    assert not re.search(flat, text.replace("seems to meet with the dissent", "seems")), text


def test_uncertain_company_is_told_as_such() -> None:
    told = " ".join(tell(annotations()["bensahel2007"]))
    assert told.count("[schmitt2018] and apparently [rynningschmitt2018]") == 2
    assert "[rynningschmitt2018] and [schmitt2018]" not in told
    told = " ".join(tell(annotations()["bogdanov2019"]))
    assert re.search(r"discredited altogether \[[^]]*\], it appears to stand", told)


def test_the_surest_position_is_told() -> None:
    text = Work(key="t", type="article", title="T")
    claims = (Claim(id="t/a", text="t", statement="States ally.", weight="core"),)
    positions = tuple(
        Position(claim="t/a", holder="@a", stance="asserts", reported_by="t", page=page,
                 certainty=certainty)
        for page, certainty in (("1", "uncertain"), ("2", "certain"))
    )  # fmt: skip
    literature = Literature(
        works=(text, Work(key="a", type="book", title="A")),
        texts=(Text(key="t"),),
        claims=claims,
        positions=positions,
    )
    findings = examine(literature)
    ledger = Ledger(findings, derive(findings, draws=0))
    told = " ".join(tell(annotate_work(ledger, "a")))
    assert "2]" in told
    assert not any(each in told for each in ("uncertain", "open", "not certain"))


def make_text(*claims: Claim, **fields: tuple[object, ...]) -> Ledger:
    """Return the ledger of one coded text, ``t``, that asserts these claims, and a book ``a``."""
    positions = tuple(
        Position(claim=claim.id, holder="@t", stance="asserts", reported_by="t") for claim in claims
    )
    works = (Work(key="t", type="article", title="T"), Work(key="a", type="book", title="A"))
    found = {"works": works, "texts": (Text(key="t"),), "claims": claims, "positions": positions}
    literature = Literature(**(found | fields))  # type: ignore[arg-type]
    findings = examine(literature)
    return Ledger(findings, derive(findings, draws=0))


def test_a_text_without_core_claims_has_theses_all_the_same() -> None:
    claims = [
        Claim(id=f"t/{name}", text="t", statement=f"Thing {name} is.", weight="supporting")
        for name in "abcdefghij"
    ]
    relations = (Relation(id="t/a>j", type="supports", source="t/a", target="t/j",
                          basis="explicit", drawn_by=("@t",)),)  # fmt: skip
    ledger = make_text(*claims, relations=relations)
    theses = [claim.id for claim in explain_work(ledger, "t").theses]
    assert len(theses) == 7
    assert "t/j" in theses
    stated = [p.claim for p in list_pieces(annotate_work(ledger, "t")) if isinstance(p, Stated)]
    assert set(theses) <= set(stated)


@pytest.mark.parametrize(("basis", "tacit"), [("explicit", False), ("implicit", True)])
@pytest.mark.parametrize("kind", ["supports", "contests", "qualifies", "explains"])
def test_a_work_cited_for_a_step_is_no_source_of_a_claim(
    kind: str, basis: str, tacit: bool
) -> None:
    claims = [Claim(id=f"t/{name}", text="t", statement=f"Thing {name} is.") for name in "ab"]
    relation = Relation(id="t/r", type=kind, source="t/a", target="t/b",  # type: ignore[arg-type]
                        basis=basis, drawn_by=("@t",))  # type: ignore[arg-type]  # fmt: skip
    citation = Citation(text="t", work="a", relation="t/r", role="report")
    ledger = make_text(*claims, relations=(relation,), citations=(citation,))
    [told] = tell(annotate_work(ledger, "a"))
    assert re.search("(?i)thing a is.*thing b is", told)
    assert bool(IMPLIED.search(told)) is tacit, told
    assert "source" not in told
    assert "report" not in told


@pytest.mark.parametrize(("basis", "tacit"), [("explicit", False), ("implicit", True)])
def test_a_step_that_the_text_leaves_to_its_readers_is_told_weaker(basis: str, tacit: bool) -> None:
    for number in range(6):
        claims = tuple(
            Claim(id=f"t/{name}", text="t", statement=f"Thing {name} is.",
                  anchor=Anchor(text="t", page=page))
            for name, page in (("a", "139"), ("b", "141"))
        )  # fmt: skip
        book = f"a{number}"
        works = (Work(key="t", type="article", title="T"), Work(key=book, type="book", title="A"))
        positions = (
            Position(claim="t/a", holder=f"@{book}", stance="asserts", reported_by="t", page="139"),
            Position(claim="t/a", holder="@t", stance="asserts", reported_by="t", page="139"),
            Position(claim="t/b", holder="@t", stance="asserts", reported_by="t", page="141"),
        )
        relation = Relation(id="t/r", type="supports", source="t/a", target="t/b",
                            basis=basis, drawn_by=("@t",), page="139")  # type: ignore[arg-type]  # fmt: skip
        ledger = make_text(*claims, works=works, positions=positions, relations=(relation,))
        step = next(each for each in tell(annotate_work(ledger, book)) if "hing b is" in each)
        weak = re.search("would|By implication|lends (support|weight)", step)
        assert bool(weak) is tacit, step
        assert re.search(r"\[t 139, 141\]", step), step


@pytest.mark.parametrize(("basis", "tacit"), [("explicit", False), ("implicit", True)])
@pytest.mark.parametrize("kind", ["contests", "qualifies", "supports", "explains"])
@pytest.mark.parametrize("way", ["in", "out"])
def test_what_a_text_implies_is_never_told_as_said(
    way: str, kind: str, basis: str, tacit: bool
) -> None:
    """Both the first time and again, of the work whose claim it is and of the one it bears on."""
    claims = tuple(
        Claim(id=f"t/{name}", text="t", statement=f"Thing {name} is.",
              anchor=Anchor(text="t", page=page))
        for name, page in (("a", "1"), ("b", "5"), ("c", "9"))
    )  # fmt: skip
    for number in range(6):
        book, other = f"a{number}", f"o{number}"
        works = tuple(Work(key=key, type="book", title="A") for key in ("t", book, other))
        mine, theirs = ("t/b", "t/c"), "t/a"
        positions = (
            *(
                Position(claim=each, holder=f"@{book}", stance="asserts", reported_by="t", page="5")
                for each in mine
            ),
            Position(claim=theirs, holder=f"@{other}", stance="asserts", reported_by="t", page="1"),
        )
        drawn = (f"@{other}",) if way == "in" and kind != "contests" else ("@t",)
        relations = tuple(
            Relation(id=f"{each}-step", type=kind, basis=basis, drawn_by=drawn, page="1",  # type: ignore[arg-type]
                     source=theirs if way == "in" else each, target=each if way == "in" else theirs)
            for each in mine
        )  # fmt: skip
        ledger = make_text(*claims, works=works, positions=positions, relations=relations)
        told = tell(annotate_work(ledger, book))
        steps = [each for each in told if "hing b is" not in each and "hing c is" not in each]
        assert len(steps) == 2, told
        for step in steps:
            assert bool(IMPLIED.search(step)) is tacit, step


IMPLIED = re.compile("[Bb]y implication|would|lends (?:support|weight)|has some support")


@pytest.mark.parametrize(("basis", "tacit"), [("explicit", False), ("implicit", True)])
@pytest.mark.parametrize("held", [("t/a",), ("t/a", "t/b"), ("t/a", "t/b", "t/d")])
def test_an_undercut_that_a_text_implies_is_never_told_as_said(
    held: tuple[str, ...], basis: str, tacit: bool
) -> None:
    claims = [Claim(id=f"t/{name}", text="t", statement=f"Thing {name} is.") for name in "abcd"]
    for number in range(6):
        book, other = f"a{number}", f"o{number}"
        works = tuple(Work(key=key, type="book", title="A") for key in ("t", book, other))
        positions = (
            *(
                Position(claim=each, holder=f"@{book}", stance="asserts", reported_by="t", page="5")
                for each in held
            ),
            Position(claim="t/c", holder=f"@{other}", stance="asserts", reported_by="t", page="1"),
        )
        steps = [
            Relation(id=f"{each}-step", type="supports", basis="explicit", source=each,
                     target="t/b", drawn_by=(f"@{book}",))
            for each in held if each != "t/b"
        ]  # fmt: skip
        undercuts = [
            Relation(id=f"{each.id}x", type="undercuts", basis=basis, source="t/c",  # type: ignore[arg-type]
                     target=each.id, target_kind="relation", drawn_by=("@t",))
            for each in steps
        ]  # fmt: skip
        relations = (*steps, *undercuts)
        ledger = make_text(*claims, works=works, positions=positions, relations=relations)
        told = tell(annotate_work(ledger, book))
        doubts = [each for each in told if re.search("hing c is|same", each)]
        assert len(doubts) == len(undercuts), told
        for doubt in doubts:
            assert bool(IMPLIED.search(doubt)) is tacit, doubt


def test_an_undercut_that_the_reviewer_draws_is_told_as_the_reviewers() -> None:
    claims = [Claim(id=f"t/{name}", text="t", statement=f"Thing {name} is.") for name in "abc"]
    works = tuple(Work(key=key, type="book", title="A") for key in ("t", "book", "o"))
    positions = tuple(
        Position(claim=f"t/{name}", holder=holder, stance="asserts", reported_by="t")
        for name, holder in (("a", "@book"), ("b", "@book"), ("c", "@o"))
    )
    relations = (
        Relation(id="step", type="supports", basis="explicit", source="t/a", target="t/b",
                 drawn_by=("@book",)),
        Relation(id="doubt", type="undercuts", basis="analyst", source="t/c", target="step",
                 target_kind="relation"),
    )  # fmt: skip
    texts = (Text(key="t"),)
    literature = Literature(
        works=works, texts=texts, claims=tuple(claims), positions=positions, relations=relations
    )
    findings = examine(literature, with_analyst=True)
    told = tell(annotate_work(Ledger(findings, derive(findings, draws=0)), "book"))
    [doubt] = [each for each in told if "hing c is" in each]
    assert "reviewer" in doubt


def take_sides(**stances: str) -> dict[str, str]:
    """Return what is told of each work's side where works take stances on one claim.

    A stance with a question mark is uncertain.
    """
    claims = [
        Claim(id=f"t/{name}", text="t", statement=f"Thing {name} is.", topic=name) for name in "xyz"
    ]
    works = tuple(
        Work(key=key, type="book", title=key, authors=(Person(family=key.title(), given="A"),))
        for key in ("t", *stances)
    )
    positions = tuple(
        Position(claim="t/x", holder=f"@{key}", stance=stance.rstrip("?"),  # type: ignore[arg-type]
                 reported_by="t", certainty="uncertain" if stance.endswith("?") else "certain")
        for key, stance in stances.items()
    )  # fmt: skip
    ledger = make_text(*claims, works=works, positions=positions)
    teller = Teller(ledger, name_schools=False)
    found = {}
    for key in stances:
        account = explain_work(ledger, key)
        telling = Telling(teller, account, Rotor(len(found)))
        sides = Paragraph(about="company", sentences=tuple(tell_sides(telling)))
        found[key] = " ".join(tell(Annotation(work=key, paragraphs=(sides,))))
    return found


def test_the_side_on_which_a_work_stands_is_said() -> None:
    told = take_sides(a="asserts", b="asserts", c="disputes", d="disputes")
    for key, verb in (("a", "affirms"), ("b", "affirms"), ("c", "denies"), ("d", "denies")):
        assert f" {verb} " in told[key], told[key]
    for stances in ({"a": "asserts", "c": "disputes"}, {"a": "asserts?", "c": "disputes"}):
        told = take_sides(**stances)
        for key, verb, other in (("a", "affirm", "deni"), ("c", "deni", "affirm")):
            assert re.search(rf"side that {verb}\w+|side is the one that {verb}", told[key]) or (
                re.search(rf"opposes? it, .*{other}", told[key])
            ), told[key]


def test_a_side_in_the_shipped_review_is_never_left_unsaid() -> None:
    told = [
        sentence
        for annotation in annotations().values()
        for paragraph in annotation.paragraphs
        if paragraph.about == "company"
        for sentence in tell(Annotation(work="x", paragraphs=(paragraph,)))
    ]
    sides = [
        each for each in told if re.search(r"dispute|question whether|side|[Oo]ver whether", each)
    ]
    assert len(sides) > 20
    for sentence in sides:
        both = "both sides" in sentence.lower()
        assert bool(re.search("affirms|denies", sentence)) is not both, sentence


def test_company_that_is_all_uncertain_is_told_as_such() -> None:
    for stances, doubtful in (
        ({"a": "asserts", "c": "disputes?"}, "c"),
        ({"a": "asserts", "b": "asserts?", "c": "disputes"}, "b"),
        ({"a": "asserts", "b": "asserts", "c": "disputes?", "d": "disputes?"}, "d"),
    ):
        told = take_sides(**stances)["a"]
        assert f"[{doubtful}], it seems" in told, told
        assert told.count("it seems") == 1, told
        assert not re.search(r",[,.;]|, \[t", told), told
    mixed = take_sides(a="asserts", b="disputes", c="disputes?")["a"]
    assert "[b] and apparently [c]" in mixed
    assert "it seems" not in mixed


@pytest.mark.parametrize("kind", ["contests", "supports"])
def test_a_claim_that_nobody_holds_for_certain_is_told_as_such(kind: str) -> None:
    claims = [Claim(id=f"t/{name}", text="t", statement=f"Thing {name} is.") for name in "ab"]
    for number in range(6):
        book = f"a{number}"
        works = tuple(Work(key=key, type="book", title="A") for key in ("t", book, "o"))
        positions = (
            Position(claim="t/a", holder=f"@{book}", stance="asserts", reported_by="t"),
            Position(claim="t/b", holder="@o", stance="asserts", reported_by="t",
                     certainty="uncertain"),
        )  # fmt: skip
        for source, target in (("t/b", "t/a"), ("t/a", "t/b")):
            relation = Relation(id="t/r", type=kind, basis="explicit", source=source,  # type: ignore[arg-type]
                                target=target, drawn_by=("@t",))  # fmt: skip
            ledger = make_text(*claims, works=works, positions=positions, relations=(relation,))
            step = next(each for each in tell(annotate_work(ledger, book)) if "hing b is" in each)
            assert "[o], it seems" in step, step
            assert not re.search(r",[,.;:]", step), step


# ---- any literature ----


@settings(max_examples=80, deadline=None)
@given(literatures())
def test_any_sound_literature_can_be_told(literature: Literature) -> None:
    if has_errors(check_literature(literature)):
        return
    findings = examine(literature, with_analyst=True)
    ledger = Ledger(findings, derive(findings, draws=0))
    keys = [work.key for work in literature.works]
    for key, annotation in annotate_works(ledger, keys).items():
        assert annotation.work == key
        assert all(sentence for sentence in tell(annotation))
        assert set(list_cited(annotation)) <= set(keys)
        latex = tell_in_latex(annotation)
        assert latex.count("{") == latex.count("}")


# ---- words ----


@pytest.mark.parametrize(
    ("statement", "inside"),
    [
        ("States ally.", "states ally"),
        ("NATO lasts.", "NATO lasts"),
        ("Walt's definition is wide.", "Walt's definition is wide"),
        ("American officers object.", "American officers object"),
        ("Operation Enduring Freedom ended.", "Operation Enduring Freedom ended"),
        ("Depending on the case, it works.", "depending on the case, it works"),
        ("That it failed is plain.", "the fact that it failed is plain"),
        ("Trump asked.", "Trump asked"),
        ("Present-day works differ.", "present-day works differ"),
        ("Bosnia showed it.", "Bosnia showed it"),
        ("Trump's view differs.", "Trump's view differs"),
        ("Sovereignty makes states.", "sovereignty makes states"),
    ],
)
def test_capitals_inside_a_sentence(statement: str, inside: str) -> None:
    assert Vocabulary(shipped().literature).lower_first(statement) == inside


def test_a_word_is_a_name_only_on_evidence() -> None:
    claims = (
        Claim(id="t/a", text="t", statement="Treaties of Rome bind."),
        Claim(id="t/b", text="t", statement="Rome signed."),
    )
    vocabulary = Vocabulary(Literature(claims=claims))
    assert vocabulary.lower_first("Treaties last.") == "treaties last"
    assert vocabulary.lower_first("Rome fell.") == "Rome fell"


@pytest.mark.parametrize(
    "name",
    ["Italy", "France", "Hungary", "Beijing", "Brussels", "Athens", "Thucydides", "Islamic",
     "Baltic", "Sino-Soviet", "Franco-German", "Germany's", "Marxists", "Anti-American"],
)  # fmt: skip
def test_names_that_a_small_review_has_not_met(name: str) -> None:
    empty = Vocabulary(Literature())
    assert empty.lower_first(f"{name} allies kept away.").startswith(name)


@pytest.mark.parametrize(
    "word",
    ["Small", "Great", "Weak", "Nuclear", "Trust", "Power", "Trade", "Peace", "Hegemony", "Burden",
     "Allies'", "Great-power", "Hegemons", "Sovereignty", "Wars"],
)  # fmt: skip
def test_common_words_that_a_small_review_has_not_met(word: str) -> None:
    empty = Vocabulary(Literature())
    assert empty.lower_first("Operation Desert Storm ended.").startswith("Operation")
    assert empty.lower_first(f"{word} matters most.").startswith(word[0].lower() + word[1:])


@given(st.sampled_from(["Peace", "Zorblax", "Italy", "Nation", "Allience"]))
def test_what_a_review_shows_of_a_word_comes_first(word: str) -> None:
    for shown in (word, word.lower()):
        claims = (Claim(id="t/a", text="t", statement=f"It is {shown} that lasts."),)
        vocabulary = Vocabulary(Literature(claims=claims))
        assert vocabulary.lower_first(f"{word} is sought.") == f"{shown} is sought"


@pytest.mark.parametrize(
    ("verb", "singular"),
    [("argue", "argues"), ("be", "is"), ("deny", "denies"), ("say", "says"), ("go", "goes"),
     ("stress it", "stresses it"), ("do", "does"), ("have", "has"), ("teach", "teaches")],
)  # fmt: skip
def test_verbs(verb: str, singular: str) -> None:
    assert conjugate(verb, False) == singular
    assert conjugate(verb, True) == ("are" if verb == "be" else verb)


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("Neoconservatives of the administration", True),
        ("The traditional realist literature", False),
        ("The United Nations", False),
        ("Those who liken it", True),
        ("American policy-makers and analysts critical of NATO", True),
        ("Works on restraint", True),
        ("The Weinberger-Powell Doctrine", False),
        ("", False),
    ],
)
def test_the_number_of_names(name: str, plural: bool) -> None:
    assert name_is_plural(name) is plural


def test_who_speaks_in_a_work() -> None:
    ann, bob = Person(family="Smith", given="Ann"), Person(family="Vries", given="Bo", prefix="de")
    book = Work(key="a", type="book", authors=(ann, bob))
    assert name_authors(book) == ("Smith and de Vries", True)
    assert name_authors(Work(key="a", type="book", authors=(ann,))) == ("Smith", False)
    assert name_authors(Work(key="a", type="article", authors=(ann,) * 5)) == (
        "Smith and others",
        True,
    )
    edited = Work(key="a", type="collection", authors=(), editors=(ann, bob))
    assert name_authors(edited) == ("the volume", False)
    office = Work(key="a", type="report", authors=(Person(family="Ministry of Peace"),))
    assert name_authors(office) == ("the report", False)


@pytest.mark.parametrize(
    ("pages", "joined"),
    [
        (["141", "136", "137", "138"], "136–138, 141"),
        (["9", "10"], "9–10"),
        (["654-655", "660"], "654-655, 660"),
        (["660", "660"], "660"),
        (["", "iv"], "iv"),
        ([], ""),
    ],
)
def test_pages_are_joined(pages: list[str], joined: str) -> None:
    assert join_pages(pages) == joined


@pytest.mark.parametrize(
    ("locator", "labelled"),
    [
        ("660", "p. 660"),
        ("654-655", "pp. 654–655"),
        ("12, 14", "pp. 12, 14"),
        ("xii", "p. xii"),
        ("chap. 3", "chap. 3"),
        ("12ff.", "pp. 12ff."),
        ("", ""),
    ],
)
def test_places_are_labelled(locator: str, labelled: str) -> None:
    assert label_locator(locator) == labelled


def test_patterns_take_turns() -> None:
    rotor = Rotor()
    patterns = ("A {N}.", "B {N}.", "C {N}.")
    assert [rotor.choose("x", patterns)[0] for _ in range(6)] == list("ABCABC")


@given(st.integers(0, 10**6), st.integers(1, 5))
def test_a_rotor_never_repeats_at_once(start: int, families: int) -> None:
    rotor = Rotor(start)
    patterns = ("A x.", "B x.", "C x.", "D x.")
    told = [rotor.choose(str(number % families), patterns) for number in range(20)]
    assert all(one != other for one, other in pairwise(told))


def test_an_empty_gap_leaves_no_space() -> None:
    sentence = fill("{N} {N:hold} it {P}.", {"N": Slot("the book"), "P": Slot(())})
    assert [getattr(piece, "text", "") for piece in sentence.pieces] == ["The book holds it."]


# ---- the scholar's Markdown as LaTeX ----


@pytest.mark.parametrize(
    ("markdown", "latex"),
    [
        ("A *b* **c** `d_e`", r"A \emph{b} \textbf{c} \texttt{d\_e}"),
        ("See [@walt1987, p. 1].", r"See \parencite[][1]{walt1987}."),
        (
            "See [cf. @a, pp. 3--4; @b].",
            r"See \parencites[cf.][3--4]{a}[][]{b}.",
        ),
        ("@walt1987 [p. 3] says", r"\textcite[3]{walt1987} says"),
        (r"me\@home and a@b.org", "me@home and a@b.org"),
        ("5% & #1 $x$", r"5\% \& \#1 \$x\$"),
        ("\\input{y}", r"\textbackslash{}input\textbraceleft{}y\textbraceright{}"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("<b>x</b>", "<b>x</b>"),
    ],
)  # fmt: skip
def test_markdown_as_latex(markdown: str, latex: str) -> None:
    assert convert_markdown(markdown) == latex
