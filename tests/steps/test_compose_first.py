"""What an editor meets first, and what composing keeps from asking."""

import pytest
from composing import Figure, Label, Said, composed, place, questions, written

from briefs.domain.article import BlockRole
from briefs.domain.brief import FIRST_SOURCES
from briefs.domain.claims import ClaimType
from briefs.domain.scan import ChainEnd, Criticism, Hedge, Scan, SourceKind
from briefs.domain.spans import How, Mention
from briefs.steps.compose.evidence import Reports
from briefs.steps.compose.parties import Party

COUNT = Said(
    "The Strand Gazette’s reporter Ida Holm wrote that 3,412 nets were lost in March.",
    ClaimType.QUANTITY,
    "Ida Holm",
    content="3,412 nets were lost in March",
    via=("The Strand Gazette",),
    figures=(Figure("3,412 nets", 3412, 3412, "nets"),),
    dates=("March",),
    score=0.8,
)
AGAIN = Said(
    "The Strand Gazette’s reporter Ida Holm wrote that 57 boats had sunk.",
    ClaimType.EVENT,
    "Ida Holm",
    content="57 boats had sunk",
    via=("The Strand Gazette",),
    event="sunk",
    score=0.6,
)
MINISTER = Said(
    "Norwegian minister Aksel Moen said 900 crew had been paid.",
    ClaimType.QUANTITY,
    "Aksel Moen",
    role="Norwegian minister",
    content="900 crew had been paid",
    figures=(Figure("900 crew", 900, 900, "crew"),),
    score=0.7,
)
BARE = Said(
    "Some 4,100 families left.",
    ClaimType.QUANTITY,
    figures=(Figure("4,100 families", 4100, 4100, "families"),),
    score=0.7,
)
NAMES: tuple[tuple[str, Label], ...] = (
    ("Ida Holm", "PERSON"),
    ("Aksel Moen", "PERSON"),
    ("The Strand Gazette", "ORG"),
)


def test_the_first_screen_goes_from_the_report_to_the_calls() -> None:
    """The report behind the text, its date and the transcript come before the figures; never the credit line."""
    made = composed(written(COUNT, AGAIN, MINISTER, BARE, entities=NAMES, published=None))
    by_id = {q.id: q.text for q in questions(made)}
    first = [by_id[i] for i in made.overview.first_questions]
    wanted = ("Strand Gazette", "carries no date", "transcript", "4,100 families")
    places = [next(i for i, text in enumerate(first) if words in text) for words in wanted]
    assert places == sorted(places), first
    assert not any("quote it with credit" in text for text in first)


def test_a_report_is_named_once_for_all_its_claims() -> None:
    """Two claims from one report miss the same thing, so that a page can print it once."""
    made = composed(written(COUNT, AGAIN, entities=NAMES))
    reports = [m for b in made.briefs for m in b.missing_evidence if m.what.startswith("the report by")]
    assert len(reports) == 2
    assert reports[0] == reports[1]


def test_a_report_lends_no_other_its_date() -> None:
    """What a source told an outlet on another day is not put down to the report that the article dates."""
    reports, via = Reports(), Party("corvo", "Corvo Wire", many=False, ask="the news desk of Corvo Wire")
    named = [reports.named(via, date, f", on “{date}”") for date in ("3 March", None, "3 March", None)]
    assert named == ["the report by Corvo Wire of “3 March”", "the report by Corvo Wire, on “None”"] * 2


def test_hearsay_is_asked_about_and_so_is_its_speaker() -> None:
    """Of what somebody “reportedly said” the author is asked who reported it, the speaker for the words."""
    told = written(
        MINISTER._replace(quote="Norwegian minister Aksel Moen reportedly said 900 crew had been paid.")
    )
    claim = told.extraction.claims[0]
    passed_on = claim.attribution.model_copy(update={"chain_end": ChainEnd.UNNAMED})
    word = place(told.article.text, "reportedly")
    made = composed(
        told._replace(
            scan=told.scan.model_copy(
                update={"hedges": (Hedge(start=word.start, end=word.end, kind="report"),)}
            ),
            extraction=told.extraction.model_copy(
                update={"claims": (claim.model_copy(update={"attribution": passed_on}),)}
            ),
        )
    )
    asked = [(q.ask, q.text) for q in questions(made)]
    assert any("“reportedly”" in text and "Moen" not in ask for ask, text in asked)
    assert any("Aksel Moen" in ask for ask, _ in asked)


def test_words_for_a_size_are_asked_for_their_number() -> None:
    """Words such as "tens of thousands" are asked which number they stand for, and not counted as figures."""
    claim = Said(
        "Tens of thousands of families left.",
        ClaimType.QUANTITY,
        figures=(Figure("Tens of thousands", 20000, None, "families"),),
    )
    made = composed(written(claim))
    assert any("“Tens of thousands”" in q.text for q in questions(made))
    assert not any("the figure of" in q.text for q in questions(made))
    assert made.overview.sourcing.figures == 0


def test_a_missing_answer_is_asked_when_it_was_asked_for() -> None:
    """That a company did not respond is no matter for studies or witnesses, but of how it was asked."""
    claim = Said("The shipyard did not respond to two messages.", ClaimType.STATEMENT, event="respond")
    made = composed(written(claim))
    assert questions(made)[0].settles == "whether those concerned had a fair chance to answer"
    assert "message that asked for comment" in made.briefs[0].missing_evidence[0].what


