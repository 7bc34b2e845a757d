"""What a claim tells decides what is asked: a few people, what a law says, a view, a day that hangs in the air."""

import re

import pytest
from composing import Figure, Said, composed, place, questions, told, written

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
    assert any("sum up as “described the winter toll as a gift" in text for text in texts), texts
    assert not any("voice the view" in text for text in texts)


@pytest.mark.parametrize(
    ("quote", "source", "kind", "cue", "content", "asked", "never"),
    [
        pytest.param(
            "Mayor Mara Holt has reportedly revealed the losses of the northern fleet.",
            "Mara Holt",
            SourceKind.NAMED,
            "revealed",
            "the losses of the northern fleet",
            r"does the article sum up as “has reportedly revealed the losses",
            r"How does Mara Holt know about “Mayor",
            id="a person who revealed something",
        ),
        pytest.param(
            "The port has always denied that the toll ruined the skippers.",
            "The port",
            SourceKind.ORGANISATION,
            "denied",
            "that the toll ruined the skippers",
            r"through whom, did the port say what the article renders as “has always denied that the toll ruined",
            r"“the toll ruined|“The port has",
            id="a body that denied a statement",
        ),
        pytest.param(
            "Orla officials have rejected the story as Varnian gossip.",
            "Orla officials",
            SourceKind.ANONYMOUS,
            "rejected",
            "the story as Varnian gossip",
            r"those called “Orla officials” who “have rejected the story as Varnian gossip”",
            r"for “Orla officials have",
            id="people without a name",
        ),
        pytest.param(
            "A pilot described the toll as a slow death for the port.",
            "A pilot",
            SourceKind.ANONYMOUS,
            "described",
            "the toll as a slow death for the port",
            r"was it that the pilot “described the toll as a slow death",
            r"told you “|believed|“A pilot",
            id="one without a name",
        ),
        pytest.param(
            "The Strand Gazette has called the mayor a friend of the bank.",
            "The Strand Gazette",
            SourceKind.MEDIA,
            "called",
            "the mayor a friend of the bank",
            r"of the Strand Gazette, of what day, does the article sum up as “has called the mayor",
            r"establish “|“The Strand",
            id="an outlet",
        ),
    ],
)
def test_what_somebody_revealed_or_denied_is_quoted_without_who_did(  # noqa: PLR0917 (a row of the table)
    quote: str, source: str, kind: SourceKind, cue: str, content: str, asked: str, never: str
) -> None:
    """Neither is the source's name quoted as if it were part of what was said, nor a denial as its opposite."""
    texts = around_cue(Said(quote, ClaimType.STATEMENT, source, kind), cue, content)
    assert any(re.search(asked, text) for text in texts), texts
    assert not any(re.search(never, text) for text in texts if "stand by" not in text), texts


def test_who_says_so_is_left_out_between_two_exact_slices() -> None:
    """“These delays” … “show a lack of trust”: what an unnamed source is asked for is not that it said so."""
    quote = (
        "These delays, according to Orla officials, show a lack of trust between the town and its old port."
    )
    content = quote.split(", according to Orla officials, ")
    said = Said(quote, ClaimType.STATEMENT, "Orla officials", SourceKind.ANONYMOUS)
    texts = around_cue(said, "according to", content[0], content[1])
    assert any("“These delays” … “show a lack of trust between" in text for text in texts), texts
    assert not any("“These delays, according" in text for text in texts)


@pytest.mark.parametrize(
    ("quote", "event", "quoted"),
    [
        (
            "The skipper, named only by two letters in the file of the court, allegedly took the ferry from a "
            "yard in the north, cutting two locks.",
            "took",
            "“The skipper” … “allegedly took the ferry from a yard in the north”",
        ),
        (
            "The ferry, built in a yard on the far side of the northern bay, sank off the outer skerries with "
            "nine hands on board.",
            "sank",
            "“The ferry” … “sank off the outer skerries with nine hands on board”",
        ),
        (
            "In spring, when all the yards of the outer isles were shut, the council sold the crane of the old "
            "quay to a rival.",
            "sold",
            "“the council sold the crane of the old quay to a rival”",
        ),
        (
            "The union, the port and the old town, which owns most of the quay, signed a lease that lets the "
            "yard of Larkholt in.",
            "signed",
            "“signed a lease that lets the yard of Larkholt in”",
        ),
    ],
)
def test_a_verb_is_not_quoted_without_its_subject(quote: str, event: str, quoted: str) -> None:
    """What stands between the two is left out, unless it is more of the subject."""
    assert told(Said(quote, ClaimType.EVENT, event=event), quoted)


def test_an_office_is_not_asked_of_which_unit_its_own_people_are() -> None:
    """It is asked for the record; where no office is known, the author is asked who they were."""
    soldiers = CREW._replace(
        quote="Local papers said 12 soldiers walked off their post at the south quay.",
        content="12 soldiers walked off their post at the south quay",
        figures=(CREWED._replace(unit="soldiers"),),
    )
    assert told(soldiers, "Do your records have the 12 soldiers")
    assert not told(soldiers, "of what unit, firm or place")


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
