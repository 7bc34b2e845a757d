"""What happens on the desk: an append-only record of who decided what, when, and on which words.

The events are the truth; the desk's fields in JSON and Markdown are projections of them.
"""

import hashlib
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from briefs.domain.brief import Brief
from briefs.domain.desk import Basis, Desk
from briefs.domain.spans import Frozen


class Door(StrEnum):
    """Through which door a change came in."""

    DESK = "desk"
    """The web application."""
    MARKDOWN = "markdown"
    """A person wrote it into the Markdown file."""
    RUN = "run"
    """A run met a new version of the article."""


class DeskField(StrEnum):
    """A field that a person fills in; the names are those of `Desk`."""

    SAID = "said"
    SO = "so"
    STATUS = "status"
    CHECKER = "checker"
    DATE = "date"
    SOURCE_CONSULTED = "source_consulted"
    ARCHIVE_URL = "archive_url"
    CORRECTED_WORDING = "corrected_wording"
    NOTE = "note"
    RATING = "rating"


class Change(Frozen):
    """One field's change; null stands for a field that is not filled in."""

    field: DeskField
    before: str | None
    after: str | None
    """An enumeration's value for `said`, `so` and `status`, else one or more lines of words."""


class Edited(Frozen):
    """A person changed fields of a claim, all at once."""

    kind: Literal["edited"] = "edited"
    changes: tuple[Change, ...] = Field(min_length=1)
    basis: Basis
    """The words of the article that the person saw."""
    taken_over: Desk | None = None
    """The whole desk as the files of the briefs have it, where the record that it came from is lost."""


class Answered(Frozen):
    """A person ticked a question off or on again, with or without an answer."""

    kind: Literal["answered"] = "answered"
    question: str
    """Its key: see `question_key`; ids of questions count anew in every version of a brief."""
    text: str
    """The question as it was asked."""
    ask: str | None = None
    """Whom it asked; null where that is not known."""
    answer: str | None = None
    done: bool = True


class Added(Frozen):
    """A person selected words of the article that are a claim and had not been found."""

    kind: Literal["added"] = "added"
    brief: Brief
    """The brief as it was drafted for the selected words, with nothing on its desk. As ids of questions count
    anew in every version of a brief, its `see_questions` are keys: see `question_key`."""
    basis: Basis


class Dismissed(Frozen):
    """A person holds that this is no claim worth a brief, or takes that back."""

    kind: Literal["dismissed"] = "dismissed"
    reason: str | None
    """Null takes an earlier dismissal back."""
    basis: Basis


class Reopened(Frozen):
    """A new version of the article changed words that a sign-off rests on.

    The checks and the status are open again; what the person wrote (sources consulted, note, answers) stays.
    """

    kind: Literal["reopened"] = "reopened"
    reasons: tuple[str, ...] = Field(min_length=1)
    """What changed, in words for people."""
    basis: Basis | None = None
    """The words as they now are; null where they are gone."""


class Kept(Frozen):
    """A new version of the article has the same words: the sign-off holds, its places moved."""

    kind: Literal["kept"] = "kept"
    basis: Basis
    """The same words at their places in the new text."""


class Moved(Frozen):
    """The claim goes on under another id, in a new version of the article or as the tool's own finding."""

    kind: Literal["moved"] = "moved"
    to: str
    """The new brief's id; what was recorded under the old one counts for it from now on."""
    article: str
    """Id of the article that the new brief stands in."""


Happening = Annotated[
    Edited | Answered | Added | Dismissed | Reopened | Kept | Moved, Field(discriminator="kind")
]


class EventDraft(Frozen):
    """Something that is to be recorded."""

    who: str = Field(min_length=1)
    """Name of the person, or "briefs run"."""
    door: Door
    article: str
    """The article's id."""
    brief: str
    """The brief's id."""
    what: Happening


class DeskEvent(EventDraft):
    """Something that was recorded."""

    seq: int = Field(ge=1)
    """Grows with every event of the file; a claim's revision is the `seq` of its last event."""
    at: str
    """UTC, ISO 8601 with seconds."""


def question_key(ask: str, text: str) -> str:
    """Return what a question is known by from one version of a brief to the next: whom it asks, and what."""
    words = "\x00".join(" ".join(part.split()) for part in (ask, text))
    return "k" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]
