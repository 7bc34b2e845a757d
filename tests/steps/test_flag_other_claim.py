"""A flag that stands under two claims names under each the other one."""

from pathlib import Path

from briefs.pipeline.order import draft
from briefs.steps.ingest import Given, Origin, ingest

SAMPLE = Path(__file__).parents[2] / "corpus" / "byte-ballot-tax-assistant.md"


def test_two_claims_of_one_flag_name_each_other() -> None:
    """An editor who reads one of two figures that do not fit is led to the other; the flag counts once."""
    result = draft(ingest(SAMPLE.read_bytes(), Origin(id="a.txt", path="a.txt"), Given()))
    under = {(brief.id, flag.alone): flag.other_brief for brief in result.briefs for flag in brief.flags}
    named = {(brief, flag): other for (brief, flag), other in under.items() if other is not None}
    assert named
    for (brief, flag), other in named.items():
        assert under[other, flag] == brief
    for (_, flag), seen in under.items():
        claims = [brief for brief, each in under if each == flag]
        assert (seen is not None) == (len(claims) == 2)
