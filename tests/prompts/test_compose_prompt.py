"""The prompt of compose: its worked example keeps every rule that it teaches."""

import json
import re

from briefs.domain.article import Copy
from briefs.domain.brief import MissingEvidence, Question
from briefs.llm.wire_compose import ComposeAnswer
from briefs.prompts import load_prompts
from briefs.steps.compose import compose
from briefs.steps.extract import extract
from briefs.steps.ingest import Given, Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment
from briefs.steps.suggest.judge import About, Judge
from briefs.steps.suggest.page import Page

PROMPT = load_prompts().compose
ANSWER = ComposeAnswer.model_validate_json(PROMPT.example[1].text)
SHOWN = PROMPT.example[0].text.split("<claims>\n")[1].split("\n</claims>")[0]


def test_the_example_numbers_its_claims_and_answers_each() -> None:
    """The example's answer has the asked shape, one item a number, written as compactly as it is wanted."""
    numbers = [int(n) for n in re.findall(r"^\[(\d+)\]", SHOWN, re.MULTILINE)]
    assert [each.claim for each in ANSWER.claims] == numbers == list(range(1, len(numbers) + 1))
    assert PROMPT.example[1].text == json.dumps(
        json.loads(PROMPT.example[1].text), ensure_ascii=False, separators=(",", ":")
    )


def test_the_example_is_sent_as_requests_are() -> None:
    """The example's request is, word for word, what a request with these claims looks like."""
    assert PROMPT.messages(claims=SHOWN)[-1].text == PROMPT.example[0].text


def test_every_line_of_the_example_survives_the_checks() -> None:
    """What the example shows as good is let through: no name, figure or quotation of its own, nothing answered."""
    text = "\n\n".join(line.split("] ")[-1].strip() for line in SHOWN.splitlines())
    article = ingest(text.encode(), Origin(id="e.txt", path="e.txt"), Given(copy=Copy.PUBLISHED))
    segmentation = segment(article)
    scanned = scan(article, segmentation)
    extraction = extract(article, segmentation, scanned)
    composition = compose(article, segmentation, scanned, extraction, ())
    judge = Judge(Page(article, segmentation, scanned), "m", "")
    words = dict(re.findall(r"^\[(\d+)\] (.*)$", SHOWN, re.MULTILINE))
    for said in ANSWER.claims:
        start = article.text.index(words[str(said.claim)])
        brief = next(b for b in composition.briefs if b.claim.quote.start >= start)
        about = About(
            brief.model_copy(update={"questions": (), "missing_evidence": ()}), brief.claim.quote.place
        )
        for question in said.questions:
            assert isinstance(judge.question(about, question, []), Question), question
        for missing in said.missing:
            assert isinstance(judge.missing(about, missing, []), MissingEvidence), missing


def test_the_example_shows_the_kinds_of_question_that_are_wanted() -> None:
    """Who counted, what unnamed people rely on, whether it was said: each is shown, and fits other claims too."""
    said = " ".join(q.text.lower() for each in ANSWER.claims for q in each.questions)
    assert all(word in said for word in ("who counted", "which tests", "is there a recording"))
    assert len({q.ask for each in ANSWER.claims for q in each.questions}) == 3
