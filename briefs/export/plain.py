"""Text for formats that refuse some characters: what cannot be written is shown, and nothing is dropped."""

import re

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 refuses (section 2.2), and DEL, which nobody sees."""
_PICTURES = 0x2400
"""Unicode's pictures of the control characters begin here."""
_DELETE = "\u2421"
_UNKNOWN = "\ufffd"


def shown(text: str) -> str:
    """Return `text` with each control character as Unicode's picture of it, and half characters as U+FFFD.

    Tabs and line ends stay. The number of code points stays, and with it every offset.
    """
    return _REFUSED.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == 0x7F:
        return _DELETE
    return chr(_PICTURES + code) if code < 0x20 else _UNKNOWN
