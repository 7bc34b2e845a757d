"""What a model or a server wrote, made harmless to print: no hidden characters, no quotation of its own.

Article text is never touched here. A model's words may be any string at all: characters that are not
seen or that turn the direction of writing are taken out, white space becomes a space, and quotation marks
stay only around words that stand in the article, because a brief quotes nothing else. Escaping for a
format comes later and is not this module's work.
"""

import re
import unicodedata
from functools import cache
from typing import TypeVar

from briefs.domain.brief import (
    ArticleBriefs,
    Brief,
    Failure,
    Made,
    MissingEvidence,
    Overview,
    Question,
    SourceLine,
)
from briefs.domain.claims import Claim
from briefs.domain.scan import OFFLINE, Attribution
from briefs.domain.spans import Mention, Span
from briefs.text.equality import Words
from briefs.text.quotes import quotations

MESSAGE = 240
"""The most characters shown of a failure's message."""
_JOINERS = frozenset("\u200c\u200d")
"""Unseen characters that words of some scripts, and emoji, need."""
_MARKS = frozenset("“”„‟\"＂‘’‚‛'«»‹›「」『』`´")
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_M = TypeVar("_M", bound=Mention)


class Tamer:
    """Makes strings that a model wrote harmless to print in the briefs of one article."""

    def __init__(self, text: str) -> None:
        """Take the article's text: words that stand in it may stay between quotation marks."""
        self._text = text
        self._words: Words | None = None

    def line(self, said: str) -> str:
        """Return one line of a model's words, without unseen characters and quotations of its own."""
        seen = visible(said)
        return seen if _MARKS.isdisjoint(seen) else self._quoting_the_article_alone(seen)

    def wording(self, said: str, quoted: str) -> str:
        """Return a wording that stands alone; brackets added to `quoted` alone change in it."""
        place, words = 0, visible(quoted)
        pieces = _BRACKETED.split(visible(said))
        for piece in pieces[::2]:
            found = words.find(piece.strip(), place)
            if found < 0:
                return self.line(said)
            place = found + len(piece.strip())
        return "".join(f"[{self.line(p)}]" if at % 2 else p for at, p in enumerate(pieces))

    def _quoting_the_article_alone(self, said: str) -> str:
        kept: list[str] = []
        done = 0
        runs = quotations(said, [Span(start=0, end=len(said))])
        if self._holds(said) and all(run.closed for run in runs):
            return said
        for run in runs:
            inner = run.inner.of(said).strip()
            if run.closed and inner and inner == _unmarked(inner) and self._holds(inner):
                kept.append(_unmarked(said[done : run.span.start]))
                kept.append(f"“{inner}”")
                done = run.span.end
        kept.append(_unmarked(said[done:]))
        return " ".join("".join(kept).split())

    def _holds(self, words: str) -> bool:
        if self._words is None:
            self._words = Words(self._text)
        return self._words.hold(words)


def visible(said: str) -> str:
    """Return words on one line without characters that nobody sees; half characters become U+FFFD."""
    if said.isascii() and said.isprintable():
        return " ".join(said.split())
    return " ".join("".join(map(_seen, said)).split())


@cache
def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category in ("Zl", "Zp"):
        return " "
    if category == "Cs":
        return "\ufffd"
    hidden = category in ("Cc", "Cf") and character not in _JOINERS
    return "" if hidden else character


def _unmarked(words: str) -> str:
    """Return words without quotation marks; apostrophes stay, which open no quotation."""
    if _MARKS.isdisjoint(words):
        return words
    return "".join(c for at, c in enumerate(words) if c not in _MARKS or _is_apostrophe(words, at))


def _is_apostrophe(words: str, at: int) -> bool:
    return words[at] in "'’" and at > 0 and words[at - 1].isalnum()


def tamed(result: ArticleBriefs) -> ArticleBriefs:
    """Return an article's briefs with every word of a model or server harmless to print.

    What the deterministic engine drafted stays the very same value.
    """
    tamer = Tamer(result.article.text)
    reads = any(brief.attribution.drafted_by != OFFLINE for brief in result.briefs)
    return result.model_copy(
        update={
            "briefs": tuple(_brief(brief, tamer) for brief in result.briefs),
            "overview": _overview(result.overview, tamer, reads=reads),
            "made": _made(result.made, tamer),
        }
    )


def _brief(brief: Brief, tamer: Tamer) -> Brief:
    return brief.model_copy(
        update={
            "claim": _claim(brief.claim, tamer),
            "attribution": _attribution(brief.attribution, tamer),
            "questions": tuple(_question(question, tamer) for question in brief.questions),
            "missing_evidence": tuple(_missing(item, tamer) for item in brief.missing_evidence),
        }
    )


def _overview(overview: Overview, tamer: Tamer, *, reads: bool) -> Overview:
    """Tame the first screen; its sources too where a model read one of them."""
    sourcing = overview.sourcing
    if reads:
        sources = tuple(_source_line(source, tamer) for source in sourcing.sources)
        sourcing = sourcing.model_copy(update={"summary": tamer.line(sourcing.summary), "sources": sources})
    return overview.model_copy(update={"sourcing": sourcing})


def _source_line(source: SourceLine, tamer: Tamer) -> SourceLine:
    role = tamer.line(source.role) if source.role else source.role
    via = tuple(tamer.line(each) for each in source.via)
    return source.model_copy(update={"name": tamer.line(source.name), "role": role, "via": via})


def _claim(claim: Claim, tamer: Tamer) -> Claim:
    if claim.standalone_by != OFFLINE:
        claim = claim.model_copy(update={"standalone": tamer.wording(claim.standalone, claim.quote.text)})
    if claim.choice is not None and claim.choice.why is not None:
        choice = claim.choice.model_copy(update={"why": tamer.line(claim.choice.why)})
        claim = claim.model_copy(update={"choice": choice})
    return claim


def _attribution(attribution: Attribution, tamer: Tamer) -> Attribution:
    if attribution.drafted_by == OFFLINE:
        return attribution
    source = attribution.source
    if source is not None:
        role = tamer.line(source.role) if source.role else source.role
        source = _named(source, tamer).model_copy(update={"role": role})
    return attribution.model_copy(
        update={
            "source": source,
            "via": tuple(_named(each, tamer) for each in attribution.via),
            "basis": tuple(_named(each, tamer) for each in attribution.basis),
        }
    )


def _named(mention: _M, tamer: Tamer) -> _M:
    return mention.model_copy(update={"name": tamer.line(mention.name)})


def _question(question: Question, tamer: Tamer) -> Question:
    if question.drafted_by == OFFLINE:
        return question
    said = {name: tamer.line(getattr(question, name)) for name in ("text", "ask", "settles")}
    return question.model_copy(update=said)


def _missing(item: MissingEvidence, tamer: Tamer) -> MissingEvidence:
    if item.drafted_by == OFFLINE:
        return item
    said = {name: tamer.line(getattr(item, name)) for name in ("what", "why", "holder")}
    return item.model_copy(update=said)


def _made(made: Made, tamer: Tamer) -> Made:
    return made.model_copy(
        update={
            "model": None if made.model is None else tamer.line(made.model),
            "failures": tuple(_failure(failure, tamer) for failure in made.failures),
        }
    )


def _failure(failure: Failure, tamer: Tamer) -> Failure:
    message = tamer.line(failure.message)
    if len(message) > MESSAGE:
        message = message[:MESSAGE].rsplit(" ", 1)[0] + "\u00a0…"
    return Failure(where=tamer.line(failure.where), kind=tamer.line(failure.kind), message=message)
