"""What differs between two versions of briefs, and which sign-offs that affects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from versions import SIGNED, version

from briefs.compare import compare
from briefs.compare.comparison import Change, Comparison, Kind
from briefs.compare.report import of_article
from briefs.compare.words import marked
from briefs.domain.brief import ArticleBriefs, Made
from briefs.domain.desk import Check, Desk, Status
from briefs.steps.render.wording import CHECKS
from briefs.text.wordings import tokens

OLD = (
    "«The Vellmar ferry line stopped on Monday.»\n"
    "«About 4,200 passengers were reportedly stranded in Port Ansel, Ilse Brandvold said.»\n"
    "It rained. «The owner, Tomas Ruud, knew of the faults.»\n"
)
STRANDED = "stranded"


def signed(text: str = OLD, **more: object) -> ArticleBriefs:
    """Return the old version with the claim about passengers signed off."""
    return version(text, sources={STRANDED: "Ilse Brandvold"}, desks={STRANDED: SIGNED}, **more)  # type: ignore[arg-type]


def new(text: str, source: str | None = "Ilse Brandvold", **more: object) -> ArticleBriefs:
    """Return a new version."""
    return version(text, sources={STRANDED: source} if source else {}, **more)  # type: ignore[arg-type]


def kinds(found: Comparison) -> dict[str, list[Kind]]:
    """Return in what each claim differs, by the first words of its newest wording."""
    return {
        (claim.new or claim.old).quote[:12]: [change.kind for change in claim.changes]  # type: ignore[union-attr]
        for claim in found.claims
    }


def test_the_same_briefs_do_not_differ() -> None:
    """A version held against itself: nothing is reported, nothing is affected."""
    found = compare(signed(), signed())
    assert (found.claims, found.unchanged, found.affected, found.same_text) == ((), 3, 0, True)


EDITS = [
    # (what was edited, from, to, kinds of change, is the sign-off affected)
    ("a typo elsewhere", "It rained.", "It reined.", None, False),
    ("a paragraph before it", "«The Vellmar", "New today. «The Vellmar", None, False),
    ("a figure", "4,200", "4,300", [Kind.WORDS, Kind.FIGURE], True),
    ("a figure spelt otherwise", "4,200", "4200", [Kind.WORDS], True),
    ("a hedge dropped", "reportedly stranded", "stranded", [Kind.WORDS, Kind.HEDGE_LOST], True),
    ("a hedge put in", "were reportedly", "were allegedly reportedly", [Kind.WORDS, Kind.HEDGE_GAINED], True),
    ("typographic marks", "«About 4,200", "«About 4,200", None, False),
    ("white space", "were reportedly", "were\n reportedly", None, False),
    ("a word", "passengers", "travellers", [Kind.WORDS], True),
    ("a denial around it", "«About 4,200", "It is not true that «about 4,200", [Kind.TURNED], True),
]


@pytest.mark.parametrize(
    ("what", "before", "after", "expected", "affected"), EDITS, ids=[e[0] for e in EDITS]
)
def test_an_edit_is_reported_as_what_it_is(
    what: str, before: str, after: str, expected: list[Kind] | None, affected: bool
) -> None:
    """Each edit of a signed-off article: what the comparison calls it, and whether the sign-off is affected."""
    assert before in OLD, what
    found = compare(signed(), new(OLD.replace(before, after)))
    changed = [claim for claim in found.claims if claim.old and STRANDED in claim.old.quote]
    assert [change.kind for claim in changed for change in claim.changes] == (expected or [])
    assert found.affected == int(affected)
    assert len(found.claims) == len(changed)


def test_another_speaker_is_a_changed_source() -> None:
    """The words of a claim stay and another person is given for them: the sign-off is affected."""
    old = "«4,200 passengers were stranded.» Ilse Brandvold said so.\n"
    found = compare(
        version(old, sources={STRANDED: "Ilse Brandvold"}, desks={STRANDED: SIGNED}),
        version(old.replace("Ilse Brandvold", "Tomas Ruud"), sources={STRANDED: "Tomas Ruud"}),
    )
    [claim] = found.claims
    [change] = claim.changes
    assert (change.kind, change.before, change.after) == (Kind.SOURCE, "Ilse Brandvold", "Tomas Ruud")
    assert claim.affected


def test_claims_added_and_removed() -> None:
    """A new claim and one that is gone, each in the place where the articles have it."""
    found = compare(
        signed(),
        new(
            "«The Vellmar ferry line stopped on Monday.»\n«Seven boats are laid up in the yard at Skerry.»\n"
            "It rained. «The owner, Tomas Ruud, knew of the faults.»\n"
        ),
    )
    assert [(claim.what, claim.affected) for claim in found.claims] == [("removed", True), ("added", False)]
    assert found.unchanged == 2
    assert found.claims[0].signed is not None
    assert found.claims[0].signed.checker == "Mara Lind"


def test_a_claim_that_lost_its_hedge_and_is_no_claim_any_more() -> None:
    """What the article has instead is shown with the lost word marked, though the tool calls it no claim."""
    text = OLD.replace("reportedly ", "").replace("«About", "About").replace("said.»", "said.")
    [claim] = compare(signed(), new(text)).claims
    assert (claim.what, claim.words_stand) == ("removed", False)
    [change] = claim.changes
    assert [run.text for run in change.marked if run.kind == "old"] == ["reportedly"]


def test_a_claim_that_is_only_no_longer_found() -> None:
    """The text is the same and the claim is not there: said so, and the sign-off counts as affected."""
    text = OLD.replace("«About", "About").replace("said.»", "said.")
    [claim] = compare(signed(), new(text)).claims
    assert (claim.what, claim.words_stand, claim.affected) == ("removed", True, True)


def test_a_claim_kept_as_the_editors_counts_as_gone() -> None:
    """The new briefs keep a claim that the tool no longer finds: the comparison still says that it is gone."""
    kept = version(
        OLD, sources={STRANDED: "Ilse Brandvold"}, desks={STRANDED: Desk(status=Status.USABLE, gone=True)}
    )
    found = compare(signed(), kept)
    [claim] = found.claims
    assert claim.what == "removed"
    assert (found.old.claims, found.new.claims) == (3, 2)  # the sum agrees with what is listed


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("reportedly", None, "attributed no longer with: reportedly"),
        (None, "said", "attributed now, with: said"),
        ("said", "claimed", "attributed in other words: said → claimed"),
    ],
)
def test_a_word_that_attributes_is_told_as_gone_or_new(
    before: str | None, after: str | None, told: str
) -> None:
    """Protects the report from "in other words" where there are none any more, or were none."""
    found = compare(signed(), new(OLD.replace("4,200", "4,300")))
    claim = found.claims[0].model_copy(
        update={"changes": (Change(kind=Kind.CUE, before=before, after=after),)}
    )
    lines = of_article(found.model_copy(update={"claims": (claim,)}))
    assert told in ["".join(piece.text for piece in line.pieces) for line in lines]


def test_the_same_text_read_otherwise_affects_no_sign_off() -> None:
    """Another model gives another source for the same words: told, and the sign-off stands."""
    made = Made(engine="model", model="small-model", prompts={"extract": "2 (ab)"}, tool_version="0.2.0")
    found = compare(signed(), new(OLD, source="Tomas Ruud", made=made))
    assert found.made_otherwise == ("rules", "engine", "model", "prompts")
    assert kinds(found) == {"About 4,200 ": [Kind.SOURCE]}
    assert found.same_text
    assert found.affected == 0


def test_the_same_text_cut_otherwise_affects_a_sign_off() -> None:
    """A prompt that quotes other words of the same text takes from an editor the words that they signed off."""
    text = OLD.replace("«About 4,200 passengers", "About «4,200 passengers")
    [claim] = compare(signed(), new(text)).claims
    assert claim.changes[0].kind is Kind.WORDS
    assert claim.affected


def test_what_was_drafted_otherwise_is_told_apart() -> None:
    """Two prompt versions: wordings and questions differ, no word of the article does."""
    one = signed(questions={STRANDED: "Who counted?"}, standalone={STRANDED: "About 4,200 were stranded"})
    other = new(
        OLD, questions={STRANDED: "Who counted, and how?"}, standalone={STRANDED: "[In 2031] 4,200 were"}
    )
    [claim] = compare(one, other).claims
    assert [change.kind for change in claim.changes] == [
        Kind.STANDALONE,
        Kind.QUESTION_GONE,
        Kind.QUESTION_NEW,
    ]
    assert not claim.affected


def test_equal_claims_are_paired_in_their_order() -> None:
    """Two claims of the same words, one of which is gone: one pair, one removed, in the right place."""
    twice = "«The line stopped.» Then. «The line stopped.»\n"
    found = compare(version(twice), version("«The line stopped.» Then.\n", article="other.txt"))
    assert [claim.what for claim in found.claims] == ["removed"]
    assert found.unchanged == 1


def test_a_split_sentence_keeps_its_claim() -> None:
    """One claim becomes two: the old one goes on as one of them, the other is new."""
    old = "«The line stopped on Monday and seven boats were laid up at Skerry.»\n"
    new_text = "«The line stopped on Monday.» «Seven boats were laid up at Skerry.»\n"
    found = compare(version(old), version(new_text))
    assert sorted(claim.what for claim in found.claims) == ["added", "changed"]


def test_the_old_versions_desk_is_what_counts() -> None:
    """A sign-off that only the new version has is nobody's loss."""
    text = OLD.replace("4,200", "4,300")
    found = compare(new(OLD), version(text, desks={STRANDED: SIGNED}))
    assert found.affected == 0
    assert found.new.signed == 1


