"""How long a server asks to wait, in all the ways of saying it."""

import pytest

from briefs.llm.retry import retry_after

DATE = "Sun, 06 Nov 1994 08:49:37 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, float("inf")),
        ({"retry-after": "9999"}, 9999.0),
        ({"retry-after": "Sun, 06 Nov 1994 08:50:07 GMT", "date": DATE}, 30.0),
        ({"retry-after": "Sun, 06 Nov 1994 08:00:00 GMT", "date": DATE}, 0.0),
        ({"retry-after": "Sun, 06 Nov 1994 08:50:07 GMT"}, 0.0),  # long ago, by our own clock
        ({"retry-after": "Sun, 99 Nov 1994 08:50:07 GMT"}, None),
        ({"retry-after-ms": "1500", "retry-after": "7"}, 1.5),
        ({"retry-after-ms": "x", "retry-after": "7"}, 7.0),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    """RFC 9110's two forms, OpenAI's third, and rubbish."""
    assert retry_after(headers) == seconds
