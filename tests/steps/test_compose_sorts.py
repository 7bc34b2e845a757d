"""What a claim tells decides what is asked: a few people, what a law says, a view, a day that hangs in the air."""

import re

import pytest
from composing import Figure, Said, composed, place, questions, written

from briefs.domain.brief import Finding, Flag, FlagKind
from briefs.domain.claims import ClaimType, Extraction
from briefs.domain.scan import SourceKind, Speech
from briefs.domain.spans import Span
from briefs.steps.compose.laws import lays_down

CREW = Said(
    "Local papers said 12 workers walked off their shift at the south quay.",
    ClaimType.EVENT,
    "Local papers",
    SourceKind.MEDIA,
    content="12 workers walked off their shift at the south quay",
    figures=(Figure("12", 12, 12, "workers", predicate="walk off"),),
    event="walked off",
)
[CREWED] = CREW.figures
LENIENT = "skippers could avoid a fine if they came back to port"
LENIENCY = Said(
    f"“Until then, {LENIENT},” Aksel Moen said.",
    ClaimType.EVENT,
    "Aksel Moen",
    content=f"Until then, {LENIENT}",
    speech=Speech.DIRECT,
    event="came",
)
VIEW = Said(
    "“This is the last straw,” said a retired pilot.",
    type=ClaimType.OPINION,
    source="a retired pilot",
    kind=SourceKind.ANONYMOUS,
    content="This is the last straw",
    speech=Speech.DIRECT,
)
SEEN = VIEW._replace(
    quote="“They left the ferry at night,” said a retired pilot.",
    type=ClaimType.EVENT,
    content="They left the ferry at night",
    event="left",
)


def asked(claim: Said) -> list[str]:
    """Return the questions and what is missing for one claim alone."""
    made = composed(written(claim))
    return [q.text for q in questions(made)] + [m.what for m in made.briefs[0].missing_evidence]


def told(claim: Said, pattern: str) -> bool:
    """Tell whether something is asked, or missing, that `pattern` finds."""
    return any(re.search(pattern, text) for text in asked(claim))


SERIES = r"same count|a series|the count and the definitions|your own records give"
GROUP = r"^Who are the 12 workers"


@pytest.mark.parametrize(
    ("figure", "group"),
    [
        pytest.param(CREWED, True, id="a few people who did something"),
        pytest.param(CREWED._replace(period="per week"), False, id="a rate"),
        pytest.param(CREWED._replace(period="in October"), False, id="counted over a month"),
        pytest.param(CREWED._replace(period="on Monday"), True, id="of one day"),
        pytest.param(CREWED._replace(approximate=True), False, id="rounded"),
        pytest.param(CREWED._replace(high=None), False, id="an open bound"),
        pytest.param(CREWED._replace(low=1200, high=1200), False, id="more than can be named"),
        pytest.param(CREWED._replace(predicate=None), False, id="nothing that they did"),
        pytest.param(CREWED._replace(unit="tonnes"), False, id="no people"),
    ],
)
def test_a_few_people_in_one_event_are_no_series(figure: Figure, group: bool) -> None:
    """Twelve workers who walked off are asked for who they are and who saw them, not for a method of counting."""
    claim = CREW._replace(figures=(figure,))
    assert told(claim, GROUP) is group
    assert told(claim, r"list or witness account, with place and day, of the 12 workers") is group
    assert not (group and told(claim, SERIES))


def test_a_toll_is_counted() -> None:
    """The number of the injured changes by the hour: it is asked for as a count."""
    hurt = CREW._replace(
        quote="Local papers said 12 workers were injured at the south quay.",
        content="12 workers were injured at the south quay",
        event="injured",
    )
    assert not told(hurt, GROUP)
    assert told(hurt, "at what hour|last count|list names")


@pytest.mark.parametrize(
    ("words", "law"),
    [
        (LENIENT, True),
        ("drivers can still get a heavy fine for a second offence", True),
        ("the new bill would remove the grace period for unpaid dues", True),
        ("under the amendment passed in May the law will no longer allow night work", True),
        ("the bill would ruin the fishermen of the outer isles", False),
        ("the bill would make life on the outer isles harder", False),
        ("the drivers may face a fine after the crash on the pier", False),
        ("skippers came back to port and paid a fine", False),
        ("two skippers could face jail for it", False),
        ("the board’s skippers may face prosecution", False),
        ("this could mean a fine for the port", False),
    ],
)
def test_what_a_law_lets_or_forbids_is_asked_for_its_text(words: str, law: bool) -> None:
    """Nobody was there when skippers could avoid a fine; what a bill would bring about is still a forecast."""
    claim = LENIENCY._replace(
        quote=f"“{words},” Aksel Moen said.", content=words, event=words.rsplit(maxsplit=1)[-1]
    )
    assert told(claim, r"registered|paragraph of the law|in the text itself|text of the law") is law
    assert not (law and told(claim, r"Who was there|Who saw|personnel|On which day did this"))


