"""Names under the best form the article gives, and what stands for them."""

import pytest

from briefs.domain.scan import Entity, Reference
from briefs.language.names import entities
from briefs.language.parse import parse
from briefs.language.references import references
from briefs.steps.ingest import Origin, ingest
from briefs.steps.segment import segment


def _read(text: str) -> tuple[tuple[Entity, ...], tuple[Reference, ...]]:
    article = ingest(text.encode("utf-8"), Origin(id="t", path="t.txt"))
    parsed = parse(article.text, segment(article))
    named = entities(parsed)
    return named, references(parsed, named)


@pytest.mark.parametrize(
    ("text", "words", "name", "label"),
    [
        ("Ines Varga came. Varga spoke.", "Varga", "Ines Varga", "PERSON"),
        ("Ines Varga came. Mr. Varga's crew left.", "Varga", "Ines Varga", "PERSON"),
        (
            "The Larkholt Harbour Agency (LHA) met. The LHA said the yard would close.",
            "LHA",
            "Larkholt Harbour Agency",
            "ORG",
        ),
        ("The Ukrainian crew met the press in Lviv.", "Ukrainian", "Ukrainian", "GROUP"),
        ("The crew came from France and met the press.", "France", "France", "PLACE"),
        (
            "Marit Oyelund, a spokeswoman for St. Brannoc's Hospital, came.",
            "St. Brannoc's Hospital",
            "St. Brannoc's Hospital",
            "ORG",
        ),
        ("The talks moved to the Verkhovna Rada on Monday.", "Verkhovna Rada", "Verkhovna Rada", "ORG"),
        ("Larkholt Railways says it lost money.", "Larkholt Railways", "Larkholt Railways", "ORG"),
        ("A worker told Corvo Wire of it.", "Corvo Wire", "Corvo Wire", "ORG"),
        ("They met on Radio Larkholt.", "Radio Larkholt", "Radio Larkholt", "ORG"),
        ("Strand & Oak bought the pier.", "Strand & Oak", "Strand & Oak", "ORG"),
        ("The bus goes round by Ferry Lane, which is long.", "Ferry Lane", "Ferry Lane", "PLACE"),
        ("Kasimir Vaal came. Danuta Rósza spoke. Rosza left.", "Rosza", "Danuta Rósza", "PERSON"),
        (
            "The deputy speaker, Томаш Величко (Tomash Velychko), came. Velychko spoke.",
            "Velychko",
            "Томаш Величко",
            "PERSON",
        ),
        ("The Ministry of Works closed the yard.", "Ministry of Works", "Ministry of Works", "ORG"),
    ],
)
def test_name_is_the_longest_form(text: str, words: str, name: str, label: str) -> None:
    """A surname, an acronym and a possessive stand under the name they belong to."""
    last = [entity for entity in _read(text)[0] if entity.of(text) == words][-1]
    assert (last.name, last.label) == (name, label)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Harbour Ministry spokesperson Ines Varga came.", "Harbour Ministry spokesperson"),
        ("Ines Varga, a former harbour deputy who now drives a bus, came.", "former harbour deputy"),
        ("Ines Varga, 52, mayor of Larkholt, came.", "mayor of Larkholt"),
        ("Ines Varga came.", None),
    ],
)
def test_role_is_in_the_words_of_the_article(text: str, role: str | None) -> None:
    """An office before or after a name is taken as written, without what only describes the person."""
    assert next(e.role for e in _read(text)[0] if e.name == "Ines Varga") == role


def test_headline_in_capitals_gives_no_names_of_its_own() -> None:
    """A headline in title case is full of capitals; only what the text repeats is a name there."""
    text = "Harbour Crane Falls As Ines Varga Watches Crew Work\n\nThe mayor, Ines Varga, saw the crane fall."
    assert [entity.name for entity in _read(text)[0]] == ["Ines Varga", "Ines Varga"]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Ines Varga came. She spoke for an hour.", "She", "Ines Varga"),
        ("Ines Varga met Thomas Brell. He spoke for an hour.", "He", "Thomas Brell"),
        ("The deputy Ines Varga came. The deputy spoke for an hour.", "The deputy", "Ines Varga"),
        ("Corvo News wrote it first. The newspaper was alone.", "The newspaper", "Corvo News"),
        ("The Ministry of Works closed it. The ministry was late.", "The ministry", "Ministry of Works"),
    ],
)
def test_reference_is_resolved(text: str, words: str, name: str) -> None:
    """A pronoun or description with one candidate stands for it."""
    assert (words, name) in [(each.of(text), each.name) for each in _read(text)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "The crew met Ines Varga and Dana Oak. She spoke for an hour.",
        "Corvo News and the Larkholt Times wrote it. The newspaper was alone.",
        "“He is late,” the crew said of the driver.",
        "Tomas Brell came. A port official spoke because he was angry.",
        "Buses go round by Ferry Lane. She said it was late.",
    ],
)
def test_two_candidates_leave_it_open(text: str) -> None:
    """Where two names fit, or none, nothing is resolved."""
    assert _read(text)[1] == ()
