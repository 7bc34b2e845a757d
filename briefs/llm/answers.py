"""What can still be read of an answer that breaks off."""

import json
import re
from collections.abc import Iterator
from typing import Any

_CLAIMS = re.compile(r'"claims"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def whole_claims(text: str) -> Iterator[Any]:
    """Yield the items of the list "claims" that are whole JSON, up to the first that is not."""
    begun = _CLAIMS.search(text)
    if begun is None:
        return
    decoder = json.JSONDecoder()
    place = begun.end()
    while True:
        between = _BETWEEN.match(text, place)
        place = between.end() if between else place
        try:
            item, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            return
        yield item
