"""Slug: an article's id as a file name that any file system and any shell takes."""

import re
import unicodedata

from briefs.domain.article import sha256

_LONGEST = 60
_OTHER = re.compile(r"[^a-z0-9]+")
_SCHEME = re.compile(r"\Ahttps?://(?:www\.)?")
_ENDING = re.compile(r"\.(?:txt|text|md|markdown|html?|xhtml|pdf|docx)\Z")


def slug(article_id: str) -> str:
    """Return a name of at most 60 characters of a-z, 0-9 and "-", made from an article's id alone.

    It ends in six hexadecimal digits of the id's SHA-256, so that ids that differ only in what is
    dropped (accents, case, length) keep apart.
    """
    digits = sha256(article_id.encode("utf-8", "surrogatepass"))[:6]
    plain = unicodedata.normalize("NFKD", article_id).encode("ascii", "ignore").decode().lower()
    plain = _ENDING.sub("", _SCHEME.sub("", plain))
    words = _OTHER.sub("-", plain).strip("-")[: _LONGEST - 7].strip("-")
    return f"{words or 'article'}-{digits}"
