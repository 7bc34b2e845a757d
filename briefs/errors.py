"""Every error that the project raises on purpose.

    BriefsError
    ├── InputError        an article cannot be read                    exit 1, the others still run
    ├── SelectionError    no claim can be made of the selected words   shown to the person, exit 1
    ├── ConfigError       wrong option, output folder, settings        exit 2
    ├── PromptError       a prompt file is not as declared             exit 2
    ├── StoreError        the claim index cannot be used               exit 1, a run goes on without
    ├── DeskError         what editors recorded cannot be used         exit 1, nothing is written over it
    ├── StaleEdit         somebody else changed the claim meanwhile    exit 1
    ├── FileChanged       somebody saved the file meanwhile            it is read again; exit 1 in the end
    └── ModelCallError    a model could not be reached                 exit 1

What a model answers is never an error: it is dropped and counted, or stands in the brief's header.
A message is one line: what, where, and what to do next.
"""

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefs.domain.desk_events import DeskEvent


def plain_line(text: str) -> str:
    """Return text on one plain line: what is no printable character (line ends, controls, unseen) as "?"."""
    return "".join(c if c.isprintable() else "?" for c in text)


class BriefsError(Exception):
    """Base of the project's errors; `str()` of it is one line for a person."""

    exit_code = 1


class InputError(BriefsError):
    """An article could not be read: names the file, the reason and what to do."""

    def __init__(self, name: str, reason: str, advice: str) -> None:
        self.name = name
        self.reason = reason
        self.advice = advice
        # A file name may hold line ends or a terminal's control codes: the message stays one plain line.
        message = f"{name}: {reason}; {advice}"
        super().__init__(plain_line(message))


class SelectionError(BriefsError):
    """No claim can be made of the words that a person selected; `str()` says why, and what to select."""


class ConfigError(BriefsError):
    """An option, a setting or the output folder is wrong."""

    exit_code = 2


class PromptError(BriefsError):
    """A prompt file does not declare what it uses."""

    exit_code = 2


class StoreError(BriefsError):
    """The claim index cannot be read or written: the disk is full, the file is held or damaged."""


class DeskError(BriefsError):
    """What editors recorded cannot be read or added to: the file is damaged, held, or on a full disk.

    Nothing goes on without it: a brief written without its sign-offs would look as if nobody had made them.
    """


class FileChanged(BriefsError):  # noqa: N818 - a refusal that people meet, not a fault
    """A file is no longer what was read: nothing was written over it."""


class StaleEdit(BriefsError):  # noqa: N818 - a refusal that people meet every day, not a fault
    """A claim has changed since a person saw it: nothing was recorded."""

    def __init__(self, brief: str, expected: int, since: "Sequence[DeskEvent]") -> None:
        """Take the claim's id, the revision that the person saw, and what was recorded after it."""
        self.brief = brief
        self.expected = expected
        self.since = tuple(since)
        who = ", ".join(dict.fromkeys(event.who for event in self.since)) or "nobody known"
        message = f"{brief}: changed by {who} since you saw it; nothing was recorded, look at it again"
        super().__init__(plain_line(message))


class ModelCallError(BriefsError):
    """A model could not be reached, or refused to answer."""


class ReplayError(ModelCallError):
    """A replay met a call that was not recorded: names article, step, part, prompt and the command."""


def where_raised(error: BaseException) -> str:
    """Return an unforeseen error's type and the line that raised it, for a report.

    Never its message: that may hold words of an unpublished article.
    """
    place, last = "", error.__traceback__
    while last is not None:
        code = last.tb_frame.f_code
        place, last = f" ({PurePath(code.co_filename).name}:{last.tb_lineno})", last.tb_next
    return f"unforeseen {type(error).__name__}{place}"
