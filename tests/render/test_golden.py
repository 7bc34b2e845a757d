"""The rendered forms of an invented article, drafted offline and with a model, as committed.

After a change that is meant, write them again: `.venv/bin/python tests/render/test_golden.py`.
"""

from pathlib import Path
from typing import get_args

import pytest
from assisted import assisted
from invented import invented

from briefs.steps.render import Format, render

HERE = Path(__file__).parent
MADE = {"golden": invented, "golden_model": assisted}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("form", get_args(Format))
def test_rendered_forms_are_as_committed(name: str, form: Format) -> None:
    """A change of wording or layout is seen and meant; a draft without a model is never touched by one."""
    assert render(MADE[name](), form) == (HERE / f"{name}.{form}").read_bytes().decode()


if __name__ == "__main__":
    for each in get_args(Format):
        for stem, made in MADE.items():
            (HERE / f"{stem}.{each}").write_bytes(render(made(), each).encode())
