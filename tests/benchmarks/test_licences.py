"""Licences are those that a newsroom can live with, locks are whole, and neither names a registry."""

import re
from pathlib import Path

import pytest

from benchmarks.licences import is_fit, licences

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


@pytest.mark.parametrize(
    ("words", "fit"),
    [
        ("MIT", True),
        ("MIT License", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("Mozilla Public License 2.0 (MPL 2.0)", True),
        ("MIT License; BSD License", True),
        ("DFSG approved; MIT License", True),
        ("BSD-3-Clause, Apache-2.0, dependency licenses", True),
        ("", False),
        ("UNKNOWN", False),
        ("DFSG approved", False),
        ("Proprietary", False),
        ("AGPL-3.0-only", False),
        ("GNU Affero General Public License v3", False),
        ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0-or-later", False),
        ("MIT License; GNU Affero General Public License v3", False),
        ("MITnich", False),
    ],
)
def test_a_licence_is_known_or_refused(words: str, fit: bool) -> None:
    """What nobody has looked at, and what binds a newsroom's own work, stops the command."""
    assert is_fit(words) is fit


def test_every_package_here_has_a_licence_that_is_fit_and_listed() -> None:
    """A new dependency is looked at before it lands; `make licences` writes the list anew."""
    found = list(licences())
    assert [each for each in found if not each.fit] == []
    listed = set(
        re.findall(r"^\| ([a-z0-9.-]+) \|", (ROOT / "docs" / "licences.md").read_text(), re.MULTILINE)
    )
    needed = {each.package for each in found if each.needed}
    assert {"pydantic", "spacy", "uvicorn", "h11"} <= needed
    assert needed - listed == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: str(path.name))
def test_a_lock_pins_everything_with_its_hash_and_names_no_registry(lock: Path) -> None:
    """What is installed is what was tested, wherever it is fetched from."""
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"https?://|file:|--(?:extra-)?index-url|--find-links|--trusted-host| @ ", text)
    blocks = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip())
    for block in blocks:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+", block), block[:80]
        assert "--hash=sha256:" in block, block[:80]
