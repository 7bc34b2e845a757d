"""A folder of its own for a test of a command, apart from what this machine has set."""

import os
from pathlib import Path

import pytest


def alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go into a folder, without the settings, keys and caches of the machine."""
    for name in [*os.environ]:
        if name.startswith("BRIEFS_") or name.endswith(("_API_KEY", "_PROXY", "_proxy", "_BASE_URL")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    return folder
