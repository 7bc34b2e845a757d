"""The whole pipeline against the corpus' manifest: what must never happen, and floors that only rise."""

from collections import Counter
from functools import cache

import pytest
from golden import manifest
from score import Found, find, marks

from briefs.domain.claims import Disposition

FLOORS = {
    "metadata: title": 1.0,
    "metadata: republished_from": 1.0,
    "block roles": 0.97,
    "furniture recognised": 0.95,
    "furniture kept out": 1.0,
    "claims": 0.97,
    "left out": 0.95,
    "speakers": 0.96,
    "chains": 1.0,
    "quantities": 0.97,
    "dates": 0.96,
    "criticised": 0.8,
    "flags": 1.0,
}
"""Share of the manifest's expectations that must be met; raised when the pipeline gets better."""


@cache
def found(file: str) -> Found:
    """Return what the pipeline finds in one article of the corpus, once a session."""
    return find(next(gold for gold in manifest().articles if gold.file == file))


FILES = [gold.file for gold in manifest().articles]


@pytest.mark.parametrize("file", FILES)
def test_every_sentence_is_accounted_for(file: str) -> None:
    """Each sentence is in the ledger once with a reason, and no page furniture becomes a claim."""
    result = found(file)
    for entry in result.extraction.ledger:
        assert entry.reason
        if entry.disposition is Disposition.FURNITURE:
            assert not entry.briefs
    covered = "".join(result.article.text[e.start : e.end] for e in result.extraction.ledger)
    assert "".join(covered.split()) == "".join(result.article.text.split())


@pytest.mark.parametrize("gold", [gold for gold in manifest().articles if gold.clean], ids=lambda g: g.file)
def test_a_clean_article_gets_no_flag(gold: object) -> None:
    """An article without planted trouble is not flagged: a wrong flag costs more than a missing one."""
    file = getattr(gold, "file", "")
    assert [finding.flag.note for finding in found(file).findings] == []


def test_no_measure_falls_under_its_floor() -> None:
    """Claims, speakers, furniture and flags of the manifest are met at least as often as before."""
    met: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    missed: dict[str, list[str]] = {}
    for gold in manifest().articles:
        for mark in marks(gold, found(gold.file)):
            asked[mark.measure] += 1
            met[mark.measure] += mark.met
            if not mark.met:
                missed.setdefault(mark.measure, []).append(f"{gold.file}: {mark.about[:120]}")
    assert set(FLOORS) <= set(asked)
    for measure, floor in FLOORS.items():
        share = met[measure] / asked[measure]
        assert share >= floor, f"{measure}: {met[measure]} of {asked[measure]}; {missed[measure][:5]}"
