"""The rendered forms of an invented article, as committed.

After a change that is meant, write them again: `.venv/bin/python tests/render/test_golden.py`.
"""

from pathlib import Path
from typing import get_args

import pytest
from invented import invented

from briefs.steps.render import Format, render

HERE = Path(__file__).parent


@pytest.mark.parametrize("form", get_args(Format))
def test_rendered_forms_are_as_committed(form: Format) -> None:
    """A change of wording or layout is seen and meant."""
    assert render(invented(), form) == (HERE / f"golden.{form}").read_bytes().decode()


if __name__ == "__main__":
    for each in get_args(Format):
        (HERE / f"golden.{each}").write_bytes(render(invented(), each).encode())
