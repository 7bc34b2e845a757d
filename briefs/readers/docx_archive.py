"""The zip archive around a Word document, made harmless before any library opens it.

What an archive says of its sizes may be a lie, so each part is unpacked in small pieces up to a limit and
packed again; pictures, which no reader needs, are left empty.
"""

import io
import re
import zipfile

from briefs.errors import BriefsError, InputError

SAVE_AGAIN = "open it in Word and save it again, or export it as PDF"
_MOST_UNPACKED = 64 * 1024 * 1024
"""Of all text parts: ten times what an article of the most characters takes, and read within seconds."""
_MOST_RATIO = 150
"""A text part packs 10 to 30 times; zip bombs a thousand times and more."""
_RATIO_FROM = 5 * 1024 * 1024
_MOST_PARTS = 5000
_PIECE = 1024 * 1024
_PACKED = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
"""The ways of packing that ECMA-376 allows (part 2, annex B); others may ask for gigabytes to unpack."""
_STATED = re.compile(rb"[^<]{0,4}<\?xml\b[^>]*?\bencoding\s*=\s*[\"']\s*([\w.:-]*)")
"""The encoding that an XML declaration states, behind a byte order mark if there is one."""
_ENCODINGS = frozenset(
    (
        b"utf-8",
        b"utf8",
        b"utf-16",
        b"utf-16le",
        b"utf-16be",
        b"us-ascii",
        b"ascii",
        b"iso-8859-1",
        b"windows-1252",
    )
)
"""The two of ECMA-376, and those that write ASCII as they do."""
_PICTURES = ("word/media/", "word/embeddings/", "word/fonts/", "docProps/thumbnail")


def checked(data: bytes, name: str) -> io.BytesIO:
    """Return the archive with every part unpacked; raises InputError if it is damaged, no .docx or a bomb."""
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            _check(entries, name)
            left = _MOST_UNPACKED
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as harmless:
                for filename, entry in entries.items():
                    content = b"" if filename.startswith(_PICTURES) else _unpacked(archive, entry, left, name)
                    left -= len(content)
                    _check_declarations(content, name)
                    harmless.writestr(filename, content)
    except BriefsError:
        raise
    # Damage shows as errors of the archive, of each way of packing, of numbers and of names.
    except Exception as error:
        raise InputError(name, "is a damaged Word document", SAVE_AGAIN) from error
    packed.seek(0)
    return packed


def _check(entries: dict[str, zipfile.ZipInfo], name: str) -> None:
    if "[Content_Types].xml" not in entries or not any(entry.startswith("word/") for entry in entries):
        raise InputError(
            name, "is a zip archive, but no Word document", "unpack it and give the article's file"
        )
    if any(entry.flag_bits & 1 for entry in entries.values()):
        raise InputError(name, "is encrypted", "save it without a password")
    if any(entry.compress_type not in _PACKED for entry in entries.values()):
        raise InputError(name, "is packed as no Word document is", SAVE_AGAIN)
    text = [entry for entry in entries.values() if not entry.filename.startswith(_PICTURES)]
    swollen = any(
        entry.file_size > _RATIO_FROM and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1)
        for entry in text
    )
    if swollen or sum(entry.file_size for entry in text) > _MOST_UNPACKED or len(entries) > _MOST_PARTS:
        raise _bomb(name)


def _check_declarations(content: bytes, name: str) -> None:
    """Raise InputError where a part has what no part of an Office file has (ECMA-376 part 2, 10.1)."""
    plain = content.replace(b"\0", b"")  # so that UTF-16 and UTF-32 read as ASCII does
    if b"<!DOCTYPE" in plain:
        raise InputError(name, "declares entities, as no Word document does", SAVE_AGAIN)
    stated = _STATED.match(plain)
    if stated and stated[1].lower() not in _ENCODINGS:  # UTF-7 spells "<!" in letters
        raise InputError(name, "is encoded as no Word document is", SAVE_AGAIN)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, name: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as part:
        while piece := part.read(_PIECE):
            size += len(piece)
            if size > most:
                raise _bomb(name)
            parts.append(piece)
    return b"".join(parts)


def _bomb(name: str) -> InputError:
    return InputError(
        name, "unpacks to far more than an article holds (zip bomb)", "do not open it; ask its sender"
    )
