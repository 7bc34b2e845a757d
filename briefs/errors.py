"""Every error that the project raises on purpose.

    BriefsError
    ├── InputError        an article cannot be read                    exit 1, the others still run
    ├── ConfigError       wrong option, output folder, settings        exit 2
    ├── PromptError       a prompt file is not as declared             exit 2
    ├── StoreError        the claim index cannot be used               exit 1, a run goes on without
    └── ModelCallError    a model could not be reached                 exit 1

What a model answers is never an error: it is dropped and counted, or stands in the brief's header.
A message is one line: what, where, and what to do next.
"""

from pathlib import PurePath


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
        super().__init__("".join(c if c.isprintable() else "?" for c in message))


class ConfigError(BriefsError):
    """An option, a setting or the output folder is wrong."""

    exit_code = 2


class PromptError(BriefsError):
    """A prompt file does not declare what it uses."""

    exit_code = 2


class StoreError(BriefsError):
    """The claim index cannot be read or written: the disk is full, the file is held or damaged."""


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
