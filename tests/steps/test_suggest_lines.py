"""Lines of a strong and of a weak model for the sample articles: the first survive, the second do not."""

import pytest
from lines_strong import STRONG
from lines_weak import WEAK
from sampling import judged

SURVIVING = 0.85
REFUSED = 0.9


def test_what_a_strong_model_asks_survives() -> None:
    """Protects the price of strictness: specific lines, single or double, are kept."""
    refused = [(line.text, fault) for line in STRONG if isinstance(fault := judged(line), str)]
    assert len(refused) <= (1 - SURVIVING) * len(STRONG), refused


def test_what_a_weak_model_asks_is_refused() -> None:
    """Protects the promise that a weak model never makes a brief worse."""
    lines = [line for each in WEAK.values() for line in each]
    kept = [line.text for line in lines if not isinstance(judged(line), str)]
    assert len(kept) <= (1 - REFUSED) * len(lines), kept


@pytest.mark.parametrize("kind", WEAK)
def test_each_kind_of_badness_is_refused(kind: str) -> None:
    """No kind of badness passes as a whole: three of four lines of each fall."""
    kept = [line.text for line in WEAK[kind] if not isinstance(judged(line), str)]
    assert len(kept) <= len(WEAK[kind]) / 4, kept
