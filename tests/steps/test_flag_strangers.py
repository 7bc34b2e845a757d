"""Flags about people whom a text does not introduce: each is found, those who are introduced are left alone."""

import pytest
from flagging import proved

from briefs.domain.brief import FlagKind

PLANTED = [
    pytest.param(
        "The quay\n\nThe crane is safe, Okoye said on Monday.\n\n"
        "The harbour was closed.\n\nAda Okoye, a harbour master, walked along the quay.\n",
        "“Okoye” speaks here",
        id="a family name that speaks before the full name",
    ),
    pytest.param(
        "The quay\n\nTown engineer Ada Okoye said the crane was safe.\n\n"
        "The ferry ran on time, said Ada Okoye, who runs the bakery on the quay.\n",
        "is introduced further down",
        id="a name introduced after it has spoken",
    ),
    pytest.param(
        "The quay\n\nThe crane was checked on Monday. Ada Okoye said that it was safe.\n\nThe quay is open.\n",
        "does not say who that is",
        id="a name that nothing describes",
    ),
]
CLEAN = [
    pytest.param(
        "The quay\n\nAda Okoye, a harbour master, said the crane was safe. It is old, Okoye said.\n",
        id="a full name first",
    ),
    pytest.param(
        "The quay\n\nHarbour master Ada Okoye said the crane was safe. The crane is old, Okoye said.\n",
        id="an office before the name",
    ),
    pytest.param(
        "The quay\n\nThe crane was checked. Ada Okoye of the harbour office said that it was safe.\n",
        id="a body behind the name",
    ),
    pytest.param(
        "The quay\n\nThe crane was checked. Ada Okoye said that it was safe. Okoye leads the harbour office.\n",
        id="a name that comes again",
    ),
]


@pytest.mark.parametrize(("text", "shown"), PLANTED)
def test_name_that_is_not_introduced_is_flagged(text: str, shown: str) -> None:
    """Somebody who speaks unintroduced gets a flag that stands at the name."""
    notes = [f.flag.note for f in proved(text) if f.flag.kind is FlagKind.NAME_UNINTRODUCED]
    assert notes
    assert shown in notes[0]


@pytest.mark.parametrize("text", CLEAN)
def test_name_that_is_introduced_is_not_flagged(text: str) -> None:
    """Somebody whom the text introduces where they first speak gets no flag."""
    assert FlagKind.NAME_UNINTRODUCED not in {f.flag.kind for f in proved(text)}
