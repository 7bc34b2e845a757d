"""What failed while the briefs were made: a few lines on the first screen, all of it in the appendix."""

from collections.abc import Sequence

from briefs.domain.brief import Failure
from briefs.llm.port import FailureKind
from briefs.steps.render.sources import Line
from briefs.steps.render.wording import FAILURES, PARTS, count, listing, stop, upperfirst

PLACES = 3
"""Places named of failures of one kind on the first screen."""
KINDS = 5
"""Kinds of failure on the first screen."""


def on_screen(failures: Sequence[Failure]) -> list[str]:
    """Return a line for each kind of failure: where, what failed, and what stands there instead."""
    groups = _by_kind(failures)
    lines = [_one(group[0]) if len(group) == 1 else _many(group) for group in groups[:KINDS]]
    more = sum(map(len, groups[KINDS:]))
    if more:
        lines.append(f"And {count(more, 'other failure', 'other failures')}, in the appendix.")
    return lines


def in_appendix(failures: Sequence[Failure]) -> list[Line]:
    """Return every failure, where the first screen gives several in one line or leaves some out."""
    groups = _by_kind(failures)
    if len(groups) <= KINDS and all(len(group) == 1 for group in groups):
        return []
    return [Line("Failed", f"{_where(failure)}: {_what(failure)}") for failure in failures]


def _by_kind(failures: Sequence[Failure]) -> list[list[Failure]]:
    """Gather failures of one kind, kinds in the order in which they first came."""
    groups: dict[str, list[Failure]] = {}
    for failure in failures:
        groups.setdefault(failure.kind, []).append(failure)
    return list(groups.values())


def _one(failure: Failure) -> str:
    line = f"{upperfirst(_where(failure))}: {_what(failure)}"
    return _instead(line, failure.kind, "This part is")


def _many(group: Sequence[Failure]) -> str:
    named = list(dict.fromkeys(_where(failure) for failure in group))
    more = len(named) - PLACES
    places = [*named[:PLACES], f"{more} more"] if more > 1 else named
    example = _what(group[0])
    if len({failure.message for failure in group}) > 1:
        example = f"{example}, or the like"
    line = f"{upperfirst(listing(places))}: {example}"
    return _instead(line, group[0].kind, "These parts are")


def _instead(line: str, kind: str, parts: str) -> str:
    """Return a line with what stands there instead, where a call failed and the message does not say it."""
    said = kind not in _WORDS or "offline" in line
    return line if said else f"{stop(line)} {parts} the offline draft."


def _what(failure: Failure) -> str:
    """Return what failed: our own words for the kind, and the message where it says more."""
    words = _WORDS.get(failure.kind)
    if words is None:
        return f"{failure.message} ({failure.kind})"
    detail = failure.message.rstrip(". ")
    if detail.casefold().startswith(words.casefold()):
        return detail
    return f"{words} ({detail})" if detail else words


def _where(failure: Failure) -> str:
    """Return the part of the article, and what was asked there: "compose, chunk 2" is for us alone."""
    step, _, part = failure.where.partition(", ")
    if step in PARTS and part:
        return f"{part} ({PARTS[step]})"
    return failure.where or "the article"


_WORDS = {str(kind.value): FAILURES[kind] for kind in FailureKind}
