"""The checklist of names: one entry a name, with the spellings that the article uses."""

import pytest
from composing import Label, Said, composed, place, written

from briefs.domain.scan import DateMention, Entity, Scan


def names(text: str, *entities: tuple[str, Label]) -> dict[str, tuple[str, ...]]:
    """Return the checklist for one sentence: name to variants."""
    return {e.name: e.variants for e in composed(written(Said(text), entities=entities)).overview.names}


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        (
            "Anna Sorokin met Berg. Sorokin left.",
            [("Anna Sorokin", "PERSON"), ("Berg", "PERSON"), ("Sorokin left"[:7], "PERSON")],
            {"Anna Sorokin": ("Sorokin",), "Berg": ()},
        ),
        (
            "Anna Sorokin spoke, then Anna Sorokyn again.",
            [("Anna Sorokin", "PERSON"), ("Anna Sorokyn", "PERSON")],
            {"Anna Sorokyn": ("Anna Sorokin",)},
        ),
        (
            "José Marín and Jose Marin are one.",
            [("José Marín", "PERSON"), ("Jose Marin", "PERSON")],
            {"José Marín": ("Jose Marin",)},
        ),
        (
            "Harbour Authority and Labour Authority differ.",
            [("Harbour Authority", "ORG"), ("Labour Authority", "ORG")],
            {"Harbour Authority": (), "Labour Authority": ()},
        ),
        ("Norway and Sweden agree.", [("Norway", "PLACE"), ("Sweden", "PLACE")], {}),
        ("Kyiv, that is Kiev.", [("Kyiv", "PLACE"), ("Kiev", "PLACE")], {"Kyiv": ("Kiev",)}),
        ("The 4th and the 5th fleet.", [("4th", "ORG"), ("5th", "ORG")], {"4th": (), "5th": ()}),
        ("…", [], {}),
    ],
)
def test_names_are_joined_with_their_variants(
    text: str, entities: list[tuple[str, Label]], expected: dict[str, tuple[str, ...]]
) -> None:
    """Surnames and near spellings join their full name; different names and plain countries do not."""
    assert names(text, *entities) == expected


def test_a_name_keeps_its_role_and_all_places() -> None:
    """The entry shows the office the article gives and every place, in order."""
    text = "Minister Anna Berg spoke. Berg left."
    first, last = place(text, "Anna Berg"), place(text, "Berg left")
    scan = Scan(
        entities=(
            Entity(start=first.start, end=first.end, name="Anna Berg", label="PERSON", role="Minister"),
            Entity(start=last.start, end=last.start + 4, name="Anna Berg", label="PERSON"),
        )
    )
    (entry,) = composed(written(Said(text), scan=scan)).overview.names
    assert (entry.name, entry.variants, entry.role) == ("Anna Berg", ("Berg",), "Minister")
    assert [p.of(text) for p in entry.places] == ["Anna Berg", "Berg"]


def test_a_month_is_not_a_name() -> None:
    """What the scan reads as a date is no entry, whatever label it also has."""
    text = "The strike in October ended."
    where = place(text, "October")
    scan = Scan(
        entities=(Entity(start=where.start, end=where.end, name="October", label="PLACE"),),
        dates=(DateMention(start=where.start, end=where.end, text="October", month=10),),
    )
    assert composed(written(Said(text), scan=scan)).overview.names == ()
