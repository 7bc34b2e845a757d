"""Fixtures of the tests of verify."""

from pathlib import Path

import pytest
from mill import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return briefs as a run leaves them."""
    return Desk(tmp_path)
