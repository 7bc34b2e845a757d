"""Who drafted what: a model's lines carry a mark, and the header says which model helped and how far.

Offline lines carry no mark, and a brief in which no model had a part says nothing of models at all.
"""

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from briefs.domain.brief import ArticleBriefs, Evidence, MissingEvidence, Question
from briefs.domain.claims import Claim, ModelChoice
from briefs.domain.scan import OFFLINE
from briefs.steps.render.tame import visible
from briefs.steps.render.wording import listing

SUGGESTION = "model's suggestion"
"""What follows whom to ask, or who holds evidence, where the article has no such name."""
READING = "as the model reads it"
"""What follows a source that a model read out of the article."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
Drafted = Question | MissingEvidence | Evidence
"""Lines that say who drafted them."""


class Choice(NamedTuple):
    """What the model said of choosing a claim, where the offline rules chose otherwise."""

    says: Literal["added", "leave_out"]
    line: str
    """For the claim's section."""
    why: str
    """Why it would leave the claim out; empty where it gave no reason."""
    cell: str
    """For the table."""


def by_model(line: Drafted) -> bool:
    """Tell whether a model drafted a line."""
    return line.drafted_by != OFFLINE


def standalone_by_model(claim: Claim) -> bool:
    """Tell whether a model drafted the wording that stands alone."""
    return claim.standalone_by != OFFLINE


def choice(said: ModelChoice | None) -> Choice | None:
    """Return what to say of a model's choice: nothing where it and the offline rules agree."""
    if said is None or said.says == "claim":
        return None
    if said.says == "added":
        return Choice("added", "Chosen by the model, not by the rules", "", "chosen by the model alone")
    why = said.why or ""
    return Choice(
        "leave_out",
        "The model would leave it out",
        why,
        f"would leave it out: {why}" if why else "would leave it out",
    )


class Helper(NamedTuple):
    """The model that helped with an article's briefs."""

    name: str
    """Its id; several where lines of several stand here."""
    stands: bool
    """Something that it said stands in the briefs."""


def helper(result: ArticleBriefs) -> Helper | None:
    """Return which model helped; none where no model was asked and no line is a model's."""
    seen = dict.fromkeys(_models(result))
    asked = [result.made.model] if result.made.model else []
    names = list(dict.fromkeys([*asked, *map(visible, seen)]))
    return Helper(listing(names), bool(seen)) if names else None


def _models(result: ArticleBriefs) -> Iterator[str]:
    """Yield the id of the model behind each thing that a model said, as often as it stands."""
    for brief in result.briefs:
        if brief.claim.choice is not None:
            yield brief.claim.choice.by
        lines: tuple[Drafted, ...] = (*brief.questions, *brief.missing_evidence, *brief.evidence)
        drafters = (line.drafted_by for line in lines)
        for by in (brief.claim.standalone_by, brief.attribution.drafted_by, *drafters):
            if by != OFFLINE:
                yield by


Addressee = Callable[[Question | MissingEvidence], str]
"""Gives whom a question asks, or who holds what is missing, in the words to print."""


def addressee(result: ArticleBriefs, form: str = "{} ({})") -> Addressee:
    """Return what names the addressees of an article's questions and the holders of its evidence.

    A model may name somebody whom the article does not have: that is said beside the name, in `form`.
    """
    known = frozenset(word.casefold() for word in _WORD.findall(result.article.text))

    def words(line: Question | MissingEvidence) -> str:
        named = line.ask if isinstance(line, Question) else line.holder
        return form.format(named, SUGGESTION) if by_model(line) and _foreign(named, known) else named

    return words


def _foreign(named: str, known: frozenset[str]) -> bool:
    """Tell whether words hold what may be a name and is not in the article.

    Without a parser every word counts that has a capital, a figure, or letters of a script without capitals:
    a mark too many costs nothing, one too few would pass a name off as the article's.
    """
    return any(not _plain(word) and word.casefold() not in known for word in _WORD.findall(named))


def _plain(word: str) -> bool:
    return word.islower() and not any(c.isdigit() for c in word)


def read_by_model(result: ArticleBriefs) -> frozenset[str]:
    """Return the sources, case folded, that the model alone read out of the article."""
    names: dict[bool, set[str]] = {True: set(), False: set()}
    for brief in result.briefs:
        source = brief.attribution.source
        if source is not None:
            names[brief.attribution.drafted_by != OFFLINE].add(source.name.casefold())
    return frozenset(names[True] - names[False])
