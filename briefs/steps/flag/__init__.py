"""Flag: where the text, taken by its own words, does not sit right; each with arithmetic or wordings.

A flag that is wrong costs more trust than one that is missing: every rule here asks for two
places of the text to lay side by side, and says nothing where units, periods or subjects are in doubt.
"""

from collections.abc import Callable, Iterator

from briefs.domain.article import Article
from briefs.domain.brief import Finding
from briefs.domain.claims import Extraction
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.steps.flag.calendar import date_ahead, weekday_misfit, year_left_out, years_backwards
from briefs.steps.flag.context import Context
from briefs.steps.flag.counting import figure_announced, figure_unsourced, units_mixed
from briefs.steps.flag.hedged import headline_firmer, hedge_lost
from briefs.steps.flag.intervals import interval_misfit
from briefs.steps.flag.machines import hidden_text, machine_addressed
from briefs.steps.flag.polarity import negation_missing
from briefs.steps.flag.proof import proof_claimed
from briefs.steps.flag.rates import bound_beside_range, corroboration, headline_figure, rate_and_total
from briefs.steps.flag.slips import conversion_misfit, magnitude_slipped, part_above_whole, points_misfit
from briefs.steps.flag.strangers import stranger
from briefs.steps.flag.twins import figure_differs, quotation_differs, statement_differs
from briefs.steps.flag.voices import anonymous_opinion, quotation_spliced
from briefs.steps.flag.wholes import parts_and_whole, shares
from briefs.steps.flag.years import year_misfit

Rule = Callable[[Context], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    headline_firmer,
    headline_figure,
    hedge_lost,
    corroboration,
    rate_and_total,
    bound_beside_range,
    parts_and_whole,
    shares,
    units_mixed,
    figure_announced,
    figure_unsourced,
    interval_misfit,
    year_misfit,
    quotation_spliced,
    anonymous_opinion,
    proof_claimed,
    weekday_misfit,
    date_ahead,
    year_left_out,
    years_backwards,
    points_misfit,
    conversion_misfit,
    magnitude_slipped,
    part_above_whole,
    quotation_differs,
    statement_differs,
    figure_differs,
    negation_missing,
    stranger,
    hidden_text,
    machine_addressed,
)


def flag(
    article: Article, segmentation: Segmentation, scan: Scan, extraction: Extraction
) -> tuple[Finding, ...]:
    """Return the flags of one article in the order of the words they are about, each pair of places once."""
    context = Context.of(article, segmentation, scan, extraction)
    findings: dict[tuple[object, ...], Finding] = {}
    for rule in RULES:
        for finding in rule(context):
            places = frozenset((span.start, span.end) for span in finding.flag.spans)
            findings.setdefault((finding.flag.kind, places), finding)
    return tuple(sorted(findings.values(), key=_place))


def _place(finding: Finding) -> tuple[int, str]:
    """Return where a flag stands; one without a place is about the file, and comes first."""
    return (finding.flag.spans[0].start if finding.flag.spans else -1, finding.flag.kind)
