"""A claim that the tool missed is added by its words, with a script and without."""

import html
import os
import re
import signal
from collections.abc import Iterator
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from desk_pages import NURSES, Browser, desk, example, folder_at, on_disk, workspace

ARTICLE = example().article
MISSED = next(
    entry
    for entry in example().ledger
    if not entry.briefs and entry.disposition == "not_checkable" and entry.end - entry.start > 40
)
WORDS = ARTICLE.text[MISSED.start : MISSED.end]
TOO_FEW = {"start": str(MISSED.start), "end": str(MISSED.start + 1)}


@pytest.fixture(scope="module")
def adding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser at a desk whose parser is loaded once for all of these tests."""
    with desk(folder_at(tmp_path_factory.mktemp("adding") / "outputs")) as browser:
        yield browser


def test_selected_words_become_a_claim(adding: Browser) -> None:
    """It stands in its place, says who added it, and is in the files; a second time is refused."""
    path = f"/a/{NURSES}/add"
    sent = {
        "start": str(MISSED.start),
        "end": str(MISSED.end),
        "text": WORDS,
        "text_sha256": ARTICLE.text_sha256,
    }
    answer = adding.post(path, json=False, **sent)
    assert answer.status_code == 303, html.unescape(answer.text)
    found = re.search(r"claim=(b\w+)", answer.headers["location"])
    assert found is not None
    claim = next(each for each in adding.claims() if each["brief"] == found[1])
    assert "".join(claim["quote"].split()) in "".join(WORDS.split())
    assert claim["desk"]["added_by"] == "Ana"
    workspace(adding).projector.settle()
    folder = workspace(adding).folder
    assert found[1] in {brief.id for brief in on_disk(folder).briefs}
    assert adding.json("/?state=added")["total"] == 1
    assert adding.edit(found[1], status="cut").status_code == 303
    again = adding.post(path, json=False, **sent)
    assert again.status_code == 422
    assert "exactly these words" in again.text


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        (
            {"start": str(MISSED.start), "end": str(MISSED.end), "text": f"{WORDS}x"},
            422,
            "do not stand there",
        ),
        ({"start": str(MISSED.end), "end": str(MISSED.start)}, 422, "do not stand there"),
        ({"start": "0", "end": "999999999"}, 422, "do not stand there"),
        ({"start": "3", "end": "3"}, 422, "do not stand there"),
        ({"text": "words that nobody wrote"}, 422, "do not stand there"),
        ({"text": " \n "}, 422, "do not stand there"),
        ({"text": "Rósza"}, 422, "several places"),
        ({"start": str(MISSED.start), "end": str(MISSED.start + 1)}, 422, "single word"),
        ({"start": str(MISSED.start), "end": str(MISSED.end), "text_sha256": "0" * 64}, 409, "has changed"),
        ({}, 422, "do not stand there"),
    ],
)
def test_what_is_no_claim_is_said_to_be_none(
    adding: Browser, sent: dict[str, str], status: int, said: str
) -> None:
    """Offsets without their words, words without their place, and a text that has changed."""
    last = workspace(adding).store.last()
    answer = adding.post(f"/a/{NURSES}/add", json=False, **sent)
    assert answer.status_code == status
    assert said in answer.text
    program = adding.post(f"/a/{NURSES}/add", json=True, **sent)
    assert program.status_code == status
    assert said in program.json()["message"]
    assert workspace(adding).store.last() == last


def test_words_with_other_line_ends_are_the_same_words(adding: Browser) -> None:
    """A browser changes line ends on the way, and selects no white space between two paragraphs."""
    block = next(each for each in ARTICLE.blocks if each.role == "body")
    words = ARTICLE.text[block.start - 5 : block.end].replace("\n", "\r\n")
    answer = adding.post(f"/a/{NURSES}/add", start=str(block.start - 5), end=str(block.end), text=words)
    assert "do not stand there" not in answer.text


def test_without_a_script_sentences_are_chosen_and_narrowed(adding: Browser) -> None:
    """First the sentences, then their words; each word says where it stands."""
    page = html.unescape(adding.get(f"/a/{NURSES}/add").text)
    assert " ".join(WORDS.split()) in page
    narrowed = adding.get(f"/a/{NURSES}/add?first={MISSED.sentence}").text
    starts = {int(each) for each in re.findall(r'value="(\d+)"', narrowed)}
    assert {MISSED.start, MISSED.end} <= starts
    assert adding.get(f"/a/{NURSES}/add?first=99999").status_code == 404
    several = adding.get(f"/a/{NURSES}/add?first={MISSED.sentence + 1}&last={MISSED.sentence}").text
    assert MISSED.start in {int(each) for each in re.findall(r'value="(\d+)"', several)}


def _parser_of(browser: Browser) -> BaseProcess:
    """Have the desk's parser asked for too few words, and return its process."""
    refused = browser.post(f"/a/{NURSES}/add", json=False, **TOO_FEW)
    assert refused.status_code == 422
    pool = workspace(browser).adding._pool
    assert pool is not None
    return next(iter(pool._processes.values()))


def test_pages_stay_quick_and_the_parsers_end_is_no_fault(folder: Path) -> None:
    """The parser works in a process of its own; if that is killed, the person is told and tries again."""
    with desk(folder) as browser:
        process = _parser_of(browser)
        process.kill()
        process.join()
        assert browser.post(f"/a/{NURSES}/add", json=False, **TOO_FEW).status_code == 422
        sent = {"start": str(MISSED.start), "end": str(MISSED.end)}
        assert browser.post(f"/a/{NURSES}/add", json=False, **sent).status_code == 303


def test_the_parser_leaves_ctrl_c_to_the_desk(folder: Path) -> None:
    """Ctrl-C in a terminal reaches every process of the desk: the parser's neither ends nor writes a traceback."""
    with desk(folder) as browser:
        process = _parser_of(browser)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGINT)
        assert browser.post(f"/a/{NURSES}/add", json=False, **TOO_FEW).status_code == 422
        assert process.is_alive()
    # Not join and is_alive: the pool's own thread may have taken the process's end already, and be about to say so.
    assert wait([process.sentinel], timeout=30), "the parser's process ends with the desk"
