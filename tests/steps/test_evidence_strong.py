"""Good answers of a model on what documents say: they survive the checks, and pages mark them as its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from evident import drafted, library
from test_evidence_model import MODEL, of, said

from briefs.domain.brief import ArticleBriefs, Brief, Made, Stance
from briefs.llm.port import Reply, drive
from briefs.prompts import load_prompts
from briefs.steps.evidence import Judged, ask, evidence
from briefs.steps.render import render

CLAIM = "Clause four of the board's ward charter forbids moving patients between wards at night."


class Answered(NamedTuple):
    """What a document says, what a strong model answers, and what comes of it."""

    passage: str
    words: str
    stance: str
    comes_to: Stance


ANSWERS = {
    "supports": Answered(
        "Ward charter of the board, clause four: moving patients from one of the wards to another by night is forbidden.",
        "moving patients from one of the wards to another by night is forbidden",
        "supports",
        Stance.SUPPORTS,
    ),
    "refutes": Answered(
        "Ward charter of the board, clause four: moving patients between wards is left to the senior nurse by night.",
        "moving patients between wards is left to the senior nurse by night",
        "refutes",
        Stance.REFUTES,
    ),
    "not enough": Answered(
        "Ward charter of the board, clause four: moving patients between wards is the subject of a later annex.",
        "",
        "not_enough",
        Stance.NOT_ENOUGH_INFO,
    ),
}


def judged(folder: Path, answered: Answered) -> Judged:
    """Return what stands of the answer to the one open pair."""
    documents = {"charter.txt": f"Ward charter\n\n{answered.passage}"}
    held = evidence(drafted(CLAIM), library(folder, documents))
    [each] = [shown for brief in held.briefs.briefs for shown in brief.evidence]
    assert each.stance is Stance.NOT_ENOUGH_INFO, "the rules settle it: nothing is asked"
    reply = Reply(text=said(answered.words, answered.stance))
    return drive(ask(_wanted(held.briefs), held.open, load_prompts().stance, MODEL), lambda _: reply)


def _wanted(result: ArticleBriefs) -> ArticleBriefs:
    """Return the briefs as a model's run makes them, each claim one that wants checking."""
    made = Made(engine="model", model=MODEL, prompts={"stance": "1"}, tool_version="0")
    briefs = tuple(_important(result))
    return result.model_copy(update={"briefs": briefs, "made": made})


def _important(result: ArticleBriefs) -> Iterator[Brief]:
    for brief in result.briefs:
        priority = brief.claim.priority.model_copy(update={"score": 0.9})
        yield brief.model_copy(update={"claim": brief.claim.model_copy(update={"priority": priority})})


@pytest.mark.parametrize("name", ANSWERS)
def test_a_good_answer_survives(tmp_path: Path, name: str) -> None:
    """The checks are there for wrong answers: exact words and a true reading pass them."""
    answered = ANSWERS[name]
    result = judged(tmp_path, answered)
    assert result.rejections == ()
    assert result.failures == ()
    [shown] = of(result)
    assert shown.stance is answered.comes_to
    assert shown.drafted_by == ("offline" if name == "not enough" else MODEL)
    assert (answered.words in (shown.note or "")) or not answered.words


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize("name", ANSWERS)
def test_a_page_says_whose_reading_it_is(tmp_path: Path, name: str, form: str) -> None:
    """A model's stance is marked as the model's; what the rules say is not."""
    page = render(judged(tmp_path, ANSWERS[name]).briefs, form)  # type: ignore[arg-type]
    assert _marked(page, form) is (name != "not enough")


def _marked(page: str, form: str) -> bool:
    [line] = [each for each in page.splitlines() if "charter.txt" in each and "It reads:" in each]
    return ("(model)" if form == "md" else '<span class="by">model</span>') in line
