"""A comparison in words for people, line by line, before any format; nothing here is escaped."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from briefs.compare.comparison import (
    DRAFTED,
    Change,
    ClaimDiff,
    Comparison,
    FolderComparison,
    Kind,
    SignedOff,
    Version,
)
from briefs.domain.desk import Check, Status
from briefs.steps.render.wording import CHECKS, STATUSES, count, date_words, listing, upperfirst

Style = Literal["plain", "old", "new", "gone", "come", "strong", "warning"]
"""Words within a wording that only the old or the new one has; other things that are gone or have come."""
Level = Literal["title", "text", "claim", "change"]
_LABELS = {
    Kind.WORDS: "reworded",
    Kind.SOURCE: "source changed",
    Kind.CUE: "attributed in other words",
    Kind.HEDGE_GAINED: "hedge gained",
    Kind.HEDGE_LOST: "hedge lost",
    Kind.FIGURE: "figure changed",
    Kind.TURNED: "turned about",
    Kind.STANDALONE: "worded otherwise, standing alone",
    Kind.PRIORITY: "priority",
    Kind.CHOICE: "chosen",
    Kind.TYPE: "kind of claim",
    Kind.FLAG_NEW: "flag new",
    Kind.FLAG_GONE: "flag gone",
    Kind.QUESTION_NEW: "question new",
    Kind.QUESTION_GONE: "question gone",
    Kind.MISSING_NEW: "missing evidence new",
    Kind.MISSING_GONE: "missing evidence gone",
}
_CLOSING = ".,;:!?)”’"
"""Marks before which no space stands."""
_FIRST = (Kind.WORDS, Kind.SOURCE, Kind.CUE, Kind.HEDGE_GAINED, Kind.HEDGE_LOST, Kind.FIGURE, Kind.TURNED)
"""What the line of totals counts by name."""


class Piece(NamedTuple):
    """Words in one style."""

    text: str
    style: Style = "plain"


class Line(NamedTuple):
    """One line; a claim's line is followed by those of its changes."""

    level: Level
    pieces: tuple[Piece, ...]


def of_folders(found: FolderComparison) -> Iterator[Line]:
    """Yield the lines of a comparison of folders: the articles that differ, then those without a partner."""
    alike = [each for each in found.articles if not each.claims]
    for each in found.articles:
        if each.claims:
            yield from of_article(each)
    yield _line("title", "All articles")
    total = count(len(found.articles), "article", "articles")
    yield _line("text", f"{total} in both; {len(alike)} of them with no claim that differs.")
    for versions, words in ((found.only_old, "Only in OLD"), (found.only_new, "Only in NEW")):
        for version in versions:
            yield _alone(version, words)
    for reason in found.not_read:
        yield Line("text", (Piece("Not compared: ", "warning"), Piece(reason)))
    yield _affected(found.affected)


def of_article(found: Comparison) -> Iterator[Line]:
    """Yield the lines of a comparison of two versions of one article's briefs."""
    yield _line("title", " ".join(found.new.title.split()) or found.new.slug)
    yield from (_line("text", words) for words in _header(found))
    yield _line("text", _totals(found))
    for claim in found.claims:
        if claim.what != "changed" or _shown(claim, found):
            yield _claim(claim)
            yield from (_change(each, claim, found) for each in _shown(claim, found))
    if (hidden := _hidden(found)) is not None:
        yield _line("text", hidden)
    yield _affected(found.affected)


def _header(found: Comparison) -> Iterator[str]:
    old, new = found.old, found.new
    if old.article != new.article:
        yield f"Two articles: {old.article} and {new.article}."
    if found.same_text:
        yield "The text is the same: what differs is how it was read and what was drafted."
    else:
        yield "The text has changed."
    if old.published != new.published:
        dates = (date_words(each) if each else "undated" for each in (old.published, new.published))
        yield f"Published: {' → '.join(dates)}."
    if "rules" in found.made_otherwise:
        yield f"Rules: briefs {old.tool_version} → {new.tool_version}."
    if "model" in found.made_otherwise or "engine" in found.made_otherwise:
        yield f"Model: {old.model or 'none'} → {new.model or 'none'}."
    elif new.model:
        yield f"Model: {new.model} in both."
    if "prompts" in found.made_otherwise:
        yield f"Prompts: {listing(list(_prompts(old.prompts, new.prompts)))}."
    if not found.made_otherwise:
        how = "the same prompts" if new.model else "no model"
        yield f"Made alike: briefs {new.tool_version}, {how}."
    for side, words in ((old, "old"), (new, "new")):
        if side.failures:
            failed = count(side.failures, "part", "parts")
            yield f"In the {words} version {failed} of the model's work failed: the offline draft is there."


