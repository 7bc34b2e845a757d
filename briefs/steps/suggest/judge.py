"""Hold what a model suggests for one claim against the article: what survives, and why the rest does not."""

import re
from typing import NamedTuple

from briefs.domain.brief import Brief, MissingEvidence, Question
from briefs.domain.spans import Span
from briefs.llm.wire_compose import WireMissing, WireQuestion
from briefs.steps.suggest.answered import Asks, answered, asks, goes_behind
from briefs.steps.suggest.page import Page
from briefs.steps.suggest.party import can_be_asked
from briefs.steps.suggest.repeats import Said
from briefs.steps.suggest.wording import strange, strange_name, verdict
from briefs.steps.suggest.words import content, documents, lowered, stems
from briefs.text.sentences import sentences

SETTLES = "what the claim rests on"
WHY = "it would show what the claim rests on"
"""In place of a model's words that did not pass: a good question is not lost with a bad reason for it."""
NEW_ID = ""
"""Id of a suggested question until the article's questions are numbered."""
_BARE = re.compile(
    r"^(?:is|was|are|were) (?:it|this|that|the|these|those)\b|^(?:can|could|would|will|do|does|did) you\b",
    re.I,
)


class About(NamedTuple):
    """The claim that suggestions are about: its brief, and the place that the model was shown."""

    brief: Brief
    place: Span
    elsewhere: tuple[Question, ...] = ()
    """Questions printed under other claims that serve this one."""


class Judge:
    """Checks one article's suggestions, in order; remembers what it let through."""

    def __init__(self, page: Page, model: str, echoes: str) -> None:
        self._page = page
        self._model = model
        self._echoes = " ".join(lowered(echoes))
        """The prompt's own words: a line out of them is an echo."""
        self._questions = Said()
        self._missing = Said()
        self.replaced: list[str] = []
        """Checks that a line's second half, what it settles or why, did not pass: ours stands there."""

    def question(self, about: About, wire: WireQuestion, taken: list[Question]) -> Question | str:
        """Return the question if it survives, else the name of the check that it does not pass."""
        text, ask, settles = (_tidy(each) for each in (wire.text, wire.ask, wire.settles))
        fault = (
            _shape(text)
            or self._general(about, text)
            or self._of_any(about, (text,), ask)
            or self._of_question(about, text)
            or (None if can_be_asked(ask) else "nobody_to_ask")
        )
        if fault:
            return fault
        beside = [q.text for q in (*about.brief.questions, *about.elsewhere, *taken)]
        if self._questions.repeats(text, beside):
            return "repeat"
        self._questions.take(text)
        return Question(
            id=NEW_ID,
            text=text,
            ask=ask,
            settles=self._or_ours(self._of_any(about, (settles,)), settles, SETTLES),
            serves=(about.brief.id,),
            drafted_by=self._model,
        )

    def missing(self, about: About, wire: WireMissing, taken: list[MissingEvidence]) -> MissingEvidence | str:
        """Return the missing evidence if it survives, else the name of the check that it does not pass."""
        what, holder, why = (_tidy(each) for each in (wire.what, wire.holder, wire.why))
        what = what.rstrip(".")
        fault = self._of_any(about, (what,), holder)
        if fault:
            return fault
        if what.endswith("?") or not content(what) & documents():
            return "not_evidence"
        fault_of_why = self._of_any(about, (why,))
        if not self._is_about(about, what if fault_of_why else f"{what} {why}"):
            return "about_nothing"
        if not can_be_asked(holder):
            return "nobody_to_ask"
        beside = [each.what for each in (*about.brief.missing_evidence, *taken)]
        if self._missing.repeats(what, beside):
            return "repeat"
        self._missing.take(what)
        why = self._or_ours(fault_of_why, why, WHY)
        return MissingEvidence(what=what, why=why, holder=holder, drafted_by=self._model)

    def _or_ours(self, fault: str | None, line: str, ours: str) -> str:
        """Return the second half of a line if it has no fault, else a plain one of our own."""
        if fault is None:
            return line
        self.replaced.append(f"second_half_{fault}")
        return ours

    def _of_any(self, about: About, inside: tuple[str, ...], *parties: str) -> str | None:
        """Check what holds for every line; names are free in `parties` alone."""
        page, place = self._page, self._page.around(about.place)
        found = (
            *(strange(page, each) for each in (*inside, *parties)),
            *("name_not_in_article" for each in inside if strange_name(page, each)),
            *("verdict" for each in inside if verdict(page, each, place)),
            *("prompt_echo" for each in inside if self._echo(each)),
        )
        return next((kind for kind in found if kind), None)

    def _echo(self, line: str) -> bool:
        words = lowered(line)
        return len(words) > 5 and " ".join(words) in self._echoes

    def _of_question(self, about: About, text: str) -> str | None:
        if not self._is_about(about, text):
            return "about_nothing"
        if answered(self._page, text, about.place):
            return "repeats_claim" if asks(text) is Asks.YES_OR_NO else "answered_in_article"
        return None

    def _general(self, about: About, text: str) -> str | None:
        page, place = self._page, self._page.around(about.place)
        stated = content(place.of(page.text))
        if not content(text) - stems("generic") or (content(text) & stems("idle")) - stated:
            return "too_general"
        own = content(text) - stated - stems("generic")
        if not own and _BARE.search(text) and not goes_behind(text, frozenset()):
            return "too_general"
        return None

    def _is_about(self, about: About, text: str) -> bool:
        """Tell whether `text` shares a name, figure, date or a rare word with the claim or its source."""
        page, brief = self._page, about.brief
        place = page.around(about.place)
        source = brief.attribution.source
        said = f"{place.of(page.text)} {source.name if source else ''}"
        shared = content(text) & content(said)
        names = content(" ".join(e.of(page.text) for e in page.entities.within(place)))
        names |= content(source.name) if source else frozenset()
        return any(
            each in names or each[0].isdigit() or page.is_rare(each) for each in shared - stems("generic")
        )


def _tidy(text: str) -> str:
    """Return `text` without white space at its ends."""
    return text.strip(" ")


def _shape(text: str) -> str | None:
    if not text.endswith("?") or text.count("?") > 1:
        return "not_a_question"
    if len(sentences(text, 0, len(text))) != 1 or len(text.split()) < 4:
        return "not_one_sentence"
    return None
