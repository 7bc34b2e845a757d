"""The call sheet: each question once, and one answer for all that it stands for."""

import html
from pathlib import Path
from typing import Any

import pytest
from desk_pages import NURSES, Browser, desk, example, on_disk, put, renamed, workspace

from briefs.domain.desk_events import Answered, question_key


def _errand(browser: Browser, text: str) -> "dict[str, Any]":
    """Return a question of the sheet by its words."""
    for ticked in ("", "?ticked=true"):
        sheet = browser.json(f"/calls{ticked}")
        for each in sheet["errands"]:
            if each["text"] == text:
                found: dict[str, Any] = each
                return found
    raise AssertionError(text)


@pytest.fixture
def twice(folder: Path) -> "object":
    """Return a browser at a desk of two articles that ask the same of the same person."""
    put(folder, renamed(example(), "twin-000001", title="The twin"))
    with desk(folder) as browser:
        yield browser


def _named(browser: Browser) -> "dict[str, Any]":
    """Return a question that both articles put to one person."""
    sheet = browser.json("/calls")["errands"]
    found: dict[str, Any] = next(each for each in sheet if each["stands_for"] == 2)
    return found


def test_the_sheet_has_every_open_question_once(browser: Browser) -> None:
    """What can be looked up first; nothing that the briefs ask is missing."""
    sheet = browser.json("/calls")
    asked = {question_key(q.ask, q.text) for brief in example().briefs for q in brief.questions}
    assert sheet["open"] == len(asked)
    assert sheet["done"] == 0
    order = [each["look_up"] for each in sheet["errands"]]
    assert order == sorted(order, reverse=True)
    page = html.unescape(browser.get("/calls").text)
    assert all(each["text"] in page for each in sheet["errands"])


def test_one_answer_answers_all_that_a_question_stands_for(twice: Browser, folder: Path) -> None:
    """Both articles' briefs have it, in one piece of recording, and it leaves the sheet."""
    errand = _named(twice)
    saved = twice.post(
        "/calls", errand=errand["id"], seen=errand["seen"], answer="From the payroll", done="true"
    )
    assert (saved.status_code, saved.headers["location"]) == (303, "/calls?done=answered")
    events = workspace(twice).store.events()
    assert {event.article for event in events} == {example().article.id, "other/twin-000001"}
    assert all(isinstance(event.what, Answered) and event.what.ask for event in events)
    workspace(twice).projector.settle()
    for slug in (NURSES, "twin-000001"):
        answers = {q.answer for brief in on_disk(folder, slug).briefs for q in brief.questions}
        assert "From the payroll" in answers, slug
    assert errand["id"] not in {each["id"] for each in twice.json("/calls")["errands"]}
    done = _errand(twice, errand["text"])
    assert (done["done"], done["answer"], done["who"]) == (True, "From the payroll", "Ana")
    again = twice.post("/calls", json=True, errand=done["id"], seen=done["seen"], answer="From the payroll")
    assert (again.status_code, again.json()["answered"], again.json()["errand"]["done"]) == (200, 2, False)


@pytest.mark.parametrize(("ask", "together"), [("the author", 1), ("the police", 1), ("Danuta Rósza", 2)])
def test_who_has_no_name_is_another_in_each_article(folder: Path, ask: str, together: int) -> None:
    """Questions to "the author" stay apart, though they are worded alike; those to a name are one."""
    result = example()
    asked = next(brief for brief in result.briefs if brief.questions)
    question = asked.questions[0].model_copy(update={"ask": ask, "text": "Who told you so?"})
    changed = asked.model_copy(update={"questions": (question,)})
    result = result.model_copy(update={"briefs": tuple(changed if b is asked else b for b in result.briefs)})
    put(folder, result)
    put(folder, renamed(result, "twin-000001"))
    with desk(folder) as browser:
        found = [each for each in browser.json("/calls")["errands"] if each["text"] == "Who told you so?"]
        assert [each["stands_for"] for each in found] == [together] * (2 // together)


def test_an_answer_on_a_stale_sheet_is_refused_with_both_shown(twice: Browser) -> None:
    """Somebody answered under one of the claims meanwhile."""
    errand = _named(twice)
    claim = next(
        (brief, q)
        for brief in example().briefs
        for q in brief.questions
        if question_key(q.ask, q.text) == errand["id"]
    )
    path = f"/a/{NURSES}/c/{claim[0].id}/q/{errand['id']}"
    assert twice.post(path, revision="0", answer="Theirs", done="true", who="Ben").status_code == 303
    stale = twice.post("/calls", errand=errand["id"], seen=errand["seen"], answer="Mine & more", done="true")
    assert stale.status_code == 409
    assert "Mine & more" in html.unescape(stale.text)
    assert "Theirs" in stale.text
    assert len(workspace(twice).store.events()) == 1
    now = _errand(twice, errand["text"])
    assert (
        twice.post("/calls", errand=now["id"], seen=now["seen"], answer="Both", done="true").status_code
        == 303
    )


def test_a_note_on_a_claim_does_not_make_the_sheet_stale(twice: Browser) -> None:
    """Only an answer to the same question is in the way."""
    errand = _named(twice)
    twice.edit(example().briefs[0].id, note="Ben was here", who="Ben")
    sent = twice.post("/calls", errand=errand["id"], seen=errand["seen"], answer="Mine", done="true")
    assert sent.status_code == 303


def test_what_is_not_asked_any_more_is_refused_with_the_answer_shown(browser: Browser) -> None:
    """A question that a new version of the article dropped: the words can be copied."""
    stale = browser.post("/calls", errand="k000000000000", seen="", answer="An hour’s work", done="true")
    assert stale.status_code == 409
    assert "An hour’s work" in html.unescape(stale.text)


def test_an_answer_too_long_or_without_a_name_comes_back(folder: Path) -> None:
    """What was typed stands on the page that says why it was not recorded."""
    with desk(folder, who=None) as browser:
        errand = browser.json("/calls")["errands"][0]
        for sent in ({"answer": "x" * 20_001, "who": "Ana"}, {"answer": "no name"}):
            browser.client.cookies.delete("briefs-who") if "briefs-who" in browser.client.cookies else None
            refused = browser.post(
                "/calls", errand=errand["id"], seen=errand["seen"], done="true", json=False, **sent
            )
            assert refused.status_code == 422
            assert sent["answer"] in refused.text
            assert workspace(browser).store.last() == 0


def test_dismissed_claims_ask_nothing(browser: Browser) -> None:
    """Nobody is called about what is no claim."""
    before = browser.json("/calls")["open"]
    claim = next(brief for brief in example().briefs if brief.questions)
    sent = browser.post(f"/a/{NURSES}/c/{claim.id}/dismiss", revision="0", reason="An opinion")
    assert sent.status_code == 303
    assert browser.json("/calls")["open"] == before - len(claim.questions)
