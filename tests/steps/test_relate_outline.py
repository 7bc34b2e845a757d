"""What an index keeps of a figure tells strangers from those that may bear on each other."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.language.comparing.things import Kind, Thing
from briefs.language.comparing.values import Bounds
from briefs.steps.relate.outline import _ANY, _Amount, _bear, _of_one_thing, _sign

_WORDS = st.sampled_from(["", "dam", "nurse", "€"])
_SETS = st.frozensets(st.sampled_from(["anyone", "dam", "night"]), max_size=2)
_THINGS = st.builds(Thing, st.sampled_from(get_args(Kind)), _WORDS, _SETS, _SETS, _SETS)
_BOUNDS = st.builds(
    Bounds,
    st.sampled_from([10.0, 12.0]),
    st.sampled_from([12.0, 40.0]),
    st.just(1.0),
    st.booleans(),
    st.booleans(),
)
_AMOUNTS = st.builds(_Amount, _THINGS, st.sampled_from([None, "die", "close"]), st.booleans(), _BOUNDS)


@given(_AMOUNTS, _AMOUNTS)
@settings(deadline=None)
def test_figures_that_bear_on_each_other_have_one_sign(one: _Amount, other: _Amount) -> None:
    """Protects recall: no pair is passed over by the sign alone that the rules would look at."""
    signs = {_sign(each.thing, each.event) for each in (one, other)}
    if _bear(one, other) or _of_one_thing(one, other):
        assert len(signs) == 1 or _ANY in signs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param((Thing("thing", "dam"), "close"), (Thing("thing", "dam"), "open"), id="happening"),
        pytest.param((Thing("thing", "dam"), "close"), (Thing("thing", "ferri"), "close"), id="noun"),
        pytest.param((Thing("thing", "eur"), "cost"), (Thing("money", "eur"), "cost"), id="kind"),
        pytest.param((Thing("people", "nurse"), "die"), (Thing("people", "nurse"), "strike"), id="people"),
    ],
)
def test_strangers_have_two_signs(one: tuple[Thing, str], other: tuple[Thing, str]) -> None:
    """Protects the time of a large archive: these are told apart without reading their figures."""
    assert _sign(*one) != _sign(*other)
    assert _ANY not in (_sign(*one), _sign(*other))