def test_checks_are_words_that_people_know() -> None:
    """Every state of a check that a comparison may name has words."""
    assert set(CHECKS) == set(Check)


@pytest.mark.parametrize(
    ("old", "new_words", "expected"),
    [
        ("2,310 nurses quit", "2,410 nurses left", "[-2,310-]{+2,410+} nurses [-quit-]{+left+}"),
        ("it is so", "it is not so", "it is {+not+} so"),
        ("a b", "a b", "a b"),
        ("all of it", "", "[-all of it-]"),
        ("", "all of it", "{+all of it+}"),
        ("rose by 4 %", "rose by 4.5%", "rose by [-4-]{+4.5+} %"),
        ("Ana's old men", "Ana’s men", "Ana’s [-old-] men"),
        ("in the end of it", "at the close on it", "[-in the end of-]{+at the close on+} it"),
    ],
)
def test_words_are_marked_whole(old: str, new_words: str, expected: str) -> None:
    """No figure, name or contraction is cut; small words between two changes go with them."""
    marks = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    shown = ""
    for run in marked(old, new_words):
        text = marks[run.kind].format(run.text)
        shown += text if not shown or (shown.endswith("-]") and run.kind == "new") else f" {text}"
    assert shown == expected


WORDS = st.text(alphabet="ab 1,.'’\n«–", max_size=40)


@given(WORDS, WORDS)
def test_both_wordings_can_be_read_out_of_the_marked_one(old: str, new_words: str) -> None:
    """What is marked and what is not gives each wording back, white space aside, whatever the words are."""

    def plain(text: str) -> list[str]:
        return [token.text for token in tokens(text)]

    runs = marked(old, new_words)
    for kind, whole in (("old", old), ("new", new_words)):
        words = [word for run in runs if run.kind in ("same", kind) for word in plain(run.text)]
        assert words == plain(" ".join(whole.split()))


def test_place_tells_like_claims_apart() -> None:
    """Two claims that are edited until each is nearest the other's old words keep their own places."""
    frame = (
        "The first count came in spring. {} The second one was made much later by others. {} That was all.\n"
    )
    old = version(
        frame.format("«Ten boats sank in March at Skerry.»", "«Ten boats sank in April at Skerry.»")
    )
    new_words = frame.format(
        "«Twelve boats sank in April at Skerry.»", "«Twelve boats sank in May at Skerry.»"
    )
    found = compare(old, version(new_words))
    pairs = [(claim.old.number, claim.new.number) for claim in found.claims if claim.old and claim.new]
    assert pairs == [(1, 1), (2, 2)]
