"""Licences of everything that briefs is installed with, and whether a newsroom can live with each of them.

    python -m benchmarks.licences [--out docs/licences.md]

Reads what the packages in this environment say of themselves (their metadata: the SPDX expression, else the
classifiers, else the first line of the licence) and writes a table. Exit code 1 where a licence is missing,
is none that is known here, or asks of a newsroom what it cannot give: AGPL asks for the source of whatever
is served over a network, GPL of whatever is handed on with it. Where a choice is offered ("OR"), one that is
fit is enough; of several that hold together, all must be. Nothing is downloaded.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_FIT = frozenset(
    {
        *(
            "mit",
            "mit license",
            "mit-cmu",
            "mit-0",
            "isc",
            "isc license",
            "isc license (iscl)",
            "0bsd",
            "zlib",
        ),
        *(
            "bsd",
            "bsd license",
            "bsd-2-clause",
            "bsd-3-clause",
            "3-clause bsd license",
            "cc0-1.0",
            "unlicense",
        ),
        *("apache-2.0", "apache 2.0", "apache license 2.0", "apache software license", "apache license"),
        *("psf-2.0", "python software foundation license", "cnri-python", "unicode-3.0", "blueoak-1.0.0"),
        # Of these, changes to their own files have to be handed on; what uses them stays as it is.
        *("mpl-2.0", "mpl-1.1", "mozilla public license 2.0 (mpl 2.0)"),
        *("lgpl-2.1-or-later", "lgpl-3.0-only", "lgpl-3.0-or-later"),
        *("gnu lesser general public license v3 (lgplv3)",),
    }
)
_NO_LICENCE = frozenset({"dfsg approved", "osi approved"})
"""Said beside a licence; none itself."""
_READ = frozenset({"dependency licenses"})
"""Read by a person: pypdfium2 says it of what PDFium is built with, whose texts lie in its package."""
_OWN = "briefs"


class Licence(NamedTuple):
    """A package's licence, as it says it."""

    package: str
    words: str
    needed: bool
    """By briefs as it is installed; otherwise by an extra or by the tests alone."""

    @property
    def fit(self) -> bool:
        """Tell whether it is known and asks nothing that a newsroom cannot give."""
        return is_fit(self.words)


def is_fit(words: str) -> bool:
    """Tell whether a licence, or an expression of several, is one that a newsroom can live with."""
    every = [each for each in re.split(r"\band\b|;|,", words, flags=re.IGNORECASE) if each.strip()]
    said = [each for each in every if _named(each) not in _NO_LICENCE | _READ]
    return bool(said) and all(_one_is_fit(each) for each in said)


def _one_is_fit(words: str) -> bool:
    if _named(words) in _FIT:
        return True
    return any(_named(each) in _FIT for each in re.split(r"\bor\b", words, flags=re.IGNORECASE))


def _named(words: str) -> str:
    plain = " ".join(words.casefold().split())
    return plain if plain in _FIT else plain.strip("() ")


def licences() -> Iterator[Licence]:
    """Yield every installed package's licence, by name."""
    needed = frozenset(_needed(_OWN, frozenset()))
    found = {canonicalize_name(each.metadata["Name"]): each for each in distributions()}
    for name, each in sorted(found.items()):
        if name not in (_OWN, "pip", "setuptools"):
            yield Licence(name, words_of(each), name in needed)


def words_of(package: Distribution) -> str:
    """Return what a package says of its licence; empty where it says nothing."""
    metadata = package.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classifiers = [str(each) for each in metadata.get_all("Classifier") or ()]
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::")]
    if licences := [each for each in named if each.casefold() not in _NO_LICENCE]:
        return "; ".join(licences)
    text = "\n".join(map(str, metadata.get_all("License") or ()))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0] if lines else ""


def _needed(name: str, seen: frozenset[str]) -> frozenset[str]:
    """Return what a package needs without its extras, and what that needs, itself included."""
    seen |= {name}
    try:
        wanted = distribution(name).requires or ()
    except PackageNotFoundError:
        return seen - {name}
    for line in wanted:
        each = Requirement(line)
        bare = canonicalize_name(each.name)
        if bare not in seen and (each.marker is None or each.marker.evaluate({"extra": ""})):
            seen |= _needed(bare, seen)
    return seen


def table(found: list[Licence]) -> str:
    """Return the page that lists them."""
    lines = [
        "# Licences of what briefs is installed with",
        "",
        "Made by `make licences` from what the packages say of themselves; that command fails where one says "
        "nothing, is unknown or is AGPL or GPL alone. Versions stand in `requirements.lock`.",
    ]
    for heading, needed in (("Needed to run", True), ("For extras, tests and building alone", False)):
        lines += ["", f"## {heading}", "", "| package | licence |", "|---|---|"]
        lines += [f"| {each.package} | {each.words} |" for each in found if each.needed is needed]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the table; exit 1 where a licence is none to live with."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, help="file to write; default: standard output")
    given = parser.parse_args()
    found = list(licences())
    unfit = [each for each in found if not each.fit]
    for each in unfit:
        said = each.words or "says nothing of its licence"
        print(f"{each.package}: {said}: not a known, fit licence", file=sys.stderr)
    if given.out is None:
        print(table(found), end="")
    else:
        given.out.write_text(table(found), encoding="utf-8")
    sys.exit(1 if unfit else 0)


if __name__ == "__main__":
    main()
