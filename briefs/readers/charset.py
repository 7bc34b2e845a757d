"""Charset: bytes to text as a browser would, except that a label is not believed against the bytes.

Order: byte order mark, UTF-8, the label (HTTP header or the page's own), a guess by charset-normalizer.
UTF-8 comes before the label because text in another charset is almost never valid UTF-8 by chance, and
wrong labels are common. Whatever is not plain goes into a note; nothing is replaced silently.
"""

import codecs
import re
from typing import NamedTuple

from briefs import data as data_files
from briefs.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ACCENTED = re.compile("[À-ÿ]")
_LETTER = re.compile(r"[^\W\d_]")
_HALF = re.compile("[\ud800-\udfff]")
_RESAVE = "save it again as UTF-8 text"


def whole(text: str) -> str:
    """Return `text` with half characters, which JSON and some libraries let through, as U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _HALF.sub("\ufffd", text)
    return text


class Decoded(NamedTuple):
    """Text, the charset that it was read with, and what a person should know about that."""

    text: str
    charset: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, name: str, label: str | None = None) -> Decoded:
    """Return the text of `data` without its byte order mark.

    `label` is the charset that the HTTP header or the page states. Raises InputError for binary data
    and for text in no charset that can be told.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _checked(_marked(data[len(mark) :], charset, name), name)
    stated = _codec(label)
    if stated == "iso2022_jp" and b"\x1b" in data:
        return _checked(Decoded(data.decode(stated, "replace"), stated), name)
    return _checked(_wide(data) or _utf8(data, stated, label) or _other(data, name, stated, label), name)


def _marked(data: bytes, charset: str, name: str) -> Decoded:
    text = data.decode(charset, "replace")
    lost = text.count("\ufffd") - data.count("\ufffd".encode(charset))
    if lost > max(3, len(text) // 100):
        raise InputError(name, f"its byte order mark says {charset}, but it is not", _RESAVE)
    return Decoded(text, charset, _replaced(lost))


def _wide(data: bytes) -> Decoded | None:
    """Recognise UTF-16 without a mark: every second byte of Western text is zero."""
    sample = data[:4096]
    if len(sample) < 8 or sample.count(0) * 5 < len(sample):
        return None
    odd = sample[1::2].count(0) * 2 > len(sample) * 0.6
    even = sample[::2].count(0) * 2 > len(sample) * 0.6
    if odd == even:
        return None
    charset = "utf-16-le" if odd else "utf-16-be"
    try:
        return Decoded(data.decode(charset), charset, (f"The file states no charset; read as {charset}.",))
    except UnicodeDecodeError:
        return None


def _utf8(data: bytes, stated: str | None, label: str | None) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data)
    if stated not in (None, "utf-8") and not text.isascii():
        return Decoded(text, "utf-8", (f"The charset is stated as {label}, but the text is UTF-8.",))
    return Decoded(text, "utf-8")


def _damaged_utf8(data: bytes) -> Decoded | None:
    """Accept UTF-8 with broken bytes, unless they outnumber the whole sequences.

    Whole sequences are so rare in any other charset that a few of them tell: an article with two curly
    quotes and one damaged byte is not Central European Macintosh text.
    """
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd") - data.count("\ufffd".encode())
    whole = sum(1 for character in text if character > "\x7f") - text.count("\ufffd")
    if whole < lost:
        return None
    return Decoded(text, "utf-8", _replaced(lost))


def _replaced(lost: int) -> tuple[str, ...]:
    if lost <= 0:
        return ()
    places = "One place" if lost == 1 else f"{lost} places"
    return (f"{places} could not be decoded and shows as \ufffd; compare with the original.",)


def _other(data: bytes, name: str, stated: str | None, label: str | None) -> Decoded:
    if stated not in (None, "utf-8"):
        text = _strictly(data, str(stated))
        if text is not None and not _mojibake(text):
            return Decoded(text, str(stated))
    guess = _guessed(data)
    if guess is None:
        raise InputError(name, "its charset cannot be told, or it is not text", _RESAVE)
    reason = f"is stated as {label}, but does not fit" if label else "is not stated"
    return Decoded(guess.text, guess.charset, (f"The charset {reason}; read as {guess.charset}.",))


def _strictly(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return None


def _mojibake(text: str) -> bool:
    """Tell whether Western letters with accents make up most letters: another script read as Western."""
    letters = len(_LETTER.findall(text))
    return letters > 0 and len(_ACCENTED.findall(text)) * 2 > letters


def _guessed(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 40 ms that most files do not need

    best = from_bytes(data).best()
    if best is None:
        return None
    charset = _codec(best.encoding) or best.encoding
    text = _strictly(data, charset)
    if text is None:
        charset, text = best.encoding, _strictly(data, best.encoding)
    return None if text is None else Decoded(text, charset)


def _codec(label: str | None) -> str | None:
    """Resolve a charset label as browsers do (WHATWG Encoding Standard); none if it names no charset."""
    if not label:
        return None
    wanted = label.strip().strip("\"'").lower()
    aliases: dict[str, str] = data_files.load("charsets")["labels"]
    try:
        return codecs.lookup(aliases.get(wanted, wanted)).name
    except (LookupError, ValueError):
        return None


def _checked(decoded: Decoded, name: str) -> Decoded:
    """Refuse text that is mostly control characters: some binary formats decode without an error."""
    controls = len(_CONTROL.findall(decoded.text))
    if controls > max(2, len(decoded.text) // 50):
        raise InputError(name, "is not text but binary data", "give a .txt, .md, .html, .pdf or .docx file")
    return decoded
