"""Whatever a model answers, any string at all: the brief invents nothing and loses nothing.

The whole pipeline runs; only the scan of the two invented articles, which no answer changes, is made once.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from assisting import (
    CHOSEN,
    MODEL,
    REASONS,
    WEIR,
    Said,
    article_of,
    asking,
    every_string,
    offline,
    shown,
    sound,
)
from fault_server import Body
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.llm.port import CallFailure, FailureKind, Reply, Request, drive
from briefs.pipeline import order
from briefs.steps.render import render
from briefs.steps.scan import scan

FERRY = """Ferry “Anke” ran without papers for months, harbour office admits

QUILLHAVEN, 3 March - The ferry Anke carried 1,150 passengers a day without a valid certificate, a spokesman \
for the harbour office said on Monday.

“It should not have sailed,” the spokesman, Peer Oskam, told reporters. He denied that anyone was in danger.

According to a letter seen by the Quillhaven Post, inspector Lena Brook warned the office in October; it did \
not answer. The operator, Skerry Lines, reportedly paid a fine of $40,000 and may lose its licence.

“Nobody told us,” said Mara Lund, a passenger. She has used the ferry since 2011.
"""
TEXTS = (WEIR, FERRY)
INVENTED = ("Halvorsen", "Zagreb", "Quirke Institute", "McAllister", "Ольга", "東京", "NATO")
FIGURES = ("19,000", "413", "16 percent", "€7 million", "2031", "seventy-three", "½", "٣")
PIECES = (
    *INVENTED,
    *FIGURES,
    *("18,000", "2019", "40", "€2.4 million", "1,150", "October", "Edda Marsh", "Jonas Pell", "Peer Oskam", "she"),
    *("not", "never", "allegedly", "may", "said", "according to", "the county", "the harbour office", "the records"),
    *("“", "”", '"', "«", "'", "[", "]", "“we never knew”", "Nobody told us", "false", "true", "?", ".", ",", "\n"),
    *("\x00", "\u202e", "\ud800", "<b>", "](http://x.example)", "{{ x }}", "Which records show", "who counted"),
)  # fmt: skip
PIECE = st.sampled_from(PIECES)
WORDS = tuple(
    sentence for text in TEXTS for sentence in re.split(r"(?<=[.,;”]) ", text) if len(sentence) > 12
)


@st.composite
def bent(draw: st.DrawFn) -> str:
    """Draw words of an article, whole, cut, or with a piece of any kind put in place of some."""
    words = draw(st.sampled_from((*WORDS, *(each["words"] for each in CHOSEN)))).split(" ")
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(words)))
        words[at : at + draw(st.integers(0, 3))] = draw(st.lists(PIECE, max_size=2))
    return " ".join(words)


STRING = st.one_of(bent(), st.lists(PIECE, min_size=1, max_size=5).map(" ".join), st.text(max_size=30))
NUMBER = st.integers(-1, 14)
CLAIM = st.builds(
    lambda n, words, word, name, source, via, kind: (
        {"n": n, "words": words, "source": source, "via": via}
        | {"type": kind, "alone": words.replace(word, name, 1), "names": [{"word": word, "name": name}]}
    ),
    *(NUMBER, STRING, st.one_of(PIECE, st.sampled_from(("the", "She", "the firm", "not"))), STRING, STRING),
    *(st.lists(STRING, max_size=2), st.sampled_from(("event", "quantity", "rule", "other", "opinion"))),
)
LEFT_OUT = st.fixed_dictionaries({why: st.lists(NUMBER, max_size=4) for why in REASONS})
QUESTION = st.fixed_dictionaries(
    {"ask": STRING, "text": st.one_of(STRING, PIECE.map("Which records show {} for the 18,000 tonnes?".format)), "settles": STRING}
)  # fmt: skip
MISSING = st.fixed_dictionaries(
    {"holder": STRING, "what": STRING.map("the records of {}".format), "why": STRING}
)
ITEM = st.fixed_dictionaries(
    {"claim": NUMBER, "about": STRING, "missing": st.lists(MISSING, max_size=2), "questions": st.lists(QUESTION, max_size=2)}
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | STRING,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("claims", "left_out", "n", "words", "claim", "questions")), inner, max_size=3)
    ),
    max_leaves=8,
)  # fmt: skip
Speaker = Callable[[Body], str]


def _of_shape(body: Body, claims: list[Said], left_out: Said, items: list[Said]) -> str:
    answer = {"claims": claims, "left_out": left_out} if shown(body).step == "extract" else {"claims": items}
    return json.dumps(answer)


def _mutated(body: Body, cuts: list[tuple[float, int, str]]) -> str:
    """Return a sound answer with pieces of any kind put in place of some of its characters."""
    text = sound(body) if shown(body).lines else json.dumps({"claims": []})
    for place, length, piece in cuts:
        at = round(place * len(text))
        text = text[:at] + piece + text[at + length :]
    return text


CUT = st.tuples(st.floats(0, 1), st.integers(0, 20), PIECE.map(lambda piece: json.dumps(piece)[1:-1]))
SPEAKER: st.SearchStrategy[Speaker] = st.one_of(
    st.builds(
        lambda c, o, i: lambda body: _of_shape(body, c, o, i),
        *(st.lists(CLAIM, max_size=6), LEFT_OUT, st.lists(ITEM, max_size=5)),
    ),
    st.lists(CUT, max_size=4).map(lambda cuts: lambda body: _mutated(body, cuts)),
    JSON.map(lambda value: lambda _: json.dumps(value)),
    st.text(max_size=60).map(lambda text: lambda _: text),
)
REPLIES = st.lists(
    st.tuples(SPEAKER, st.sampled_from((None,) * 20 + tuple(FailureKind))), min_size=1, max_size=5
)


@cache
def _scanned(article: Article, segmentation: Segmentation) -> Scan:
    return scan(article, segmentation)


@pytest.fixture(autouse=True, scope="module")
def scanned_once() -> Iterator[None]:
    """Keep the scan of each article, which no answer of a model changes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order, "scan", _scanned)
        yield


