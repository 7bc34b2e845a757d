"""What a person wrote into an article's Markdown file: read back as events, and merged with what is new.

The file is read once; whoever writes the merged one checks that it is still what was read.
"""

from collections.abc import Iterator, Mapping
from errno import EIO, ESTALE, ETIMEDOUT
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk_events import EventDraft
from briefs.errors import ConfigError
from briefs.review.markdown import decoded, read_back
from briefs.review.markdown_merge import MergedFile, merged, untidy
from briefs.seal import as_written, read_seal
from briefs.steps.render import render

_FAILING = {EIO, ESTALE, ETIMEDOUT}
MOST_BYTES = 50 * 2**20
"""A larger file is no brief that a person edited."""


class Handwriting(NamedTuple):
    """A Markdown file of briefs that a person has edited."""

    path: Path
    data: bytes
    """The file as it was read."""
    text: str
    base: str | None
    """The file as the tool wrote it, before it was edited; null where that is not known any more."""
    wording: str
    """The person's file, with every field that became an event as it was generated."""
    drafts: tuple[EventDraft, ...]
    """What the person recorded in it."""
    notes: tuple[str, ...]
    """What could not be read, for a person."""


def edited(path: Path) -> bytes | None:
    """Return the content of a Markdown file that is not as the tool wrote it; none where nobody edited it.

    Raises ConfigError where the disk, or the network before it, fails.
    """
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
            return None
        data = path.read_bytes()
    except OSError as error:
        if error.errno in _FAILING:  # it may be a person's, and may be readable in a moment
            raise ConfigError(f"{path}: cannot be read ({error.strerror}); run it again") from error
        return None
    return None if as_written(decoded(data)) else data


def read(
    path: Path, data: bytes, generated: str | None, former: ArticleBriefs, now: ArticleBriefs
) -> Handwriting:
    """Return what a person wrote into a file, which held `data`.

    `generated` is what the tool is known to have written last, `former` the briefs as they lie beside the
    file, and `now` the same with everything that was decided since.
    """
    text = decoded(data)
    seal = read_seal(text)
    if seal is not None and seal.text_sha256 != former.article.text_sha256:
        note = "was made of another version of the article than the JSON beside it; nothing was read from it"
        return Handwriting(path, data, text, None, text, (), (note,))
    base = _base(text, generated, former)
    found = read_back(text, base or "", now)
    return Handwriting(path, data, text, base, found.wording, found.drafts, found.notes)


def merge(
    hand: Handwriting, base: str, made: str, moved: Mapping[str, str] = MappingProxyType({})
) -> MergedFile:
    """Return the file made anew with the person's wording in it; `moved` maps old ids of claims to new."""
    if (
        made == base and not hand.drafts and not untidy(hand.text)
    ):  # nothing is new: the file stays as it is, to the byte
        return MergedFile(hand.text, 0, ())
    return merged(base, hand.wording, made, moved)


def _base(text: str, generated: str | None, former: ArticleBriefs) -> str | None:
    """Return what a file was before it was edited: its seal says which of those that are known it was."""
    seal = read_seal(text)
    if seal is None:  # cut off with the end of the file
        return generated
    for known in _known(generated, former):
        of = read_seal(known)
        if of is not None and of.sealed_sha256 == seal.sealed_sha256:
            return known
    return None


def _known(generated: str | None, former: ArticleBriefs) -> Iterator[str]:
    if generated is not None:
        yield generated
    yield render(former, "md")
