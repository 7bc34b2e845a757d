"""What is kept of all names is what sorting them all would put first."""

from hypothesis import given
from hypothesis import strategies as st

from briefs.pipeline.smallest import Smallest


@given(st.lists(st.text("abc", max_size=3)), st.integers(1, 6))
def test_the_first_of_all_are_kept(names: list[str], most: int) -> None:
    """In whatever order they come, and however often."""
    kept = Smallest(most)
    kept.update(names)
    assert list(kept) == sorted(set(names))[:most]
