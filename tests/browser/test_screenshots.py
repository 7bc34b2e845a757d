"""The pictures in the documents are those that the script makes, and small."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LARGEST = 150_000


def test_the_pictures_are_those_that_the_script_makes() -> None:
    """Every picture of docs/newsroom.md is made by the script, lies there, has words for it and is small."""
    shown = re.findall(
        r"!\[([^\]]*)\]\(screenshots/([^)]+)\)", (ROOT / "docs" / "newsroom.md").read_text("utf-8")
    )
    script = (Path(__file__).parent / "make_screenshots.py").read_text("utf-8")
    made = set(re.findall(r'kept\(\w+, "([^"]+)"\)', script))
    assert (
        {name for _, name in shown}
        == made
        == {each.name for each in (ROOT / "docs" / "screenshots").iterdir()}
    )
    for words, name in shown:
        assert len(words) > 10
        assert (ROOT / "docs" / "screenshots" / name).stat().st_size < LARGEST
