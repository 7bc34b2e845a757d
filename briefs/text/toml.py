"""TOML that somebody else may have written: read within bounds, and every fault told in one way.

Python's own reader keeps each beginning of a dotted key, so that "a.a.a…" of 26 kB takes 600 MB; it takes
recursion for depth, and raises other errors than its own for a date of no calendar and a figure of 5,000
digits (tomllib in Python 3.11).
"""

import re
import tomllib
from typing import Any

TomlError = tomllib.TOMLDecodeError
_MOST_PARTS = 32
_LONG_KEY = re.compile(
    rf"""(?<![\w\\-])(?:(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{_MOST_PARTS}}}"""
)


def parsed(text: str) -> dict[str, Any]:
    """Return what a TOML text holds; raises TomlError for every text that is none."""
    if _LONG_KEY.search(text):
        raise TomlError(f"a key of more than {_MOST_PARTS} parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TomlError("nested too deeply") from None
    except TomlError:
        raise
    except ValueError:
        raise TomlError("a date that no calendar has, or a figure of thousands of digits") from None
