"""The project's own recording of the sample corpus: whole, safe to publish, and bound to every character."""

import json
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from golden import CORPUS
from vcr.request import Request as VcrRequest

from briefs.config import Settings
from briefs.llm.cassette_body import canonical
from briefs.llm.cassette_check import leaks, orphans
from briefs.llm.cassette_file import Label, Persister, Serializer
from briefs.llm.cassettes import Mode, Recording
from briefs.llm.engines import engine
from briefs.llm.exchange import ArticleRef
from briefs.llm.recording import INFO_FILE, RecordingInfo
from briefs.pipeline import Outcome, Wanted, article_of, given_by_user, run_many
from briefs.prompts import load_prompts
from briefs.readers.inputs import inputs

RECORDED = CORPUS / "recorded"
PROMPTS = CORPUS.parent / "prompts"
GIVEN = given_by_user("published", None, None)
ARTICLES = {found.path: article_of(found, GIVEN).slug for found in inputs([str(CORPUS)])}
AGAIN = "record the corpus again (make record)"


class Replayed(NamedTuple):
    """What a replay of the corpus came to."""

    outcomes: dict[str, Outcome]
    unplayed: dict[str, tuple[Label, ...]]


def _replay(paths: list[str], recorded: Path, prompts: Path | None = None) -> Replayed:
    replaying = engine(Settings(prompts=prompts), replay=recorded)
    outcomes = {
        each.input.path: each for each in run_many(inputs(paths), GIVEN, Wanted(("md",)), 1, replaying)
    }
    assert replaying._recording is not None
    return Replayed(outcomes, replaying._recording.unplayed)


@cache
def replayed() -> Replayed:
    """Return the replay of the whole corpus, once a session."""
    return _replay([str(CORPUS)], RECORDED)


def test_every_article_is_recorded_and_nothing_else_is() -> None:
    """Protects `make demo`: a recording for each article, and no file of an article that is gone."""
    assert ARTICLES
    missing = [path for path, slug in ARTICLES.items() if not (RECORDED / f"{slug}.yaml").is_file()]
    assert missing == [], AGAIN
    assert orphans(RECORDED, ARTICLES.values()) == (), AGAIN


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: Path(path).name)
def test_it_replays(path: str) -> None:
    """Protects `make demo`: each article is briefed from its recording alone, and needs every exchange."""
    outcome = replayed().outcomes[path]
    assert outcome.error is None, AGAIN
    assert outcome.drafted is not None
    assert replayed().unplayed.get(ARTICLES[path], ()) == (), AGAIN


def test_it_was_made_with_the_prompts_of_today() -> None:
    """Protects the folder's own words about itself."""
    assert RecordingInfo.read(RECORDED).prompts == load_prompts().versions(), AGAIN


@pytest.mark.parametrize("name", [f"{slug}.yaml" for slug in ARTICLES.values()] + [INFO_FILE])
def test_it_leaks_nothing(name: str) -> None:
    """Protects keys, accounts and machines: no file holds anything shaped like a secret or an address."""
    assert leaks(RECORDED / name) == ()


@pytest.mark.parametrize("slug", ARTICLES.values())
def test_one_changed_character_is_not_replayed(slug: str) -> None:
    """Protects against a green replay of calls nobody made: prompt, article and schema all count."""
    recording = Recording(RECORDED, Mode.REPLAY)
    article = ArticleRef(slug=slug, path=slug)
    exchanges = _requests(recording.path(slug))
    assert exchanges
    for request in exchanges:
        assert recording.play(article, request) is not None
        changed = 0
        for body in _changed(json.loads(request.body)):
            other = VcrRequest(request.method, request.uri, _canonical(body), {})
            assert recording.play(article, other) is None
            changed += 1
        assert changed >= 9


def test_a_changed_prompt_is_not_replayed(tmp_path: Path) -> None:
    """Protects the way from the prompt's file to the wire: after one character the call is missing."""
    file = PROMPTS / "extract.md"
    head, middle, text = file.read_text("utf-8").rpartition("\n---\n")
    begin = text.index("\n", text.index("# System"))
    place = next(at for at in range(begin, len(text)) if text[at].isalpha())
    (tmp_path / file.name).write_text(head + middle + text[:place] + "Z" + text[place + 1 :], "utf-8")
    path = min(ARTICLES)
    error = _replay([path], RECORDED, tmp_path).outcomes[path].error
    assert error is not None
    assert "not in the recording" in error
    assert "has it with other messages" in error


def test_a_changed_article_is_not_replayed(tmp_path: Path) -> None:
    """Protects the way from the article's file to the wire: one character, and the replay names the call."""
    path = next(path for path in sorted(ARTICLES) if path.endswith(".txt"))
    text = Path(path).read_text("utf-8")
    place = next(at for at in range(len(text) // 2, len(text)) if text[at].islower())
    copy = tmp_path / "corpus" / Path(path).name
    copy.parent.mkdir()
    copy.write_text(text[:place] + ("e" if text[place] != "e" else "a") + text[place + 1 :], "utf-8")
    recorded = tmp_path / "recorded"
    recorded.mkdir()
    (found,) = inputs([str(copy.parent)])
    shutil.copy(RECORDED / INFO_FILE, recorded)
    shutil.copy(RECORDED / f"{ARTICLES[path]}.yaml", recorded / f"{article_of(found, GIVEN).slug}.yaml")
    error = _replay([str(copy.parent)], recorded).outcomes[found.path].error
    assert error is not None
    assert "has it with other messages" in error


def _requests(path: Path) -> list[VcrRequest]:
    cassette = Persister().load_cassette(path, Serializer)
    return list(cassette[0])


def _canonical(body: object) -> bytes:
    return canonical(json.dumps(body).encode())


def _changed(body: dict[str, object]) -> Iterator[dict[str, object]]:
    """Yield the body with one character changed, at three places of each text and of the schema."""
    messages = body["messages"]
    assert isinstance(messages, list)
    for index, message in enumerate(messages):
        for text in _altered(message["content"]):
            yield body | {
                "messages": [*messages[:index], message | {"content": text}, *messages[index + 1 :]]
            }
    schema = json.dumps(body["response_format"])
    for text in _altered(schema, letters=True):
        yield body | {"response_format": json.loads(text)}


def _altered(text: str, *, letters: bool = False) -> Iterator[str]:
    places = [at for at, character in enumerate(text) if character.isalpha()] if letters else range(len(text))
    if letters:  # only inside names and words: the rest would not be JSON any more
        places = [at for at in places if text[at - 1].isalpha() and text[at + 1 : at + 2].isalpha()]
    for at in {places[0], places[len(places) // 2], places[-1]}:
        yield text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
