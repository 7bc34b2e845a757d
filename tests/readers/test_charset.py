"""Charset: what browsers do, and a note wherever the bytes contradict what is stated."""

import pytest

from briefs.errors import InputError
from briefs.readers.charset import decode

CYRILLIC = "Рада міста закрила три з п'яти ліній парома, і ніхто не знає чому. " * 4
WESTERN = "Die Fähre über den Fluß fährt nicht, und der Bürgermeister schweigt. " * 4


@pytest.mark.parametrize(
    ("data", "label", "text", "noted"),
    [
        (b"\xef\xbb\xbfplain", None, "plain", False),
        ("Ж".encode("utf-16"), None, "Ж", False),
        ("plain western text".encode("utf-16-le"), None, "plain western text", True),
        (WESTERN.encode("windows-1252"), "iso-8859-1", WESTERN, False),
        ("“quoted”".encode("windows-1252"), "ISO-8859-1", "“quoted”", False),
        (WESTERN.encode(), "windows-1252", WESTERN, True),
        (CYRILLIC.encode("windows-1251"), "windows-1251", CYRILLIC, False),
        (CYRILLIC.encode("windows-1251"), "utf-8", CYRILLIC, True),
        (CYRILLIC.encode("windows-1251"), None, CYRILLIC, True),
        (CYRILLIC.encode("windows-1251"), "iso-8859-1", CYRILLIC, True),
        (CYRILLIC.encode("koi8-u"), "koi8-u", CYRILLIC, False),
        ("これは日本語です".encode("shift_jis"), "x-sjis", "これは日本語です", False),
        ("日本語".encode("iso2022_jp"), "iso-2022-jp", "日本語", False),
        (WESTERN.encode(), "no-such-charset", WESTERN, False),
    ],
)
def test_text_is_decoded_as_it_was_written(data: bytes, label: str | None, text: str, noted: bool) -> None:
    """The text comes out right whatever the label says, and a wrong or missing label is told."""
    decoded = decode(data, "a.txt", label)
    assert decoded.text == text
    assert bool(decoded.notes) == noted


def test_a_broken_byte_is_told_and_not_hidden() -> None:
    """Replacement characters never appear without a note."""
    decoded = decode(WESTERN.encode() + b"\xff" + WESTERN.encode(), "a.txt")
    assert decoded.text.count("\ufffd") == 1
    assert "could not be decoded" in decoded.notes[0]


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03", bytes(range(256)) * 8, b"\xff\xfe" + b"\x00\xd8" * 50])
def test_binary_data_is_refused(data: bytes) -> None:
    """Bytes that are no text in any charset give one clear error."""
    with pytest.raises(InputError):
        decode(data, "a.txt")
