"""The options of `briefs run` on the story: which claim index, which names are one, how long a call sheet."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from briefs.errors import ConfigError

if TYPE_CHECKING:
    from briefs.domain.aliases import Aliases
    from briefs.pipeline.corpus import Corpus
    from briefs.pipeline.living import Living

STORE = "claims.sqlite"
"""The claim index's name in the output folder."""


class RelatingOptions(NamedTuple):
    """What a person said about relating articles."""

    store: Path | None
    no_store: bool
    aliases: Path | None
    top: int | None

    def settled(self, out: Path, formats: tuple[str, ...]) -> "RelatingPlan | None":
        """Check what was said before anything is written; none where articles are not to be related.

        Raises ConfigError when the options contradict one another, or the file of aliases cannot be read.
        """
        if self.no_store and self.store is not None:
            raise ConfigError("--store and --no-store contradict one another; give one of them")
        if self.store is not None and "json" not in formats:
            raise ConfigError("--store needs the JSON of the briefs; add json to --format")
        from briefs.store.aliases import load_aliases  # noqa: PLC0415 - not for --help

        aliases = load_aliases(self.aliases, (out, Path()))
        if self.no_store or "json" not in formats:
            return None
        return RelatingPlan(self.store or out / STORE, out, aliases)


class RelatingPlan(NamedTuple):
    """How the articles of a run are related."""

    store: Path
    out: Path
    aliases: "Aliases"

    def open(self, living: "Living") -> "Corpus":
        """Open the claim index; raises ConfigError when a newer version of briefs made it."""
        from briefs.pipeline.collecting import collect_seldom  # noqa: PLC0415
        from briefs.pipeline.corpus import Corpus  # noqa: PLC0415 - only where articles are related

        collect_seldom()
        return Corpus.at(self.store, self.out, self.aliases, living)


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