@pytest.mark.parametrize(("by", "words"), [("Aksel Moen", "by Aksel Moen"), (None, "in the article")])
def test_the_right_of_reply_says_who_criticises(by: str | None, words: str) -> None:
    """Whoever is criticised hears by whom, and in which words."""
    claim = Said("The port union lied about every boat, in the view of Aksel Moen.", ClaimType.STATEMENT)
    text = claim.quote
    target = Mention(**place(text, "port union").model_dump(), name="port union", how=How.STATED)
    scan = Scan(
        criticisms=(
            Criticism(target=target, by=by, place=place(text, "The port union lied about every boat")),
        )
    )
    made = composed(written(claim, scan=scan, entities=(("Aksel Moen", "PERSON"),)))
    replies = [q for q in questions(made) if "were you asked" in q.text]
    assert len(replies) == 1
    assert words in replies[0].text
    assert "port union lied about every boat" in replies[0].text


def test_what_is_and_what_has_been_has_no_day() -> None:
    """Only what is told as done is asked for its day and its witnesses."""
    done = Said("The crew burned the nets.", ClaimType.EVENT, event="burned")
    lasting = Said("The crew has often burned nets.", ClaimType.EVENT, event="burned")
    assert any("On which day" in q.text for q in questions(composed(written(done))))
    asked = questions(composed(written(lasting)))
    assert asked
    assert not any("On which day" in q.text or "Who saw" in q.text for q in asked)


def test_who_denies_is_among_the_sources_that_are_named_first() -> None:
    """Of many sources with one claim each the one who denies is not left to "and 3 other sources"."""
    names = [f"Ida Holm{letter}" for letter in "abcdefghij"]
    said = [Said(f"{name} said that pier {name[-1]} leaks.", source=name, content="leaks") for name in names]
    denies = Said("Aksel Moen denied the reports.", source="Aksel Moen", content="the reports")
    sources = composed(written(*said, denies)).overview.sourcing.sources
    assert len(sources) == 11
    assert [line.name for line in sources][FIRST_SOURCES - 2 : FIRST_SOURCES + 1] == [
        "Ida Holmg",
        "Aksel Moen",
        "Ida Holmh",
    ]


def test_words_that_name_nobody_are_no_source_on_the_first_screen() -> None:
    """A relative clause or a people taken for a source is not listed as somebody who was named."""
    who = Said("Those who left say the nets were old.", source="who left", content="the nets were old")
    people = Said(
        "Norwegians doubt that the boats are safe.",
        source="Norwegians",
        kind=SourceKind.ANONYMOUS,
        content="the boats are safe",
    )
    sourcing = composed(written(who, people)).overview.sourcing
    assert [line.name for line in sourcing.sources] == ["Norwegians"]
    assert sourcing.sources[0].kind == "anonymous"


@pytest.mark.parametrize(
    ("words", "whole", "change"),
    [
        ("Ida Holm said fares rose by 12% in May.", False, True),
        ("Ida Holm said there was a 12% rise in fares in May.", False, True),
        ("Ida Holm said 12% were unhappy in May.", True, False),
    ],
)
def test_a_change_is_not_asked_for_its_whole(words: str, whole: bool, change: bool) -> None:
    """By how much something rose is asked from what to what; a share is asked of what."""
    said = Said(
        words,
        ClaimType.QUANTITY,
        "Ida Holm",
        content=words.removeprefix("Ida Holm said ").removesuffix("."),
        figures=(Figure("12%", 12, 12, None, kind="percent"),),
        score=0.7,
    )
    settled = " ".join(question.settles for question in questions(composed(written(said))))
    assert ("out of what total" in settled) is whole
    assert ("is the change" in settled) is change


def test_a_figure_that_the_text_gives_a_source_for_has_one_in_the_headline_too() -> None:
    """The same figure sourced in the text is not counted as bare, and nobody is asked whose it is."""
    headline = Said(
        "3,412 nets lost to the storm",
        ClaimType.QUANTITY,
        figures=(Figure("3,412 nets", 3412, 3412, "nets"),),
        score=0.9,
    )
    made = composed(written(headline, COUNT, BARE, entities=NAMES))
    assert made.overview.sourcing.figures == 3
    assert made.overview.sourcing.figures_without_source == 1
    assert "4,100 families" in made.overview.sourcing.summary
    assert "3,412" not in made.overview.sourcing.summary
    asked = [q.text for q in made.briefs[0].questions]
    assert not any("whose is it" in text for text in asked)
    assert any("Ida Holm" in text for text in asked), asked


def test_a_neighbour_s_other_figure_lends_no_source() -> None:
    """A figure of its own stays without a source, however near a sourced one stands."""
    made = composed(written(MINISTER, BARE, entities=NAMES))
    assert made.overview.sourcing.figures_without_source == 1


def test_a_headline_with_a_thesis_is_held_against_its_text() -> None:
    """A headline without figure or source is asked, once, for the passage that bears it out."""
    made = written(Said("Harbour Flees Its Own Future", ClaimType.OPINION, score=0.6), COUNT)
    sentences = made.segmentation.sentences
    first = sentences[0].model_copy(update={"role": BlockRole.HEADLINE})
    segmentation = made.segmentation.model_copy(update={"sentences": (first, *sentences[1:])})
    briefs = composed(made._replace(segmentation=segmentation)).briefs
    texts = [q.text for q in briefs[0].questions]
    assert any("headline" in text and "“Harbour Flees Its Own Future”" in text for text in texts), texts
    assert sum("Harbour Flees" in text for text in texts if "stand by" not in text) == 1, texts
    assert not briefs[0].missing_evidence, "the text below it is there to be read"
    assert not any("headline" in q.text for q in briefs[1].questions)