@pytest.mark.parametrize(
    ("sentence", "law"),
    [
        ("Drivers could avoid a fine under the law.", True),
        ("Under the law, skippers could avoid a fine.", True),
        ("The skippers may face a fine.", False),
        ("Jones may face a fine.", False),
        ("Two skippers may face a fine.", False),
    ],
)
def test_a_sentence_that_begins_with_whom_a_law_concerns(sentence: str, law: bool) -> None:
    """A capital letter makes no difference, and a name is nobody in general."""
    assert lays_down(sentence, Span(start=0, end=len(sentence))) is law


def test_what_a_bill_would_do_is_no_forecast() -> None:
    """A prediction in form, it stands in the bill's text, and its stage can be asked for."""
    removes = Said("The new bill would remove the grace period for unpaid dues.", ClaimType.PREDICTION)
    assert told(removes, r"registered|paragraph of the law|in the text itself")
    assert told(removes, r"still to come|stand now|in force")


@pytest.mark.parametrize(("claim", "view"), [(VIEW, True), (SEEN, False)])
def test_a_view_without_a_name_is_not_asked_for_what_was_seen(claim: Said, view: bool) -> None:
    """What somebody thinks nobody saw, heard or could show; what somebody tells may be."""
    assert told(claim, r"work or life of the retired pilot") is view
    assert told(claim, r"second person|Who else, with a name|how is the retired pilot placed") is not view


def test_what_a_flag_calls_an_opinion_is_asked_about_as_one() -> None:
    """The flag and the questions under one claim agree on what it is."""
    made = written(VIEW._replace(type=ClaimType.STATEMENT))
    [claim] = made.extraction.claims
    flag = Flag(kind=FlagKind.ANONYMOUS_OPINION, note="A view.", spans=(claim.claim.quote.place,))
    for findings, view in (((), False), ((Finding(flag=flag, briefs=(claim.id,)),), True)):
        texts = [q.text for q in questions(composed(made, findings))]
        assert any("work or life of the retired pilot" in text for text in texts) is view


def around_cue(claim: Said, cue: str, *content: str) -> list[str]:
    """Return what is asked of a claim whose words go on around the verb `cue`."""
    made = written(claim)
    [extracted] = made.extraction.claims
    pieces = tuple(place(claim.quote, words) for words in content)
    said = extracted.attribution.model_copy(update={"cue": place(claim.quote, cue), "content": pieces})
    extraction = Extraction(claims=(extracted.model_copy(update={"attribution": said}),), ledger=())
    return [q.text for q in questions(composed(made._replace(extraction=extraction)))]


def test_nobody_is_asked_whether_they_voiced_the_articles_own_verb() -> None:
    """Where “she described the toll as a gift”, that is the article's account: her words are asked for."""
    quote = "Mara Holt described the winter toll as a gift to the bank."
    said = Said(quote, ClaimType.OPINION, "Mara Holt")
    texts = around_cue(said, "described", "the winter toll as a gift to the bank")
    assert any("sum up as “Mara Holt described the winter toll" in text for text in texts), texts
    assert not any("voice the view" in text for text in texts)


def test_the_verb_of_saying_is_nothing_that_happened() -> None:
    """Where the words go on around “she said”, these two words are neither quoted nor asked for a day."""
    quote = "From May, Mara Holt said, all skippers have to pay for each landing by weight and not by length."
    said = Said(quote, ClaimType.STATEMENT, "Mara Holt", event="said")
    content = quote.split(", Mara Holt said, ")
    texts = around_cue(said, "said", content[0], content[1])
    assert any("“all skippers have to pay for each landing by weight" in text for text in texts), texts


@pytest.mark.parametrize("kind", ["duration", "time"])
def test_the_day_of_publication_settles_what_hangs_on_it_and_nothing_else(kind: str) -> None:
    """What is in its third year, or in March, waits for it; what states its own year does not."""
    claims = (
        Said("The yard closed in March.", ClaimType.EVENT, dates=("March",), event="closed"),
        Said("The strike enters its third year with no end in sight.", ClaimType.EVENT, event="enters"),
        Said("The quay was empty for nine weeks.", ClaimType.EVENT, dates=("nine weeks",), event="was"),
    )
    made = written(*claims, published=None)
    second, third = made.extraction.claims[1:]
    lasting = third.claim.dates[0].model_copy(update={"kind": kind})
    third = third.model_copy(update={"claim": third.claim.model_copy(update={"dates": (lasting,)})})
    stated = made.extraction.claims[0].claim.dates[0].model_copy(update={"from_date": "2022-03"})
    held = made.extraction.claims[0]
    first = held.model_copy(update={"claim": held.claim.model_copy(update={"dates": (stated,)})})
    for claim, serves in ((held, (held.id, second.id)), (first, (second.id,))):
        extraction = made.extraction.model_copy(update={"claims": (claim, second, third)})
        [dated] = [q for q in questions(composed(made._replace(extraction=extraction))) if "first " in q.text]
        assert sorted(dated.serves) == sorted(serves)
