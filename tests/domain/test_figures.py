"""Which figures are one figure, and whose it is."""

from typing import Literal, NamedTuple

import pytest

from briefs.domain.figures import Owned, Owners, same_figure
from briefs.domain.scan import Attribution, Quantity, Source, SourceKind
from briefs.domain.spans import How


class Given(NamedTuple):
    """A figure in few words."""

    low: float | None
    unit: str | None = None
    period: str | None = None
    kind: Literal["count", "money", "percent", "measure", "ordinal", "multiple", "score"] = "count"
    high: float | None = None


def quantity(given: Given) -> Quantity:
    """Return a figure at the start of some text."""
    high = given.low if given.high is None else given.high
    return Quantity(
        start=0,
        end=1,
        text="x",
        low=given.low,
        high=high,
        unit=given.unit,
        period=given.period,
        kind=given.kind,
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Given(2310, "nurses"), Given(2310, "ward nurses"), True),
        (Given(1900, "criminal cases"), Given(1900, "case"), True),
        (Given(8_400_000), Given(8_400_000, "crowns", kind="money"), True),
        (Given(8_400_000, "crowns", kind="money"), Given(8_400_000, "litres"), False),
        (Given(40, "boats"), Given(40, "huts"), False),
        (Given(12), Given(12, "boats"), False),
        (Given(12, "boats"), Given(12, "boats"), True),
        (Given(21_634, "men"), Given(21_634, "soldiers"), True),
        (Given(700, "boats", "in May"), Given(700, "boats", "in June"), False),
        (Given(700, "boats", "in May"), Given(700, "boats"), True),
        (Given(700, "boats", "in May alone"), Given(700, "boats", "May"), True),
        (Given(700, "boats", "every month"), Given(700, "boats lost at sea", "Monthly"), True),
        (Given(8_400_000, "crown repair"), Given(8_400_000, "crowns", kind="money"), True),
        (Given(700, "boats"), Given(701, "boats"), False),
        (Given(40, kind="percent"), Given(40, "%", kind="percent"), True),
        (Given(3, "place", kind="ordinal"), Given(3, "place"), False),
        (Given(None, "boats"), Given(None, "boats"), False),
    ],
)
def test_one_figure_in_two_places(one: Given, other: Given, expected: bool) -> None:
    """Value, thing and time decide; a missing noun is forgiven to numbers too large to meet by chance."""
    assert same_figure(quantity(one), quantity(other)) is expected
    assert same_figure(quantity(other), quantity(one)) is expected


def said(name: str | None, how: How = How.STATED) -> Attribution:
    """Return an attribution to `name`, or to nobody."""
    source = Source(start=0, end=1, name=name, how=how) if name else None
    return Attribution(kind=SourceKind.NAMED if name else SourceKind.UNATTRIBUTED, source=source)


def test_a_figure_belongs_to_the_first_who_is_given_for_it() -> None:
    """Nobody, and somebody who is only possible, owns no figure."""
    figure = quantity(Given(2310, "nurses"))
    owners = Owners(
        [
            Owned(figure, said(None)),
            Owned(figure, said("Ola Berg", How.POSSIBLE)),
            Owned(figure, said("Ida Holm")),
            Owned(quantity(Given(2310, "beds")), said("Aksel Moen")),
        ]
    )
    given = owners.of(quantity(Given(2310, "nurses")))
    assert given is not None
    assert given.source is not None
    assert given.source.name == "Ida Holm"
    assert owners.of(quantity(Given(90, "nurses"))) is None
