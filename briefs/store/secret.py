"""A user's own secret on this machine: what forms and submissions are signed with."""

import os
import secrets
import tempfile
from contextlib import suppress
from errno import EIO
from pathlib import Path

_BYTES = 32


def kept_secret(path: Path) -> bytes:
    """Return this user's secret, kept in a file for its owner alone; raises OSError where none can be."""
    for _ in range(2):  # the second time it is there, whichever of two commands at once was first
        held = None
        with suppress(FileNotFoundError):
            held = path.read_bytes()
        if held is not None and len(held) >= _BYTES:
            return held
        _keep(path, secrets.token_bytes(_BYTES), over=held is not None)
    raise OSError(EIO, "what was written is not there", str(path))


def secret_for_now(path: Path) -> bytes:
    """Return the secret of this user, or where none can be kept one that nobody knows after this program."""
    try:
        return kept_secret(path)
    except OSError:
        return secrets.token_bytes(_BYTES)


def _keep(path: Path, made: bytes, *, over: bool) -> None:
    """Put a whole file in place: `over` one that was cut short, never over one that another just made."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # for its owner alone
    try:
        with os.fdopen(number, "wb") as file:
            file.write(made)
        if over:
            Path(name).replace(path)
        else:
            _link(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def _link(name: str, path: Path) -> None:
    try:
        os.link(name, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        Path(name).replace(path)
