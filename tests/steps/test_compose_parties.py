"""How questions speak of sources, and which office is named for a record."""

import pytest
from composing import Label, Said, place, written

from briefs.domain.scan import SourceKind
from briefs.domain.spans import How, Mention
from briefs.steps.compose.holders import holder
from briefs.steps.compose.parties import Party, party
from briefs.steps.compose.reading import Reading, countries


def reading(text: str, *entities: tuple[str, Label]) -> Reading:
    """Return an invented one-sentence article, indexed."""
    made = written(Said(text), entities=entities)
    return Reading(made.article, made.segmentation, made.scan)


def named(text: str, name: str, kind: SourceKind, role: str | None, *entities: tuple[str, Label]) -> Party:
    """Return how a source of an invented sentence is spoken of."""
    where = place(text, name) if name in text else place(text, text)
    how = How.STATED if name in text else How.RESOLVED
    mention = Mention(start=where.start, end=where.end, name=name, how=how)
    return party(reading(text, *entities), mention, kind, role)


NAMED, BODY = SourceKind.NAMED, SourceKind.ORGANISATION
DESK = "the news desk of The Lindhaven Courier"


@pytest.mark.parametrize(
    ("text", "name", "kind", "role", "phrase", "ask"),
    [
        ("Ida Holm left.", "Ida Holm", NAMED, None, "Ida Holm", "Ida Holm"),
        ("Ida Holm left.", "Ida Holm", NAMED, "mayor", "Ida Holm", "Ida Holm’s office"),
        ("Ida Holm left.", "Ida Holm", NAMED, "former mayor", "Ida Holm", "Ida Holm"),
        ("Ida Holm left.", "Ida Holm", NAMED, "port spokeswoman", "Ida Holm", "the press office of the port"),
        ("Holm left, Ida Holm said.", "Holm", NAMED, None, "Ida Holm", "Ida Holm"),
        ("Mayor Ida Holm left.", "Mayor Ida Holm", NAMED, None, "Ida Holm", "Ida Holm"),
        ("A clerk left.", "A clerk", SourceKind.ANONYMOUS, None, "the clerk", DESK),
        ("A clerk who drank left.", "A clerk who drank", SourceKind.ANONYMOUS, None, "the clerk", DESK),
        ("Dockers left.", "Dockers", SourceKind.ANONYMOUS, None, "the dockers", DESK),
        ("She left.", "She", NAMED, None, "the person quoted", DESK),
        ("who left", "who left", NAMED, None, "those quoted", DESK),
        ("Norwegians left.", "Norwegians", SourceKind.ANONYMOUS, None, "Norwegians", DESK),
        ("Norway left.", "Norway", BODY, None, "Norway", "the government of Norway"),
        ("Dutch rule.", "Netherlands", BODY, None, "the Netherlands", "the government of the Netherlands"),
        (
            "Norway’s navy left.",
            "Norway’s navy",
            BODY,
            None,
            "Norway’s navy",
            "the press office of Norway’s navy",
        ),
        (
            "The ministry left.",
            "The ministry",
            BODY,
            None,
            "the ministry",
            "the press office of the ministry",
        ),
        (
            "The officials left.",
            "The officials",
            BODY,
            None,
            "the officials",
            DESK,
        ),
        (
            "The Lund Bank left.",
            "Lund Bank",
            BODY,
            None,
            "the Lund Bank",
            "the press office of the Lund Bank",
        ),
        ("Lund Bank left.", "Lund Bank", BODY, None, "Lund Bank", "the press office of Lund Bank"),
        (
            "Ministry of Peat left.",
            "Ministry of Peat",
            BODY,
            None,
            "Ministry of Peat",
            "the press office of Ministry of Peat",
        ),
        (
            "Pilot reporters left.",
            "Pilot reporters",
            SourceKind.MEDIA,
            None,
            "Pilot",
            "the news desk of Pilot",
        ),
        (
            "A table shows it.",
            "data from Lund Bank",
            BODY,
            None,
            "Lund Bank",
            "the press office of Lund Bank",
        ),
    ],
)
def test_a_party_is_named_and_addressed(  # noqa: PLR0917 (a row of the table)
    text: str, name: str, kind: SourceKind, role: str | None, phrase: str, ask: str
) -> None:
    """Articles, full names and addresses fit the party, and nobody is asked at an office they left."""
    entities: list[tuple[str, Label]] = [("Ida Holm", "PERSON"), ("Lund Bank", "ORG"), ("Pilot", "ORG")]
    made = named(text, name, kind, role, *(e for e in entities if e[0] in text or e[0] == "Lund Bank"))
    assert (made.phrase, made.ask) == (phrase, ask)


