"""Compose: for every claim the missing evidence and the questions, and the article's first screen.

Everything is drafted from the article's own words and a bank of wordings; no model is called here,
nothing is looked up, and nothing says whether a claim is true. The same article gives the same words.
"""

from briefs.domain.article import Article
from briefs.domain.brief import Brief, Composition, Finding, Flag, FlagKind
from briefs.domain.claims import Extraction
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.steps.compose.asking_article import about_article, about_flags, about_replies
from briefs.steps.compose.asking_claim import about_claim
from briefs.steps.compose.asking_source import about_source
from briefs.steps.compose.distribute import distribute
from briefs.steps.compose.evidence import Reports, missing
from briefs.steps.compose.facts import facts
from briefs.steps.compose.overview import overview
from briefs.steps.compose.reading import Reading

__all__ = ["compose"]


def compose(  # noqa: PLR0913 - what the steps before it found
    article: Article,
    segmentation: Segmentation,
    scan: Scan,
    extraction: Extraction,
    findings: tuple[Finding, ...],
    *,
    before: Extraction | None = None,
) -> Composition:
    """Return the overview and one brief a claim, in the article's order.

    `before` is what was extracted before a model moved it: its claims ask first, in their order of then, so
    that no claim that a model adds or lowers costs another one its questions.
    """
    reading = Reading(article, segmentation, scan, extraction.claims)
    views = {i for each in findings if each.flag.kind is FlagKind.ANONYMOUS_OPINION for i in each.briefs}
    all_facts = [facts(reading, claim) for claim in extraction.claims]
    all_facts = [f._replace(judged=f.judged or f.id in views) for f in all_facts]
    priorities = {each.id: each.claim.priority for each in (before or extraction).claims}
    known = {f.id: f for f in all_facts}
    raised = [
        *about_article(reading, [f for f in all_facts if f.id in priorities] or all_facts),
        *about_flags(reading, findings, known),
        *about_replies(reading, all_facts),
    ]
    of_claims = {f.id: [*about_source(reading, f), *about_claim(reading, f)] for f in all_facts}
    asked = distribute(all_facts, of_claims, raised, priorities)
    flags: dict[str, list[Flag]] = {name: [] for name in known}
    for finding in findings:
        concerned = [name for name in dict.fromkeys(finding.briefs) if name in flags]
        for name in concerned:
            others = [other for other in (*concerned, *finding.beside) if other != name]
            # Of three claims none is the other one.
            other = others[0] if len(others) == 1 else None
            flags[name].append(finding.flag.model_copy(update={"other_brief": other}))
    reports = Reports()
    briefs = tuple(
        Brief(
            id=f.id,
            claim=f.claim.claim,
            attribution=f.attribution,
            missing_evidence=missing(reading, f, reports),
            questions=asked.questions[f.id],
            see_questions=asked.elsewhere[f.id],
            flags=tuple(flags[f.id]),
        )
        for f in all_facts
    )
    return Composition(overview=overview(reading, all_facts, findings, briefs, asked), briefs=briefs)
