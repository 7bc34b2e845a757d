"""Hold what a model suggests for one claim against the article: what survives, and why the rest does not."""

import re
from typing import NamedTuple

from briefs.domain.brief import Brief, MissingEvidence, Question
from briefs.domain.spans import Span
from briefs.llm.wire_compose import WireMissing, WireQuestion
from briefs.steps.suggest.answered import goes_behind
from briefs.steps.suggest.further import NOTHING_FURTHER, asks_further, hears_nothing
from briefs.steps.suggest.guarded import from_elsewhere
from briefs.steps.suggest.halves import Half, alone, halves
from briefs.steps.suggest.page import Page
from briefs.steps.suggest.party import can_be_asked
from briefs.steps.suggest.reasons import empty_reason
from briefs.steps.suggest.records import asks_for_words, not_a_record, says_nothing
from briefs.steps.suggest.repeats import Said
from briefs.steps.suggest.wording import strange, strange_name, verdict
from briefs.steps.suggest.words import content, listed, lowered, stems
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
    guarded: bool = False
    """A sentence that speaks to somebody stood in the same call."""


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
            or (None if self._is_about(about, text) else "about_nothing")
            or (None if can_be_asked(ask) else "nobody_to_ask")
        )
        if fault:
            return fault
        beside = [q.text for q in (*about.brief.questions, *about.elsewhere, *taken)]
        if self._questions.repeats(text, beside):
            return "repeat"
        stands = self._standing(about, text)
        if isinstance(stands, str):
            return stands
        if stands.text != text and self._questions.repeats(stands.text, beside):
            return "repeat"
        text = stands.text
        self._questions.take(text)
        return Question(
            id=NEW_ID,
            text=text,
            ask=ask,
            settles=self._or_ours(
                self._of_any(about, (settles,)) or self._empty(about, text, settles),
                settles,
                SETTLES,
            ),
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
        fault = not_a_record(self._page, what, about.place)
        if fault:
            return fault
        fault_of_why = self._of_any(about, (why,)) or self._empty(about, what, why)
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
        fault = next((kind for kind in found if kind), None)
        if fault is not None or not about.guarded:
            return fault
        elsewhere = from_elsewhere(page, about.brief, about.place, *inside, *parties)
        return "from_elsewhere" if elsewhere else None

    def _echo(self, line: str) -> bool:
        words = lowered(line)
        return len(words) > 5 and " ".join(words) in self._echoes

    def _empty(self, about: About, line: str, reason: str) -> str | None:
        return empty_reason(self._page, about.place, about.brief.attribution.kind, line, reason)

    def _standing(self, about: About, text: str) -> "Half | str":
        """Return the question, or the half of it that asks for something further; else the check it fails."""
        page, place = self._page, about.place
        parts = halves(text)
        faults = [asks_further(page, part, place) for part in parts]
        if says_nothing(page, place) and not asks_for_words(text):
            return "nothing_on_record"
        if hears_nothing(text):
            faults = [
                each or ("nothing_to_hear" if hears_nothing(part.text) else None)
                for each, part in zip(faults, parts, strict=True)
            ]
        if not set(faults) - {None, NOTHING_FURTHER} and None in faults:
            return Half(text, bare=False)
        for part, fault in zip(parts, faults, strict=True):
            left = part.text if part is parts[0] else alone(part)
            if fault is None and left is not None and self._is_about(about, left) and not _shape(left):
                self.replaced += [f"half_{each}" for each in faults if each]
                return Half(left, bare=False)
        return next(each for each in faults if each)

    def _general(self, about: About, text: str) -> str | None:
        page, place = self._page, self._page.around(about.place)
        stated = content(place.of(page.text))
        idle = set(lowered(text)) & listed("idle") - set(lowered(place.of(page.text)))
        if not content(text) - stems("generic") or idle:
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
