"""What pages send, and what it comes to: changes of a claim's fields, held against the rules."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from briefs.domain.article import Article
from briefs.domain.desk import Check, Desk, Status
from briefs.domain.desk_events import Change, DeskField
from briefs.review.rules import refusal

LONGEST: Mapping[DeskField, int] = {
    DeskField.CHECKER: 200,
    DeskField.DATE: 10,
    DeskField.SOURCE_CONSULTED: 2_000,
    DeskField.ARCHIVE_URL: 2_000,
    DeskField.CORRECTED_WORDING: 5_000,
    DeskField.NOTE: 20_000,
    DeskField.RATING: 200,
}
"""Characters of each field that a person writes."""
LONGEST_NAME = 100
LONGEST_REASON = 2_000
LONGEST_ANSWER = 20_000
_ONE_LINE = frozenset(LONGEST) - {DeskField.NOTE, DeskField.CORRECTED_WORDING}
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Form(BaseModel):
    """What every form carries."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    csrf: str = ""
    """The token of the page that it was on."""
    who: str | None = None
    """The person's name, where the page asks for it; else it comes from a cookie."""


class ClaimForm(Form):
    """A form about one claim."""

    revision: int = Field(default=0, ge=0, le=2**62)
    """The claim's revision that the person saw."""
    back: str = ""
    """Path and query of the page to come back to: see `views.ClaimView.url`."""


class EditForm(ClaimForm):
    """A claim's fields; one that is not sent stays as it is, an empty one is emptied."""

    said: Literal["open", "confirmed", "not_confirmed"] | None = None
    so: Literal["open", "confirmed", "not_confirmed"] | None = None
    status: Literal["open", "usable", "correct", "soften", "cut"] | None = None
    checker: str | None = None
    date: str | None = None
    source_consulted: str | None = None
    archive_url: str | None = None
    corrected_wording: str | None = None
    note: str | None = None
    rating: str | None = None

    def values(self) -> dict[DeskField, str | None]:
        """Return the fields that were sent, an empty one as null."""
        sent: dict[DeskField, str | None] = {}
        for field in DeskField:
            value: str | None = getattr(self, field.value)
            if value is not None:
                sent[field] = plain(value, one_line=field in _ONE_LINE) or None
        return sent


class ReasonForm(ClaimForm):
    """Why a claim is dismissed."""

    reason: str = ""


class AnswerForm(ClaimForm):
    """An answer to a question; without `done` it is open again."""

    answer: str = ""
    done: bool = False


class MergedAnswerForm(Form):
    """An answer to a question of the call sheet, for all the claims that it is asked for."""

    errand: str = ""
    """Which question: see `views.ErrandView`."""
    seen: str = ""
    """What the person saw of its answers."""
    answer: str = ""
    done: bool = False


class AddForm(Form):
    """Words of the article that a person selected."""

    start: int | None = Field(default=None, ge=0, le=2**40)
    """Code points from the start of the article's text."""
    end: int | None = Field(default=None, ge=0, le=2**40)
    text: str | None = None
    """The selected words, exactly; where offsets are missing they must stand in the article once."""
    text_sha256: str = ""
    """Of the article's text as the page showed it."""


class NameForm(Form):
    """A person's name, typed once."""

    next: str = "/"


class LoginForm(BaseModel):
    """The desk's token."""

    token: str = ""
    next: str = "/"


class Refusal(NamedTuple):
    """Why what was sent cannot be recorded."""

    message: str
    field: str | None = None


def plain(value: str, *, one_line: bool = False) -> str:
    """Return what a person typed with one kind of line end and no control characters, trimmed."""
    lines = _UNSEEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    # Half a character is no person's typing, and no file could hold it.
    lines = lines.encode("utf-8", "replace").decode("utf-8")
    return " ".join(lines.split()) if one_line else lines.strip()


def changes(desk: Desk, sent: Mapping[DeskField, str | None]) -> tuple[Change, ...]:
    """Return what fields that were sent change of the desk's present ones."""
    found = []
    for field, given in sent.items():
        before = held(desk, field)
        after = given if given is not None else default(field)
        if before != after:
            found.append(Change(field=field, before=before, after=after))
    return tuple(found)


def held(desk: Desk, field: DeskField) -> str | None:
    """Return a field's value."""
    value: str | None = getattr(desk, field.value)
    return None if value is None else str(value)


def default(field: DeskField) -> str | None:
    """Return the value of a field that nobody has filled in."""
    value = Desk.model_fields[field.value].default
    return None if value is None else str(value)


def applied(desk: Desk, changed: tuple[Change, ...]) -> Desk:
    """Return the desk with changes made."""
    kinds = {DeskField.SAID: Check, DeskField.SO: Check, DeskField.STATUS: Status}
    update: dict[str, object] = {}
    for change in changed:
        kind = kinds.get(change.field)
        after = change.after
        update[change.field.value] = after if kind is None or after is None else kind(after)
    return desk.model_copy(update=update)


def refused(after: Desk, article: Article, sent: Mapping[DeskField, str | None]) -> Refusal | None:
    """Return why fields cannot be recorded as they were sent; none where they can.

    `after` is the desk as it would be.
    """
    for field, most in LONGEST.items():
        value = sent.get(field)
        if value is not None and len(value) > most:
            return Refusal(f"At most {most:,} characters, please: this has {len(value):,}.", field.value)
    day = sent.get(DeskField.DATE)
    if day is not None and not _DAY.fullmatch(day):
        return Refusal("A date is written YYYY-MM-DD.", DeskField.DATE.value)
    address = sent.get(DeskField.ARCHIVE_URL)
    if address is not None and not is_web_address(address):
        return Refusal("An archive link begins with https:// or http://.", DeskField.ARCHIVE_URL.value)
    reason = refusal(after, article)
    if reason is not None:
        about = DeskField.CHECKER if "checker" in reason else DeskField.SOURCE_CONSULTED
        return Refusal(reason, about.value)
    return None


def is_web_address(text: str) -> bool:
    """Tell whether text is an address that a browser opens over HTTP."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:
        return False
