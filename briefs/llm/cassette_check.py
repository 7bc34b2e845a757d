"""Checks over a folder of recorded calls, for tests and CI: files of no article, and secrets.

    python -m briefs.llm.cassette_check RECORDED [OUTPUTS]

prints what is wrong, a line each, and ends with 1 if anything is. OUTPUTS is the folder that a replay wrote:
a recording whose article has no brief there belongs to nothing. What was not played is told by
`Recording.unplayed` after a replay.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import yaml

from briefs.llm.cassette_yaml import load
from briefs.llm.secrets import secrets_in


class Leak(NamedTuple):
    """A place in a file that looks like a secret; what stands there is not repeated."""

    file: str
    line: int
    """From 1; 0 where it only shows once the file is parsed."""
    shape: str


def orphans(folder: Path, slugs: Iterable[str]) -> tuple[str, ...]:
    """Return the cassettes in `folder` that belong to none of the articles, and what a killed run left."""
    known = {f"{slug}.yaml" for slug in slugs}
    found = (path.name for path in folder.iterdir() if path.suffix in {".yaml", ".yml", ".tmp"})
    return tuple(sorted(name for name in found if name not in known))


def leaks(path: Path) -> tuple[Leak, ...]:
    """Return what in a file looks like a secret, in its lines and in its texts once parsed.

    The head comment of a cassette is read like the rest. Raises OSError and yaml.YAMLError.
    """
    text = path.read_text("utf-8")
    found = [
        Leak(path.name, number, shape)
        for number, line in enumerate(text.splitlines(), 1)
        for shape in secrets_in(line)
    ]
    shown = {leak.shape for leak in found}
    value = load(text)
    parsed = {shape for each in _texts(value) for shape in secrets_in(each)}
    return (*found, *(Leak(path.name, 0, shape) for shape in sorted(parsed - shown)))


def main(arguments: list[str]) -> int:
    """Print what is wrong with the folder named first; return the exit code."""
    if len(arguments) not in (1, 2) or not all(Path(each).is_dir() for each in arguments):
        sys.stderr.write("usage: python -m briefs.llm.cassette_check RECORDED [OUTPUTS], both folders\n")
        return 2
    folder = Path(arguments[0])
    wrong = []
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.json")]):
        try:
            wrong += [f"{folder / each.file}:{each.line}: {each.shape}" for each in leaks(path)]
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            wrong.append(f"{path}: cannot be read ({type(error).__name__}); record the article again")
    if len(arguments) == 2:
        slugs = [path.stem for path in Path(arguments[1]).glob("*.json")]
        wrong += [f"{folder / name}: belongs to no article; delete it" for name in orphans(folder, slugs)]
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    return 1 if wrong else 0


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(key)
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
