"""Desks for tests: of the worked example, and with made articles beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_pages import Browser, desk, folder_at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the worked example."""
    return folder_at(tmp_path / "outputs")


@pytest.fixture
def browser(folder: Path) -> Iterator[Browser]:
    """Return a browser at the desk of that folder."""
    with desk(folder) as found:
        yield found
