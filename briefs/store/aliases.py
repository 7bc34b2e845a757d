"""The newsroom's own list of names that are one and names that are two: `aliases.toml`.

    # Spellings of one name; the first of each group is the one that is shown.
    same = [["Mariana Bezuhla", "Mariyan Bezouglya"], ["Meridian Wire", "MW"]]
    # Names that are never taken for one.
    apart = [["Viktor Orlov", "Victor Orlov"]]

A surname alone stands for whoever is named in full with it. What the file says goes before any likeness.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from briefs.domain.aliases import NO_ALIASES, Aliases
from briefs.errors import ConfigError, plain_line
from briefs.text.toml import TomlError, parsed

FILE_NAME = "aliases.toml"
LARGEST = 1_000_000
"""Bytes; a longer file is no list that anybody wrote."""
_LONGEST = 200
_ADVICE = 'write groups of names, such as same = [["Bezouglya", "Bezuhla"]]'


def load_aliases(given: Path | None = None, folders: Sequence[Path] = ()) -> Aliases:
    """Return the list of aliases: of the file `given`, or of the first folder that holds an `aliases.toml`.

    Without one, nothing is an alias. Raises ConfigError, in one line with the file and the line in it, if the
    file given is not there or if a file does not say what it should.
    """
    path = given or next((each / FILE_NAME for each in folders if (each / FILE_NAME).is_file()), None)
    if path is None:
        return NO_ALIASES
    text = _text(path)
    try:
        values = parsed(text)
    except TomlError as error:
        last = f"at line {len(text.splitlines())}, the end of the file"
        wrong = str(error).replace("at end of document", last)
        raise ConfigError(f"{path}: not valid TOML: {wrong}; {_ADVICE}") from None
    _check(path, text, values)
    try:
        return Aliases.model_validate(values)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        quoted = re.search(r"[\[']'?([^']+)'", wrong)
        raise _wrong(path, text, quoted.group(1) if quoted else "", wrong) from None


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():  # a pipe or a device has no end
            raise ConfigError(f"{path}: is not a file")
        if path.stat().st_size > LARGEST:
            raise ConfigError(f"{path}: larger than {LARGEST} bytes; is it the list of aliases?")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror or error})") from None


def _check(path: Path, text: str, values: dict[str, Any]) -> None:
    for key, groups in values.items():
        if key not in {"same", "apart"}:
            raise _wrong(path, text, key, f"no such key: {key[:40]!r}; known are same and apart")
        if not isinstance(groups, list) or not all(isinstance(group, list) for group in groups):
            raise _wrong(path, text, key, f"{key} is a list of groups: {_ADVICE}")
        for group in groups:
            for name in group:
                if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST:
                    raise _wrong(path, text, str(name), f"not a name: {str(name)[:40]!r}; {_ADVICE}")


def _wrong(path: Path, text: str, near: str, reason: str) -> ConfigError:
    """Return the error with the line in which the words at fault first stand."""
    place = text.find(near) if near else -1
    line = text.count("\n", 0, place) + 1 if place >= 0 else 1
    message = f"{path}, line {line}: {reason}"
    return ConfigError(plain_line(message))
