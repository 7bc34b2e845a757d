"""A flag that stands under two claims names under each the other one."""

from pathlib import Path

from flagging import article_of

from briefs.domain.brief import FlagKind
from briefs.pipeline.order import draft
from briefs.steps.ingest import Given, Origin, ingest

SAMPLE = Path(__file__).parents[2] / "corpus" / "halmen-gazette-nurses.docx"


def test_two_claims_of_one_flag_name_each_other() -> None:
    """An editor who reads one of two figures that do not fit is led to the other; the flag counts once."""
    result = draft(ingest(SAMPLE.read_bytes(), Origin(id="a.docx", path="a.docx"), Given()))
    under = {
        (brief.id, flag.alone): flag.other_brief
        for brief in result.briefs
        for flag in brief.flags
        if flag.kind is not FlagKind.FIGURE_UNSOURCED  # lacks something under one of the two alone
    }
    named = {(brief, flag): other for (brief, flag), other in under.items() if other is not None}
    assert named
    for (brief, flag), other in named.items():
        assert under[other, flag] == brief
    for (_, flag), seen in under.items():
        claims = [brief for brief, each in under if each == flag]
        assert (seen is not None) == (len(claims) == 2)


def test_a_figure_without_a_source_is_flagged_under_its_own_claim_alone() -> None:
    """The claim of the figure beside it has its source: it is named, and no flag says that it lacks one."""
    text = (
        "Boats leave the harbour\n\n"
        "The harbour office said that 210 boats left in May.\n\n"
        "Since January, 1,400 boats have left the coast.\n"
    )
    *_, sourced, bare = draft(article_of(text)).briefs
    assert [flag.kind for flag in sourced.flags] == []
    assert [(flag.kind, flag.other_brief) for flag in bare.flags] == [(FlagKind.FIGURE_UNSOURCED, sourced.id)]
    assert any("the harbour office" in question.text for question in bare.questions)
