"""The small words of a claim are named: in a question or in a line of what is missing."""

import re

import pytest
from composing import Figure, Said, composed, questions, written

from briefs.domain.brief import Finding, Flag, FlagKind
from briefs.domain.claims import ClaimType, Extraction
from briefs.domain.scan import Hedge, Scan, SourceKind
from briefs.domain.spans import Span
from briefs.steps.compose.details import details
from briefs.steps.compose.facts import facts
from briefs.steps.compose.reading import Reading


def found(claim: Said, scan: Scan | None = None) -> list[tuple[str, str]]:
    """Return kind and words of the details of one claim."""
    made = written(claim, scan=scan)
    reading = Reading(made.article, made.segmentation, made.scan, made.extraction.claims)
    return [(d.kind, d.words) for d in details(reading, facts(reading, made.extraction.claims[0]))]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("The harbour sent all of its tugs home.", [("quantifier", "all of its tugs")]),
        ("Some crews are back and most of the pilots left.", ["most of the pilots"]),
        ("Every ward lost several nurses, so many posts and every claim.", ["several nurses"]),
        ("The tug did not leave the quay.", [("negation", "did not leave the quay")]),
        ("The tug did not leave whatever quay it had.", []),
        ("The gulls cried all morning, at all hours and every year.", []),
        ("Inspectors found no serious defects on board.", [("negation", "no serious defects")]),
        ("The crew hasn’t slept and cannot swim.", ["hasn’t slept", "cannot swim"]),
        ("The gulls were as many as 30 on the pier.", []),
        ("The tug left the quay.", []),
        ("All nurses were seen by a doctor.", [("sweeping", "All nurses")]),
        ("The crew worked all day.", []),
        ("The ban does cover the harbour.", [("stressed", "does cover")]),
        ("The ban is narrow but does cover the harbour.", []),
        ("The port asked what the ban did cover.", []),
        ("The tug did so and did well.", []),
    ],
)
def test_small_words_are_found(quote: str, expected: list[object]) -> None:
    """How many, and whether at all: the exact words, with what they are said of."""
    got = found(Said(quote, ClaimType.EVENT))
    assert got == expected or [words for _, words in got] == expected


def test_lengths_and_bounds_of_time_are_no_details() -> None:
    """A length of time, "since 9 January" and "all morning" are asked about nowhere by name."""
    claim = Said(
        "The tug lay at the quay for 26 weeks since 9 January, all morning and every year.",
        ClaimType.EVENT,
        figures=(Figure("26 weeks", 26, 26, "weeks", kind="measure"),),
        dates=("since 9 January",),
    )
    assert found(claim) == []


@pytest.mark.parametrize(
    ("quote", "kind", "asked"),
    [
        ("On 9 January, local media reported that the tug sank.", SourceKind.MEDIA, True),
        ("Local media reported that the tug sank on 9 January.", SourceKind.MEDIA, False),
        ("On 9 January, Tilda Okonjo reported that the tug sank.", SourceKind.NAMED, False),
    ],
)
def test_the_day_beside_a_report_may_be_that_of_the_report(
    quote: str, kind: SourceKind, *, asked: bool
) -> None:
    """Only where media report "on" a day is it open whether the day is theirs or the event's."""
    source = "Tilda Okonjo" if kind is SourceKind.NAMED else "local media"
    source = source if source in quote else "Local media"
    content = quote.partition(" that ")[2].rstrip(".")
    claim = Said(quote, ClaimType.EVENT, source, kind, content=content, event="sank", dates=("9 January",))
    assert ("day" in {kind for kind, _ in found(claim)}) is asked


def test_caution_of_a_source_is_asked_about() -> None:
    """Whether "may have" is the speaker's caution or the author's is asked of the speaker."""
    claim = Said(
        "Tilda Okonjo said the pump may have failed.",
        ClaimType.STATEMENT,
        "Tilda Okonjo",
        content="the pump may have failed",
    )
    start = claim.quote.index("may have")
    scan = Scan(hedges=(Hedge(start=start, end=start + 8, kind="possibility"),))
    assert found(claim, scan) == [("caution", "may have")]
    asked = [q for q in questions(composed(written(claim, scan=scan))) if "“may have”" in q.text]
    assert asked
    assert asked[0].ask == "Tilda Okonjo"


def test_asking_for_comment_has_no_details_to_prove() -> None:
    """What the article says of its own asking is not taken apart."""
    claim = Said("The Courier asked the harbour, which did not answer questions.", ClaimType.STATEMENT)
    made = composed(written(claim))
    assert not any("“did not answer" in q.text for q in questions(made))


def test_a_vote_is_in_the_minutes() -> None:
    """Nobody is asked how votes were estimated, nor whose figure they are."""
    claim = Said(
        "The council voted by 11 votes to six to sell the quay.",
        ClaimType.EVENT,
        event="voted",
        figures=(Figure("11 votes", 11, 11, "votes"),),
    )
    made = composed(written(claim))
    assert made.overview.sourcing.figures == 0
    texts = [q.text for q in questions(made)]
    assert any("roll call" in text for text in texts)
    assert not any("figure of 11" in text for text in texts), texts


