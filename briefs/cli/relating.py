"""The options of `briefs run` on the story: which claim index, which names are one, how long a call sheet."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from briefs.errors import ConfigError

if TYPE_CHECKING:
    from briefs.pipeline.corpus import Corpus

STORE = "claims.sqlite"
"""The claim index's name in the output folder."""


class RelatingOptions(NamedTuple):
    """What a person said about relating articles."""

    store: Path | None
    no_store: bool
    aliases: Path | None
    top: int | None

    def corpus(self, out: Path, formats: tuple[str, ...]) -> "Corpus | None":
        """Open the claim index for a run that writes to `out`; none where articles are not to be related.

        Raises ConfigError when the options contradict one another, a newer version of briefs made the
        index, or the file of aliases cannot be read.
        """
        if self.no_store and self.store is not None:
            raise ConfigError("--store and --no-store contradict one another; give one of them")
        if self.no_store:
            return None
        if "json" not in formats:
            if self.store is None:
                return None
            raise ConfigError("--store needs the JSON of the briefs; add json to --format")
        from briefs.pipeline.corpus import Corpus  # noqa: PLC0415 - only where articles are related
        from briefs.store.aliases import load_aliases  # noqa: PLC0415

        return Corpus.at(self.store or out / STORE, out, load_aliases(self.aliases, (out, Path())))


def relating_options(command: Callable[..., object]) -> Callable[..., object]:
    """Add the options, and hand them to the command as `relating`."""

    @wraps(command)
    def gathered(*arguments: Any, **given: Any) -> object:
        options = RelatingOptions(**{name: given.pop(name) for name in RelatingOptions._fields})
        return command(*arguments, relating=options, **given)

    result: Callable[..., object] = gathered
    for option in reversed(_OPTIONS):
        result = option(result)
    return result


_FILE = click.Path(path_type=Path, dir_okay=False)
_OPTIONS = (
    click.option(
        "--store",
        type=_FILE,
        metavar="FILE",
        help="Index of claims, shared by runs that belong together. [default: claims.sqlite in --out]",
    ),
    click.option("--no-store", is_flag=True, help="Relate no claims: every article for itself."),
    click.option(
        "--aliases",
        type=_FILE,
        metavar="FILE",
        help="Names that are one, or two. [default: aliases.toml in --out, or here]",
    ),
    click.option(
        "--top",
        type=click.IntRange(0, 500),
        metavar="N",
        help="Questions on the story's call sheet (index.md). [default: 15]",
    ),
)