def _prompts(old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield f"{name} {old.get(name, 'none')} → {new.get(name, 'none')}"


def _totals(found: Comparison) -> str:
    parts = [f"{found.number('added')} added", f"{found.number('removed')} removed"]
    parts.extend(f"{found.count(kind)} {_LABELS[kind]}" for kind in _FIRST if found.count(kind))
    drafted = sum(_only_drafted(claim) for claim in found.claims)
    if drafted:
        parts.append(f"{drafted} drafted otherwise")
    return (
        f"Claims: {found.old.claims} → {found.new.claims}. {', '.join(parts)}; {found.unchanged} unchanged."
    )


def _only_drafted(claim: ClaimDiff) -> bool:
    return claim.what == "changed" and all(change.kind in DRAFTED for change in claim.changes)


def _shown(claim: ClaimDiff, found: Comparison) -> Sequence[Change]:
    """Return the changes to list: what was drafted otherwise only where the texts are the same."""
    return [each for each in claim.changes if found.same_text or each.kind not in DRAFTED]


def _hidden(found: Comparison) -> str | None:
    hidden = sum(any(each.kind in DRAFTED for each in claim.changes) for claim in found.claims)
    if found.same_text or not hidden:
        return None
    return (
        f"For {count(hidden, 'claim', 'claims')} whose words are the same, questions, flags or order were "
        "drafted otherwise; --json lists them."
    )


def _claim(claim: ClaimDiff) -> Line:
    side = claim.new or claim.old
    if side is None:
        raise ValueError("a difference without a claim")
    style: Style = "come" if claim.what == "added" else "gone" if claim.what == "removed" else "strong"
    number = f"claim {side.number}"
    if claim.old is not None and claim.new is not None and claim.old.number != claim.new.number:
        number = f"claim {claim.new.number} (was {claim.old.number})"
    pieces = [Piece(f"{upperfirst(claim.what)}, {number}: ")]
    pieces.append(Piece(" ".join(side.quote.split()) if claim.what != "changed" else side.short, style))
    if claim.what != "changed":
        pieces.append(Piece(f" ({side.said_by})"))
    if claim.words_stand:
        pieces.append(Piece(" (the words still stand in the article)"))
    if side.dismissed:
        pieces.append(Piece(" (dismissed)"))
    if claim.signed is not None:
        pieces.append(Piece(f" [{_signed(claim.signed)}]", "warning" if claim.affected else "plain"))
    return Line("claim", tuple(pieces))


def _signed(signed: SignedOff) -> str:
    words = [] if signed.status is Status.OPEN else [STATUSES[signed.status]]
    words.extend(
        f"{label} {CHECKS[check]}"
        for label, check in (("said so", signed.said), ("is it so", signed.so))
        if check is not Check.OPEN
    )
    who = f" by {signed.checker}" if signed.checker else ""
    when = f", {date_words(signed.date)}" if signed.date else ""
    return f"signed off{who}{when}: {'; '.join(words)}"


def _change(change: Change, claim: ClaimDiff, found: Comparison) -> Line:
    words = _LABELS[change.kind]
    if change.kind is Kind.WORDS and claim.what == "removed":
        words = "the article now has, and the tool calls it no claim"
    elif change.kind is Kind.WORDS and found.same_text:
        words = "quoted otherwise"
    if change.kind is Kind.CUE and None in (change.before, change.after):
        words = "attributed no longer with" if change.after is None else "attributed now, with"
    label = Piece(f"{words}: ")
    if change.marked:
        return Line("change", (label, *_spaced(change)))
    if change.kind in (Kind.HEDGE_LOST, Kind.HEDGE_GAINED):
        return Line("change", (label, Piece(f"“{change.before or change.after}”")))
    if change.after is None:
        return Line("change", (label, Piece(change.before or "", "gone")))
    if change.before is None:
        return Line("change", (label, Piece(change.after, "come")))
    return Line("change", (label, Piece(change.before, "gone"), Piece(" → "), Piece(change.after, "come")))


def _spaced(change: Change) -> Iterator[Piece]:
    """Yield the words of both wordings, apart as words are; a mark of punctuation follows at once."""
    styles: dict[str, Style] = {"same": "plain", "old": "old", "new": "new"}
    for place, run in enumerate(change.marked):
        replaces = place > 0 and change.marked[place - 1].kind == "old" and run.kind == "new"
        if place and not replaces and run.text[:1] not in _CLOSING:
            yield Piece(" ")
        yield Piece(run.text, styles[run.kind])


def _alone(version: Version, words: str) -> Line:
    title = " ".join(version.title.split()) or version.slug
    pieces = [Piece(f"{words}: {title} ({version.slug}), {count(version.claims, 'claim', 'claims')}")]
    if version.signed and words == "Only in OLD":
        pieces.append(Piece(f", {version.signed} of them signed off", "warning"))
    return Line("text", tuple(pieces))


def _affected(number: int) -> Line:
    if not number:
        return _line("text", "No claim that was signed off is affected.")
    are = "claim is" if number == 1 else "claims are"
    return Line("text", (Piece(f"{number} signed-off {are} affected: words changed or gone.", "warning"),))


def _line(level: Level, *words: str) -> Line:
    return Line(level, tuple(Piece(each) for each in words))