def test_a_body_that_counts_is_asked_before_an_office_that_might() -> None:
    """A body's own figure goes to that body; a guessed office stands behind it."""
    claim = Said(
        "The Lund Ferry Line carried 90,000 patients and nurses, it said.",
        ClaimType.QUANTITY,
        "The Lund Ferry Line",
        SourceKind.ORGANISATION,
        content="carried 90,000 patients and nurses",
        figures=(Figure("90,000 patients", 90000, 90000, "patients"),),
    )
    asks = {q.ask for q in questions(composed(written(claim, entities=[("The Lund Ferry Line", "ORG")])))}
    assert not any("health" in ask for ask in asks), asks


def test_the_dead_are_not_asked_to_speak() -> None:
    """A death is asked of those who confirm it, never of "those involved"."""
    claim = Said("Five dockers have now died.", ClaimType.EVENT, event="died", dates=(), score=0.8)
    texts = [q.text for q in questions(composed(written(claim)))]
    assert any("families" in text for text in texts), texts
    assert not any("involved" in text or "Who was there" in text for text in texts), texts


def test_the_author_s_grandmother_is_not_mine() -> None:
    """A source that the author calls "my" is spoken of from outside."""
    claim = Said(
        "My grandmother said the quay is cursed.",
        ClaimType.STATEMENT,
        "My grandmother",
        SourceKind.ANONYMOUS,
        content="the quay is cursed",
    )
    texts = [q.text for q in questions(composed(written(claim)))]
    assert any("the author’s grandmother" in text for text in texts), texts
    assert not any("my grandmother" in text.lower() for text in texts)


@pytest.mark.parametrize(
    ("claim", "asked", "spared"),
    [
        (
            Said("57 boats were counted at the quay.", figures=(Figure("57 boats", 57, 57, "boats"),)),
            "57 boats",
            "Who counted to arrive",
        ),
        (
            Said("The tug sank.", ClaimType.EVENT, event="sank"),
            "“The tug sank”",
            "Who saw|can they be reached",
        ),
        (Said("Nobody saw the tug.", ClaimType.EVENT, event="saw"), "“Nobody saw the tug”", "On which day"),
    ],
)
def test_no_claim_is_asked_twice_for_one_thing(claim: Said, asked: str, spared: str) -> None:
    """Whose figure it is and who counted, who told you and who saw it: the author is asked one of them."""
    texts = [q.text for q in questions(composed(written(claim)))]
    assert any(asked in text for text in texts), texts
    assert not any(re.search(spared, text) for text in texts), texts


def test_what_lies_ahead_is_asked_for_its_notice() -> None:
    """A meeting to come has no witness and is nobody's conclusion: somebody has announced it."""
    claim = Said("The council meets again on 2 July.", ClaimType.OTHER, dates=("2 July",))
    made = composed(written(claim))
    assert any("announced" in q.text for q in questions(made)), questions(made)
    assert not made.briefs[0].missing_evidence


def test_no_claim_asks_nothing() -> None:
    """An article without claims has no details."""
    made = written(Said("The tug sank."))
    assert questions(composed(made._replace(extraction=Extraction(claims=(), ledger=())))) == []


SHUT = "The tug was shut down for nine weeks."


@pytest.mark.parametrize(
    ("quote", "figure", "asked"),
    [
        (SHUT, "nine weeks", True),
        ("The captain was sentenced to nine years.", "nine years", False),
        ("The new tug would last nine years.", "nine years", False),
        ("There is a bonus after nine months.", "nine months", False),
        ("The tug is nine years old.", "nine years", False),
        ("The tug sails every nine days.", "nine days", False),
    ],
)
def test_a_length_of_time_is_asked_for_its_two_ends(quote: str, figure: str, asked: bool) -> None:
    """A length of time is checked by its start and end; an age, a sentence and a repetition have none."""
    unit = figure.rsplit(maxsplit=1)[-1]
    claim = Said(quote, ClaimType.EVENT, figures=(Figure(figure, 9, 9, unit, kind="measure"),))
    texts = [question.text for question in questions(composed(written(claim)))]
    assert any(f"“{figure}”" in text and re.search("start|when|begin", text) for text in texts) is asked


def test_a_flag_that_no_claim_holds_is_shown_with_the_article() -> None:
    """A flag about words that became no claim is not lost: it stands on the first screen."""
    made = written(Said(SHUT, ClaimType.EVENT))
    flag = Flag(kind=FlagKind.NEGATION_MISSING, note="A note.", spans=(Span(start=0, end=3),))
    assert composed(made, [Finding(flag=flag)]).overview.flags == (flag,)
    held = Finding(flag=flag, briefs=(made.extraction.claims[0].id,))
    assert composed(made, [held]).overview.flags == ()