@pytest.mark.parametrize(
    ("name", "many"),
    [("Officials", True), ("Norwegians", True), ("A clerk", False), ("The police", True), ("Jonas", False)],
)
def test_a_party_agrees_in_number(name: str, many: bool) -> None:
    """Verbs follow the number of the source."""
    kind = NAMED if name == "Jonas" else SourceKind.ANONYMOUS
    assert named(f"{name} left.", name, kind, None).many is many


@pytest.mark.parametrize(
    ("name", "vague"),
    [
        ("Experts", "Experts"),
        ("Norwegian officials", "Norwegian officials"),
        ("local media in Lund", "local media in Lund"),
        ("two police sources", None),
        ("many in Lund", "many in Lund"),
        ("A clerk", None),
    ],
)
def test_groups_that_nobody_can_find_are_asked_about_by_their_words(name: str, vague: str | None) -> None:
    """Groups such as "experts" are quoted back; an unnamed single source is not such a group."""
    assert named(f"{name} left.", name, SourceKind.ANONYMOUS, None).vague == vague


@pytest.mark.parametrize(
    ("text", "name", "group"),
    [
        ("Orla law enforcement left.", "Orla law enforcement", "Orla law enforcement"),
        ("The Orla leadership left.", "the Orla leadership", "The Orla leadership"),
        ("The officials left.", "the officials", "The officials"),
        ("Trade unions in Lund left.", "trade unions in Lund", "Trade unions in Lund"),
        ("The police left.", "the police", None),
        ("The armed forces left.", "the armed forces", None),
        ("The ministry of works left.", "the ministry of works", None),
        ("The Friends of the Quay left.", "Friends of the Quay", None),
        ("The council left.", "the council", None),
    ],
)
def test_what_is_no_office_is_not_rung(text: str, name: str, group: str | None) -> None:
    """No press office answers for a collective or for several offices: the outlet is asked which is meant."""
    made = named(text, name, BODY, None)
    assert made.group == group
    assert (made.ask == DESK) is (group is not None)
    assert not made.phrase.startswith("the Orla law")


@pytest.mark.parametrize(("name", "vague"), [("Her report", None), ("The report", "The report")])
def test_a_paper_of_somebody_can_be_looked_up(name: str, vague: str | None) -> None:
    """A report of hers is one report, of somebody who is named nearby; "a report" could be anybody's."""
    assert named(f"{name} left.", name, SourceKind.DOCUMENT, None).vague == vague


@pytest.mark.parametrize(
    ("words", "unit", "office"),
    [
        ("Norway opened 400 criminal cases.", "criminal cases", "Norway’s prosecutor general’s office"),
        ("They opened 400 criminal cases.", "criminal cases", "the prosecutor’s office"),
        ("The clerk was sentenced on Monday.", None, "the registry of the court that heard the case"),
        ("The council of the town voted.", None, "the town clerk"),
        ("Unemployment in Denmark fell.", None, "Denmark’s statistics office"),
        ("The border is closed.", None, None),
        ("The sea was calm.", None, None),
    ],
)
def test_records_are_kept_by_somebody(words: str, unit: str | None, office: str | None) -> None:
    """The office follows from what is counted and said; without a sure sign none is named."""
    found = holder(reading(words), words, words, unit)
    assert (found.office if found else None) == office


def test_an_office_that_the_article_names_is_preferred() -> None:
    """A body of the same country that the article names holds the record, with its owner's name."""
    text = "Norway's Crown Prosecutor saw 400 criminal cases in Norway. Sweden's Prosecutor Service did not."
    made = reading(text, ("Crown Prosecutor", "ORG"), ("Prosecutor Service", "ORG"))
    found = holder(made, "400 criminal cases in Norway", "400 criminal cases in Norway", "criminal cases")
    assert found is not None
    assert found.office == "Norway's Crown Prosecutor"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("South Korean and Korean", ["South Korea"]),
        ("U.S. troops in Oslo", ["United States", "Norway"]),
        ("Russian-backed forces", []),
        ("a dane and a turk", []),
        ("Kyiv and Kiev, New Zealand", ["Ukraine", "New Zealand"]),
    ],
)
def test_countries_are_known_by_their_words(text: str, expected: list[str]) -> None:
    """Adjectives, peoples and capitals stand for their country; compounds with a hyphen do not."""
    assert countries(text) == expected
