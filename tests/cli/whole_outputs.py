"""Whether what a run has written is whole."""

import json
from pathlib import Path


def whole(folder: Path) -> set[str]:
    """Return the names of articles' outputs, having seen that every one is whole and none is left over."""
    for path in folder.glob("*.json"):
        json.loads(path.read_text("utf-8"))
    of_the_run = ("run.json", "index.", "claims.sqlite", "desk.sqlite")
    names = {path.name for path in folder.iterdir() if not path.name.startswith(of_the_run)}
    assert not {name for name in names if name.startswith(".")}
    return names
