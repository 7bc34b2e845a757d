"""A user's own secret on this machine: what forms and submissions are signed with."""

import secrets
from pathlib import Path


def kept_secret(path: Path) -> bytes:
    """Return the secret of this user, kept in a file; a new one where it cannot be kept."""
    try:
        held = path.read_bytes()
        if len(held) >= 32:
            return held
    except OSError:
        pass
    made = secrets.token_bytes(32)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(made)
    except OSError:  # what was signed before is then no longer known: open pages are loaded again
        pass
    return made
