"""A short wording says what it is about, although its own words point back."""

import pytest

from briefs.domain.claims import Claim, ClaimType, Priority
from briefs.domain.scan import OWN_VOICE, Attribution, Source, SourceKind, Speech
from briefs.domain.spans import Quote, Span
from briefs.steps.render.short import short


def claim(text: str, quote: str, standalone: str | None = None) -> Claim:
    """Return a claim that quotes `quote` from `text`."""
    start = text.index(quote)
    return Claim(
        quote=Quote(start=start, end=start + len(quote), text=quote),
        standalone=standalone or quote,
        type=ClaimType.EVENT,
        priority=Priority(score=0.5, reasons=()),
    )


@pytest.mark.parametrize(
    ("text", "quote", "standalone", "expected"),
    [
        (
            "The pier of Lund was built in 1911. It was last mended in 1987.",
            "It was last mended in 1987.",
            None,
            "It was last mended in 1987 (after: The pier of Lund was built …)",
        ),
        (
            "The pier stands. It was last mended in 1987.",
            "It was last mended in 1987.",
            "[The pier of Lund] was last mended in 1987.",
            "The pier of Lund was last mended in 1987",
        ),
        (
            "The council has seen the plan, which is two pages long.",
            "which is two pages long",
            None,
            "Which is two pages long (after: The council has seen the plan)",
        ),
        (
            "Ferries have multiplied: the Lund line opened eleven of them last year and sold three, the harbour log shows.",
            "Ferries have multiplied: the Lund line opened eleven of them last year and sold three, the harbour log shows.",
            None,
            "Ferries have multiplied: the Lund line opened eleven of them last year and sold three …",
        ),
        ("The pier was mended.", "The pier was mended.", None, "The pier was mended"),
    ],
)
def test_a_short_wording_names_its_thing(
    text: str, quote: str, standalone: str | None, expected: str
) -> None:
    """A pronoun is replaced by what the article names, or followed by the words before it."""
    assert short(claim(text, quote, standalone), OWN_VOICE, text).replace("\u00a0", " ") == expected


def test_a_quotation_that_points_back_stands_after_its_speaker() -> None:
    """Whose "it" it is, the speaker tells better than the words before."""
    text = "“It is not safe for a tug to pass,” Ola Berg said."
    said = Attribution(
        kind=SourceKind.NAMED,
        source=Source(start=36, end=44, name="Ola Berg"),
        content=(Span(start=0, end=35),),
        speech=Speech.DIRECT,
    )
    assert short(claim(text, text), said, text) == "Ola Berg: it is not safe for a tug to pass"