def drafted(text: str, replies: list[tuple[Speaker, FailureKind | None]]) -> ArticleBriefs:
    """Draft an article with a model that gives these replies in turn, and again from the first."""
    asked = 0

    def answer(request: Request) -> Reply:
        nonlocal asked
        speaker, kind = replies[asked % len(replies)]
        asked += 1
        assert asked < 200
        last = {"content": request.messages[-1].text}
        body = {"messages": [last], "response_format": {"json_schema": {"name": request.schema_name}}}
        return Reply(
            text=speaker(body), failure=CallFailure(kind=kind, message="it failed") if kind else None
        )

    result: ArticleBriefs = drive(asking(article_of(text)), answer).briefs
    return result


@settings(max_examples=100, deadline=None)
@given(text=st.sampled_from(TEXTS), replies=REPLIES)
def test_whatever_a_model_answers_nothing_is_invented_and_nothing_lost(
    text: str, replies: list[tuple[Speaker, FailureKind | None]]
) -> None:
    """No quotation and no figure from elsewhere, no such name but whom to ask or who holds; all offline lines stay."""
    result = drafted(text, replies)
    ArticleBriefs.model_validate_json(result.model_dump_json())
    before = offline(article_of(text))
    assert not any(failure.kind == "unforeseen" for failure in result.made.failures), result.made.failures
    assert_kept(before, result)
    assert_nothing_invented(before, result)


def assert_kept(before: ArticleBriefs, result: ArticleBriefs) -> None:
    """Assert that every offline claim, question and line of missing evidence is there, and all the text."""
    after = {each.id: each for each in result.briefs}
    asked = {question.text for each in result.briefs for question in each.questions}
    for old in before.briefs:
        new = after[old.id]
        assert new.claim.quote == old.claim.quote
        # A source that the model alone found, or reads otherwise, changes what is worth asking.
        moved = new.attribution != old.attribution or {f.kind for f in new.flags} != {
            f.kind for f in old.flags
        }
        for question in () if moved else old.questions:
            assert question.text in asked, question.text
        lacking = {each.what for each in new.missing_evidence}
        for missing in old.missing_evidence:
            assert missing.what in lacking, missing.what
    assert [(e.start, e.end) for e in result.ledger] == [(e.start, e.end) for e in before.ledger]


def assert_nothing_invented(before: ArticleBriefs, result: ArticleBriefs) -> None:
    """Assert it of every string that the offline draft does not have."""
    text = result.article.text
    known = set(every_string(before.model_dump(mode="json")))
    for string in set(said(result)) - known:
        for figure in re.findall(r"\d[\d.,]*\d|\d", string):
            assert re.search(rf"(?<![\d]){re.escape(figure)}(?!\d)", text), string
        for strange in (*INVENTED, "seventy-three", "½", "٣", "16 percent", "\x00", "\u202e", "<b>", "{{"):
            assert strange not in string, string
        for quoted in re.findall(r"“([^“”]*)”", string):
            assert quoted in " ".join(text.split()) or quoted in text, string
    free = [party for party in parties(result) if any(name in party for name in INVENTED)]
    assert all(party in render(result, "json") for party in free)


def said(result: ArticleBriefs) -> Iterator[str]:
    """Yield every string of a brief but ids, the article, the notes of a run, and the model's addressees."""
    whole = result.model_dump(mode="json", exclude={"article", "made"})
    for each in whole["briefs"]:
        for line in (*each["questions"], *each["missing_evidence"]):
            if line["drafted_by"] == MODEL:
                line.pop("ask", None)
                line.pop("holder", None)
            line.pop("id", None)
            line.pop("serves", None)
        for name in ("id", "see_questions"):
            del each[name]
    del whole["overview"]["first_questions"]
    for entry in whole["ledger"]:
        del entry["briefs"]
    yield from every_string(whole)


def parties(result: ArticleBriefs) -> list[str]:
    """Return whom the model would ask, and who it says holds evidence."""
    asked = [q.ask for each in result.briefs for q in each.questions if q.drafted_by == MODEL]
    return asked + [
        m.holder for each in result.briefs for m in each.missing_evidence if m.drafted_by == MODEL
    ]
