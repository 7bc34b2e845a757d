"""Flags about intervals and years: each planted misfit is found with its count, its clean twin is left alone."""

import pytest
from flagging import assert_flagged, kinds

from briefs.domain.brief import FlagKind

PLANTED = [
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two fires\n\nOn July 18, the granary burned.\n\nJust a week earlier, on July 9, the mill burned down.\n",
        "is 9 days",
        id="an interval that does not fit its dates",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two fires\n\nOn January 3, the granary burned.\n\nA week earlier, on December 24, the mill burned down.\n",
        "is 10 days",
        id="an interval across New Year that does not fit",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two bridges\n\nThe old bridge fell in 2004, and the new one opened three years later, in 2012.\n",
        "is 8 years",
        id="an interval of years",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two fairs\n\nThe spring fair closed in February. Two months later, in July, the summer fair opened.\n",
        "is 5 months",
        id="an interval of months",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two floods\n\nThe first flood came on 3 May. Ten days later, on 20 May, the second came.\n",
        "is 17 days",
        id="an interval of days",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two floods\n\nThe first flood came on 3 May. Ten days later, on 14 May, the second came.\n",
        "is 11 days",
        id="an interval of days that is one day off",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "The strike\n\nAs the strike enters its third year, talks go on.\n\nThe strike enters its fourth year in May.\n",
        "cannot both hold",
        id="two ordinals for one year",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "The siege\n\n"
        "As of 2024, the siege, which began in 2019, enters its third year with no end in sight.\n",
        "it would be year 5 or 6",
        id="an ordinal against the years that the text states",
    ),
]
CLEAN = [
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two fires\n\nOn July 18, the granary burned.\n\nJust a week earlier, on July 10, the mill burned down.\n",
        id="eight days that are called a week",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two fires\n\nOn July 18, the granary burned.\n\nA week earlier, on July 11, the mill burned down.\n",
        id="an interval that fits",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two fires\n\nOn January 3, the granary burned.\n\nA week earlier, on December 27, the mill burned down.\n",
        id="an interval across New Year",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two bridges\n\nThe old bridge fell in 2004, and the new one opened eight years later, in 2012.\n",
        id="years that fit",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two fairs\n\nThe winter fair closed in December. Two months later, in February, the spring fair opened.\n",
        id="months across New Year",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "The bill\n\nThe bill passed on 3 June, after a debate on 20 May. Two weeks later, on 17 June, it was law.\n",
        id="an interval from the date before the nearest",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "The siege\n\nAs of 2024, the siege, which began in 2019, enters its sixth year.\n",
        id="an ordinal that fits",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "Two wars\n\nThe war in Drevia enters its third year.\n\nThe war in Varnia enters its fourth year.\n",
        id="two wars",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "The strike\n\nThe strike enters its third year.\n\nWhen the strike entered its second year, it rained.\n",
        id="an earlier year of the same strike",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "Two unions\n\nThe guild enters its third year.\n\nThe league enters its fourth year.\n",
        id="ordinals of two subjects",
    ),
]


@pytest.mark.parametrize(("kind", "text", "shown"), PLANTED)
def test_planted_trouble_is_flagged(kind: FlagKind, text: str, shown: str) -> None:
    """Each planted trouble gives its flag, with the arithmetic or the wordings in the note, all of it proved."""
    assert_flagged(kind, text, shown)


@pytest.mark.parametrize(("kind", "text"), CLEAN)
def test_clean_twin_is_not_flagged(kind: FlagKind, text: str) -> None:
    """What only looks like trouble is not flagged: a wrong flag costs more trust than a missing one."""
    assert kind not in kinds(text)


def test_year_is_held_against_the_dateline() -> None:
    """A dateline decides which year of a strike it is; without one nothing is guessed."""
    text = "The strike\n\nThe strike began in March 2021 at the mill.\n\nThe strike enters its third year.\n"
    assert FlagKind.YEAR_MISFIT in kinds(text, published="2026-06-01")
    assert FlagKind.YEAR_MISFIT not in kinds(text, published="2023-06-01")
    assert FlagKind.YEAR_MISFIT not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Beer\n\nThe brewery, founded in 1990, marks its 25th anniversary this year.\n",
        "Siege\n\nThe siege has lasted since 2019. Now in its third year, the siege shows no sign of ending.\n",
        "Siege\n\nIn the third year of the siege, which began in 2019, food is short.\n",
    ],
)
def test_years_are_counted_to_the_dateline_however_they_are_worded(text: str) -> None:
    """An ordinal may stand before or after its subject; the dateline of the right year raises no flag."""
    fitting = "2015-05-05" if "1990" in text else "2021-05-05"
    assert FlagKind.YEAR_MISFIT in kinds(text, published="2025-05-05")
    assert FlagKind.YEAR_MISFIT not in kinds(text, published=fitting)
    assert FlagKind.YEAR_MISFIT not in kinds(text)
