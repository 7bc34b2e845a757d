"""What is asked of what happened: its cause, its day, and of those who know it at first hand."""

import pytest
from composing import Said, composed, questions, told, written

from briefs.domain.claims import ClaimType
from briefs.domain.scan import SourceKind, Speech


@pytest.mark.parametrize(
    ("words", "cause", "stated"),
    [
        ("The closure of the yard has sparked a debate about the toll.", "sparked", True),
        ("The causes of the strike were unpaid wages.", "The causes of", True),
        ("The quay is a natural result of greed.", "result of", True),
        (
            "The council sold the northern quay to a bank from Larkholt at the start of a long winter "
            "because nobody in the whole town would pay for it.",
            "because",
            False,
        ),
    ],
)
def test_what_gives_its_cause_is_not_asked_for_it(words: str, cause: str, stated: bool) -> None:
    """Where the quoted words name the cause, it is asked what that rests on."""
    claim = Said(words, ClaimType.CAUSE, cause=cause)
    assert told(claim, r"What does the link drawn in") is stated
    assert told(claim, r"what brought about") is not stated
    assert told(claim, r"reasons for “") is not stated


def test_nobody_is_asked_how_an_unknown_cause_was_established() -> None:
    """A cause that is still looked for has no study behind it."""
    claim = Said("The cause of the fire is still unknown.", ClaimType.CAUSE, cause="The cause of")
    assert not told(claim, r"link|brought about|study|other causes")


@pytest.mark.parametrize(
    ("words", "event", "once"),
    [
        ("The skipper of the ferry left the quay.", "left", True),
        ("A large number of skippers left the quay.", "left", False),
        ("Most of the skippers left the quay.", "left", False),
        ("They either left the quay or sold their boats.", "left", False),
        ("The skippers who left the quay are back at work.", "left", False),
        ("She would believe it when she saw the quay.", "saw", False),
        ("Several skippers were hurt when a crane hit the quay.", "hurt", True),
    ],
)
def test_what_many_did_and_what_is_has_no_day_and_no_witness(words: str, event: str, once: bool) -> None:
    """Only a single event has a day, and somebody who was there."""
    claim = Said(words, ClaimType.EVENT, event=event)
    assert told(claim, r"On which day did this happen") is once
    assert told(claim, r"picture or witness account") is once


def test_they_are_the_many_of_the_sentence_before() -> None:
    """What "they" did has no day if the sentence before tells of many."""
    for before, once in (("Hundreds of skippers gave up.", False), ("Two skippers gave up.", True)):
        later = Said("They left the quay at night.", ClaimType.EVENT, event="left")
        texts = [q.text for q in questions(composed(written(Said(before), later)))]
        assert any("On which day did this happen" in text for text in texts) is once


@pytest.mark.parametrize(
    ("quote", "source", "role", "content", "own"),
    [
        ("“I sold the boat in May,” Ida Holm said.", "Ida Holm", None, "I sold the boat in May", True),
        ("Ida Holm said the toll cost her a boat.", "Ida Holm", None, "the toll cost her a boat", True),
        ("Ida Holm said the firm lost a boat.", "Ida Holm", "director", "the firm lost a boat", True),
        ("Ida Holm said the firm lost a boat.", "Ida Holm", "fisher", "the firm lost a boat", False),
        ("Ida Holm said the skipper lost her boat.", "Ida Holm", None, "the skipper lost her boat", False),
        ("“We lost a boat in May,” Ida Holm said.", "Ida Holm", "mayor", "We lost a boat in May", False),
    ],
)
def test_nobody_is_asked_who_told_them_of_their_own_doings(
    quote: str, source: str, role: str | None, content: str, own: bool
) -> None:
    """What somebody did, paid or runs is asked for on paper and of others, not how they know."""
    speech = Speech.DIRECT if "“" in quote else Speech.INDIRECT
    claim = Said(quote, ClaimType.EVENT, source, role=role, content=content, speech=speech, event="lost")
    claim = claim if "lost" in quote else claim._replace(event="sold" if "sold" in quote else "cost")
    assert told(claim, "that Ida Holm has kept") is own
    assert told(claim, "How does Ida Holm know") is not own


def test_a_spokesman_is_asked_on_whose_information() -> None:
    """Who speaks for a body passes on what it gives out."""
    claim = Said(
        "The harbour is safe, a spokesman for the port said.",
        ClaimType.STATEMENT,
        "a spokesman for the port",
        SourceKind.ORGANISATION,
        content="The harbour is safe",
    )
    assert told(claim, "On whose information did the spokesman for the port say")
