"""Names: what a file or a manifest states as title, outlet or author, taken where it is a name, in one form.

They are printed above the article and stand in questions about every claim, so no order to a program and no
essay may stand there: what is no name is recorded and not used. What looks the same is the same: composed
letters (Unicode NFC), one line, none of the characters that nobody sees. A headline in the text is the
article's, and is not touched.
"""

import re
from typing import NamedTuple
from unicodedata import normalize

from briefs.data import load
from briefs.domain.article import FurnitureKind, Omitted, Reading
from briefs.domain.spans import Span
from briefs.readers.addresses import article_address
from briefs.readers.charset import whole
from briefs.readers.hidden import omitted
from briefs.text.machine import signs
from briefs.text.quotes import quotations
from briefs.text.unseen import OPENS, parts

_LONGEST = {"title": 400, "outlet": 160, "byline": 200, "republished_from": 160}
"""Characters that a title, the name of an outlet and the names of authors have at most."""
_CALLED = {"republished_from": "place of first publication"}
"""What a field is called in a note, where its name is no word for people."""
_WORD = re.compile(r"[^\W_]+")
_NO_NAME = re.compile(r"[{}<>=`]|[.]\s+\w+\s+\w+\s+\w+.*[.]\s*$")
_ASKED = re.compile("[?!]")
_SHORT = 2
"""Words up to which a name may be written with such a mark ("Which?", "Yahoo! News")."""
_FEW = 4
"""Words up to which a name may do without capitals ("staff and agencies")."""
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
"""A language tag (BCP 47), as far as its form goes."""


class Names(NamedTuple):
    """What is stated of an article beside its text; none where nothing is."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    republished_from: str | None = None
    """The outlet that published it first, or the address there."""


class Checked(NamedTuple):
    """The names among what is stated, and what is recorded of the rest."""

    names: Names
    omitted: tuple[Omitted, ...] = ()
    notes: tuple[str, ...] = ()


def checked(stated: Names, stated_by: str) -> Checked:
    """Return the names in what is `stated_by` "the file" or "the manifest", and a record of what is none."""
    said = {field: one_form(words) for field, words in stated._asdict().items() if words}
    refused = {field: words for field, words in said.items() if words and not _is_name(field, words)}
    return Checked(
        Names(**{field: words or None for field, words in said.items() if field not in refused}),
        tuple(omitted(FurnitureKind.HIDDEN, words) for words in refused.values()),
        tuple(
            f"What {stated_by} states as {_CALLED.get(field, field)} is no name; not used."
            for field in refused
        ),
    )


def guarded(reading: Reading) -> Reading:
    """Return a reading that states names where names belong, and a language tag for its language."""
    found = checked(Names(*(getattr(reading, field) for field in Names._fields)), "the file")
    listed = {each.excerpt for each in reading.omitted}
    return reading.model_copy(
        update={
            **found.names._asdict(),
            "language": reading.language if _TAG.fullmatch(reading.language or "") else None,
            "omitted": (*reading.omitted, *(each for each in found.omitted if each.excerpt not in listed)),
            "notes": (*reading.notes, *found.notes),
        }
    )


def one_form(stated: str) -> str:
    """Return a name on one line, in composed letters and without the characters that nobody sees."""
    seen = (part.text for part in parts(stated) if part.name is None or part.text == OPENS)
    return normalize("NFC", whole(" ".join("".join(seen).split())))


def _is_name(field: str, said: str) -> bool:
    if len(said) > _LONGEST[field] or signs(said, out_of_sight=True):
        return False
    if field == "title":  # a headline may be a question or an order
        return True
    if field == "republished_from" and " " not in said and article_address(said):
        return True
    words = _WORD.findall(said)
    lists = load("addressing")
    lower = [word.lower() for word in words]
    orders = lower[:1] and lower[0] in lists["orders"] and not words[-1][0].isupper()
    asks = len(words) > _SHORT and _ASKED.search(said)
    if not words or asks or orders or _NO_NAME.search(said) or set(lower) & set(lists["second_person"]):
        return False
    # What follows in the line would be quoted.
    if not all(quotation.closed for quotation in quotations(said, (Span(start=0, end=len(said)),))):
        return False
    capitals = sum(word[0].isupper() or word[0].isdigit() or not word.isascii() for word in words)
    return len(words) <= _FEW or 2 * capitals >= len(words)
