"""The JSON of an article's briefs: whether it is whole, and every place in it holds the words it gives."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from briefs.domain.brief import ArticleBriefs
from briefs.seal import Seal, listing
from briefs.text.equality import collapsed
from briefs.verify.rewritten import ids_of
from briefs.verify.verdict import Counts, Problem, Verdict, short

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_ELSEWHERE = frozenset({"related", "evidence"})
"""Fields whose places are in the texts of other articles and of documents."""
_MOST = 20
"""How many errors of form are listed."""


class Record(NamedTuple):
    """A JSON file of briefs, read and checked in itself."""

    verdict: Verdict
    result: ArticleBriefs | None
    """None where the file is not as the contract has it."""
    text: str | None
    """The frozen text, also where something else in the file is wrong."""
    listing: Seal | None


def is_record(content: Json) -> bool:
    """Tell whether a JSON value means to be an article's briefs."""
    return isinstance(content, dict) and {"article", "briefs", "ledger"} <= content.keys()


def parse(data: bytes) -> Json:
    """Return the JSON value in `data`; raises ValueError for what is none, and for a key given twice."""
    try:
        return json.loads(data, object_pairs_hook=_once)  # type: ignore[no-any-return]
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return made


def check_record(name: str, content: Json) -> Record:
    """Check a JSON file of briefs in itself: its form, its hash, every place, every reference."""
    text = _text(content)
    problems: list[Problem] = []
    checked = 0
    if text is not None:
        for place, node in _spans(content, ""):
            checked += 1
            problems.extend(_place(name, place, node, text))
    result: ArticleBriefs | None = None
    try:
        result = ArticleBriefs.model_validate(content)
    except ValidationError as error:
        if not problems:
            problems.extend(_form(name, error))
    if result is not None:
        problems.extend(Problem(file=name, what=what) for what in _references(result))
    briefs = content.get("briefs") if isinstance(content, dict) else None
    counts = Counts(
        files=1, articles=1, briefs=len(briefs) if isinstance(briefs, list) else 0, quotations=checked
    )
    verdict = Verdict(problems=tuple(problems), counts=counts)
    return Record(verdict, result, text, listing(result) if result else None)


def _text(content: Json) -> str | None:
    article = content.get("article") if isinstance(content, dict) else None
    text = article.get("text") if isinstance(article, dict) else None
    return text if isinstance(text, str) else None


def _spans(node: Json, place: str) -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield every object with a start and an end in the article's text, and where in the file it stands."""
    waiting: list[tuple[str, Json]] = [(place, node)]
    while waiting:
        where, here = waiting.pop()
        if isinstance(here, dict):
            if isinstance(here.get("start"), int) and isinstance(here.get("end"), int):
                yield where, here
            own = [(key, value) for key, value in reversed(here.items()) if key not in _ELSEWHERE]
            waiting.extend((f"{where}.{key}".lstrip("."), value) for key, value in own)
        elif isinstance(here, list):
            numbered: Sequence[tuple[int, Json]] = list(enumerate(here))
            waiting.extend((f"{where}[{index}]", value) for index, value in reversed(numbered))


def _place(name: str, where: str, node: dict[str, Json], text: str) -> Iterator[Problem]:
    start, end, words = node["start"], node["end"], node.get("text")
    if not isinstance(start, int) or not isinstance(end, int):
        return
    if not 0 <= start <= end <= len(text):
        yield Problem(file=name, what=f"characters {start} to {end} lie outside the article", where=where)
    elif isinstance(words, str) and text[start:end] != words:
        held = short(text[start:end], 60)
        what = f"“{short(words, 60)}” is not at characters {start} to {end}, which hold “{held}”"
        yield Problem(file=name, what=what, where=where)


def _form(name: str, error: ValidationError) -> Iterator[Problem]:
    for item in error.errors(include_url=False, include_input=False)[:_MOST]:
        where = ".".join(str(part) for part in item["loc"])
        yield Problem(file=name, what=item["msg"].removeprefix("Value error, "), where=where)


def _references(result: ArticleBriefs) -> Iterator[str]:
    """Yield what refers to nothing: briefs, questions, and ids that their own words do not make."""
    ids = [brief.id for brief in result.briefs]
    known = set(ids)
    if len(known) != len(ids):
        yield "two briefs have one id"
    equal = Counter(collapsed(brief.claim.quote.text) for brief in result.briefs)
    for brief in result.briefs:
        words = brief.claim.quote.text
        if brief.id not in ids_of(result.article.id, words, equal[collapsed(words)]):
            yield f"the id {brief.id} does not belong to the words that the brief quotes"
        if not _adds_in_brackets(words, brief.claim.standalone):
            yield f"the wording of {brief.id} that stands alone has words of its own outside square brackets"
    for entry in result.ledger:
        for missing in set(entry.briefs) - known:
            yield f"sentence {entry.sentence} in the ledger names {missing}, which is not there"
    questions = {question.id for brief in result.briefs for question in brief.questions}
    asked = [*result.overview.first_questions, *(q for brief in result.briefs for q in brief.see_questions)]
    for missing in sorted(set(asked) - questions):
        yield f"question {missing} is referred to and not there"


def _adds_in_brackets(quoted: str, standalone: str) -> bool:
    """Tell whether a wording is the quoted words, in their order, but for what stands in square brackets."""
    words = collapsed(quoted)
    place = 0
    for piece in _BRACKETED.split(collapsed(standalone)):
        found = words.find(piece.strip(), place)
        if found < 0:
            return False
        place = found + len(piece.strip())
    return True
