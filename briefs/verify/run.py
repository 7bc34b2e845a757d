"""Which files are verified against which article."""

from pathlib import Path

from briefs.verify.verdict import Verdict


def verify(path: Path, article: Path | None = None) -> Verdict:
    """Verify a .json or .md of briefs, or all of them in a folder, against the article."""
    del path, article
    return Verdict()
