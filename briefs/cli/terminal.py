"""What a terminal and a pipe need: safe characters, a place to write to, and no traceback for a person."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TextIO

import click

from briefs.errors import where_raised

INTERRUPTED = 130
_FAILED = 1


def printable(text: str) -> str:
    """Return text that is safe on a terminal: control characters and line breaks shown as "?"."""
    return "".join(c if c.isprintable() else "?" for c in text)


def prepare_streams() -> None:
    """Make standard output and error writable whatever their charset, and there even where closed."""
    for name in ("stdout", "stderr"):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            # Closed by whoever started us (`>&-`): what is said there is lost, and the work goes on.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - for good
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def heed_termination() -> None:
    """Let SIGTERM end a command as Ctrl-C does: what was written is whole."""
    with suppress(ValueError):  # not the main thread: a caller in Python has its own way
        signal.signal(signal.SIGTERM, _terminated)


def _terminated(_: int, frame: FrameType | None) -> None:
    interrupt = signal.getsignal(signal.SIGINT)  # asyncio's own while a loop runs: it cancels cleanly
    if not callable(interrupt):
        raise KeyboardInterrupt
    interrupt(signal.SIGINT, frame)


@contextmanager
def guarded() -> Iterator[None]:
    """Turn whatever a command did not expect into one line for a person and an exit code.

    A reader that went away (`| head -1`) is no error of ours, and gets no line.
    """
    try:
        yield
        sys.stdout.flush()
    except (click.exceptions.Exit, click.ClickException):
        raise
    except (KeyboardInterrupt, click.Abort):
        _leave("interrupted", INTERRUPTED)
    except BrokenPipeError:
        _leave("", _FAILED)
    except OSError as error:
        _leave(
            f"{error.filename or 'output'}: cannot be written or read ({error.strerror or error})", _FAILED
        )
    except MemoryError:
        _leave("out of memory; run the articles in smaller parts", _FAILED)
    except Exception as error:
        # Never its message: that may hold words of an unpublished article, or a key, and goes into reports.
        _leave(f"{where_raised(error)}; please report this", _FAILED)


def _leave(message: str, code: int) -> None:
    if message:
        with suppress(OSError):
            click.echo(f"briefs: {printable(' '.join(message.split()))}", err=True)
    with suppress(OSError):
        sys.stdout.flush()
        sys.exit(code)
    # What is buffered can never be written: Python would complain about it at exit.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.exit(code)
