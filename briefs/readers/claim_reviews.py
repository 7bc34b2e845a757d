"""Earlier fact-checks: schema.org ClaimReview items in a JSON file, with bounds on everything.

The document's text is the reviewed claims, one paragraph each, as the file states them, so that they can be
quoted. A rating is kept in the reviewer's own words; it is never turned into ours.
"""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from briefs.domain.documents import Review, Reviewed
from briefs.domain.spans import Span
from briefs.errors import InputError
from briefs.readers.charset import decode, whole

MOST_ITEMS = 20_000
_MOST_DEEP = 8
_LONGEST_CLAIM = 2_000
_LONGEST = 300
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\^`{|}\x00-\x1f\x7f]{1,500}\Z", re.IGNORECASE)
_INSIDE = ("@graph", "itemListElement", "dataFeedElement", "item", "mainEntity")
"""Where schema.org and JSON-LD keep items within others (Data Commons feeds among them)."""


class ReadReviews(NamedTuple):
    """The reviewed claims as text, and what is said of each."""

    text: str
    reviews: tuple[Reviewed, ...]
    notes: tuple[str, ...] = ()


def read_reviews(data: bytes, name: str) -> ReadReviews:
    """Return the ClaimReview items of a file: one object, an array, or a graph; raises InputError.

    An item without a claim, a reviewer or a rating is left out and counted.
    """
    decoded = decode(data, name)
    try:
        document = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise InputError(name, "is not JSON", "export the fact-checks again") from error
    text: list[str] = []
    reviews: list[Reviewed] = []
    length, spoilt = 0, 0
    for number, item in enumerate(_items(document), 1):
        review = _review(item, number, length)
        if review is None:
            spoilt += 1
            continue
        reviews.append(review.review)
        text.append(review.claimed)
        length += len(review.claimed) + 2
    if not reviews:
        raise InputError(name, "holds no ClaimReview (schema.org) that can be read", "export them again")
    notes = (f"{spoilt} of its fact-checks name no claim, reviewer or rating.",) if spoilt else ()
    return ReadReviews("\n\n".join(text), tuple(reviews), (*decoded.notes, *notes))


def _items(document: object) -> Iterator[dict[str, object]]:
    """Yield the ClaimReview items in the order of the file, without recursion."""
    pending: list[tuple[object, int]] = [(document, 0)]
    found = 0
    while pending and found < MOST_ITEMS:
        node, depth = pending.pop()
        if depth > _MOST_DEEP:
            continue
        if isinstance(node, list):
            pending.extend((each, depth + 1) for each in reversed(node))
        elif isinstance(node, dict):
            if _is_review(node):
                found += 1
                yield node
            else:
                pending.extend((node[key], depth + 1) for key in reversed(_INSIDE) if key in node)


def _is_review(node: dict[str, object]) -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(each, str) and each.rpartition("/")[2] == "ClaimReview" for each in kinds)


class _Found(NamedTuple):
    claimed: str
    review: Reviewed


def _review(item: dict[str, object], number: int, at: int) -> _Found | None:
    claimed = _words(item.get("claimReviewed"), _LONGEST_CLAIM)
    by = _name(item.get("author")) or _name(item.get("publisher"))
    rating = _rating(item.get("reviewRating"))
    if not claimed or not by or not rating:
        return None
    url = item.get("url")
    dated = _DATE.match(str(item.get("datePublished", ""))[:30])
    return _Found(
        claimed,
        Reviewed(
            Span(start=at, end=at + len(claimed)),
            number,
            Review(
                rating=rating,
                by=by,
                date=dated[0] if dated else None,
                url=url if isinstance(url, str) and _ADDRESS.match(url) else None,
            ),
        ),
    )


def _rating(node: object) -> str | None:
    """Return the reviewer's words; where there are only numbers, "2 on a scale of 1 to 5"."""
    if not isinstance(node, dict):
        return None
    if words := _words(node.get("alternateName"), _LONGEST):
        return words
    if words := _words(node.get("name"), _LONGEST):
        return words
    value, worst, best = (_number(node.get(key)) for key in ("ratingValue", "worstRating", "bestRating"))
    if value is None:
        return None
    return f"{value} on a scale of {worst or 1} to {best}" if best else value


def _number(node: object) -> str | None:
    if isinstance(node, bool) or not isinstance(node, int | float | str):
        return None
    shown = str(node).strip()
    return shown if re.fullmatch(r"-?\d{1,6}(?:\.\d{1,3})?", shown) else None


def _name(node: object) -> str | None:
    if isinstance(node, list):
        return next((found for each in node[:10] if (found := _name(each))), None)
    if isinstance(node, dict):
        return _words(node.get("name"), _LONGEST)
    return _words(node, _LONGEST)


def _words(node: object, most: int) -> str | None:
    """Return a string on one line, or none where it is none, empty or too long to be what it should."""
    if not isinstance(node, str):
        return None
    line = whole(" ".join(node.split()))
    return line if 0 < len(line) <= most else None
