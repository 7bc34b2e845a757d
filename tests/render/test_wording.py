"""Words for people: every value of the contract has some, and none is a verdict."""

from enum import StrEnum

import pytest

from briefs.domain.article import Copy, FurnitureKind
from briefs.domain.brief import FlagKind, Stance
from briefs.domain.claims import ClaimType
from briefs.domain.desk import Check, Status
from briefs.domain.scan import ChainEnd, SourceKind, Speech
from briefs.steps.render import wording


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (FlagKind, wording.FLAGS),
        (FurnitureKind, wording.FURNITURE),
        (SourceKind, wording.SOURCE_KINDS),
        (Speech, wording.SPEECH),
        (ChainEnd, wording.CHAIN_ENDS),
        (ClaimType, wording.CLAIM_TYPES),
        (Stance, wording.STANCES),
        (Check, wording.CHECKS),
        (Status, wording.STATUSES),
        (Copy, wording.COPIES),
    ],
)
def test_every_value_has_words(values: type[StrEnum], words: dict[StrEnum, str]) -> None:
    """A new value of the contract needs words before it can be shown."""
    assert set(values) == set(words)


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2031-09-04", "4 September 2031"),
        ("2031-09-04T07:05:00Z", "4 September 2031, 07:05 UTC"),
        ("2031-09-04T07:05:00+02:00", "4 September 2031, 07:05 (+02:00)"),
        ("2031-09-04T07:05", "4 September 2031, 07:05"),
        ("2031-09", "September 2031"),
        ("2031", "2031"),
        ("soon", "soon"),
        ("2031-13-40", "2031-13-40"),
    ],
)
def test_dates_in_words(iso: str, words: str) -> None:
    """Dates are written out; what is no date stays as it is."""
    assert wording.date_words(iso) == words


@pytest.mark.parametrize(
    ("names", "words"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_lists_in_words(names: tuple[str, ...], words: str) -> None:
    """Names are listed as in a sentence."""
    assert wording.listing(names) == words
