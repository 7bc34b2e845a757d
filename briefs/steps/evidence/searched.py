"""What was searched, in words for people: how many documents, and which."""

from briefs.steps.evidence.library import Library

_NAMED = 8


def searched(library: Library, text_sha256: str) -> tuple[str, ...]:
    """Return one line on the documents searched; nothing where there is none.

    `text_sha256` is the article's: a document that is the article itself is not counted.
    """
    paths = [each.path for each in library.documents if each.text_sha256 != text_sha256]
    lines = []
    if paths:
        counted = "one document" if len(paths) == 1 else f"{len(paths)} documents"
        lines.append(f"{counted}: {_listed(paths)}")
    if library.left_out:
        lines.append(f"could not be read: {_listed(library.left_out)}")
    return tuple(lines)


def _listed(paths: "list[str] | tuple[str, ...]") -> str:
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return ", ".join(paths[:_NAMED]) + more
