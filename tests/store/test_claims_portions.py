"""What the claim index asks for at once is asked for wholly, in statements of few sizes."""

from hypothesis import given
from hypothesis import strategies as st

from briefs.store.claim_index.rows import portions


@given(st.integers(0, 1_200))
def test_every_value_is_asked_for_once(many: int) -> None:
    """Protects claims and keys from being left out at the edge of a portion; NULL alone is added."""
    asked = [(marks.count("?"), list(some)) for marks, some in portions(range(many))]
    assert [each for _, some in asked for each in some if each is not None] == list(range(many))
    assert all(marks == len(some) <= 500 for marks, some in asked)
    assert [some for _, some in asked if some[0] is None] == []


def test_statements_are_of_few_sizes() -> None:
    """Protects the time of relating: a statement of a size that was not there yet has to be made first."""
    sizes = {marks for many in range(1, 501) for marks, _ in portions(range(many))}
    assert len(sizes) <= 16
