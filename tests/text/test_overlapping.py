"""Overlapping places are found as by looking at every one."""

from hypothesis import given
from hypothesis import strategies as st

from briefs.domain.spans import Span
from briefs.text.overlapping import Overlapping

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda p: Span(start=p[0], end=p[0] + p[1]))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_the_same_as_looking_at_all(spans: list[Span], place: Span) -> None:
    """Empty, nested, equal and touching spans too; in the order given."""
    assert Overlapping(spans).of(place) == [n for n, span in enumerate(spans) if span.overlaps(place)]
