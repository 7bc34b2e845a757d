"""What composing asks for invented claims, of whom, and what it never asks."""

import re

import pytest
from composing import Figure, Said, article, composed, place, questions, written

from briefs.domain.article import Copy
from briefs.domain.brief import Brief, Finding, Flag, FlagKind
from briefs.domain.claims import ClaimType, Extraction
from briefs.domain.scan import SourceKind, Speech
from briefs.domain.spans import How

HARBOUR = Said(
    "The harbour lost a record 3,412 jobs in March, according to Tilda Okonjo, head of the port union.",
    ClaimType.QUANTITY,
    "Tilda Okonjo",
    role="head of the port union",
    content="The harbour lost a record 3,412 jobs in March",
    figures=(Figure("3,412 jobs", 3412, 3412, "jobs", "in March"),),
    dates=("March",),
    superlative="a record",
    score=0.8,
)
DRIVER = Said(
    "“We were told to go home and never given a date,” a crane driver told the Strand Gazette.",
    ClaimType.STATEMENT,
    "a crane driver",
    SourceKind.ANONYMOUS,
    content="We were told to go home and never given a date",
    via=("the Strand Gazette",),
    speech=Speech.DIRECT,
)
IDLE = Said(
    "Okonjo said in a radio interview that 40% of the cranes stand idle.",
    ClaimType.QUANTITY,
    "Tilda Okonjo",
    content="that 40% of the cranes stand idle",
    figures=(Figure("40%", 40, 40, "%", kind="percent"),),
    score=0.5,
)
FAMILIES = Said(
    "Between 900 and 1,200 families have moved away.",
    ClaimType.QUANTITY,
    figures=(Figure("Between 900 and 1,200 families", 900, 1200, "families"),),
)
BILL = Said(
    "The parliament passed the harbour bill in its first reading.",
    ClaimType.RULE,
    event="passed",
    rule="bill",
)
FIRE = Said(
    "Officials said the fire in Hall 4 started in a battery store.",
    ClaimType.EVENT,
    "Officials",
    SourceKind.ORGANISATION,
    content="the fire in Hall 4 started in a battery store",
    event="started",
)
CASES = Said(
    "Norwegian minister Aksel Moen, citing data from the Harbour Authority, said 1,900 criminal cases were opened.",
    ClaimType.QUANTITY,
    "Aksel Moen",
    role="Norwegian minister",
    content="1,900 criminal cases were opened",
    basis=("data from the Harbour Authority",),
    figures=(Figure("1,900 criminal cases", 1900, 1900, "criminal cases"),),
)
CAUSE = Said("The closure was caused by a fall in grain prices.", ClaimType.CAUSE, cause="caused by")
FORECAST = Said(
    "Aksel Moen expects the port to close within years.",
    ClaimType.PREDICTION,
    "Aksel Moen",
    content="the port to close within years",
    score=0.2,
)
QUOTED = Said(
    "“The harbour will never be sold,” Aksel Moen said at a briefing in Bergen.",
    ClaimType.STATEMENT,
    "Aksel Moen",
    role="Norwegian minister",
    content="The harbour will never be sold",
    speech=Speech.DIRECT,
)
ALL = (HARBOUR, DRIVER, IDLE, FAMILIES, BILL, FIRE, CASES, CAUSE, FORECAST, QUOTED)


def serving(briefs: tuple[Brief, ...], number: int) -> list[str]:
    """Return the texts of all questions whose answers serve one claim."""
    wanted = briefs[number].id
    return [q.text for b in briefs for q in b.questions if wanted in q.serves]


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (HARBOUR, (r"Tilda Okonjo.*3,412 jobs", r"3,412 jobs", r"“record”")),
        (
            DRIVER,
            (r"the crane driver", r"the Strand Gazette", r"a person|Who else, with a name|second person"),
        ),
        (IDLE, (r"40%.*(?:share|Out of how many)", r"“radio interview”")),
        (FAMILIES, (r"900 to 1,200 families", r"900 to 1,200 families")),
        (BILL, (r"number|paragraph", r"in force|steps")),
        (FIRE, (r"“Officials”", r"“the fire in Hall 4 started in a battery store”.*day|date")),
        (
            CASES,
            (r"the Harbour Authority.*Aksel Moen", r"1,900 criminal cases.*yours", r"1,900 criminal cases"),
        ),
        (CAUSE, (r"link drawn in “The closure was caused by a fall",)),
        (FORECAST, (r"Aksel Moen",)),
        (QUOTED, (r"Aksel Moen", r"language.*translated|original wording", r"“briefing”")),
    ],
    ids=lambda value: value.quote[:24] if isinstance(value, Said) else "",
)
def test_a_claim_raises_its_own_questions(claim: Said, told: tuple[str, ...]) -> None:
    """Each kind of claim is asked about the thing it is about, named in the question."""
    texts = serving(composed(article(claim)).briefs, 0)
    for pattern in told:
        assert any(re.search(pattern, text) for text in texts), (pattern, texts)


def test_what_the_article_answers_is_not_asked() -> None:
    """A stated period, date and denominator are not asked for, and asked for where they are missing."""
    texts = serving(composed(article(HARBOUR)).briefs, 0)
    assert not any("run?" in t or "months or years" in t or "first published" in t for t in texts)
    bare = serving(composed(article(FAMILIES)).briefs, 0)
    assert any("run?" in t or "months or years" in t for t in bare), bare
    whole = IDLE._replace(figures=(Figure("40%", 40, 40, "%", kind="percent", denominator="the cranes"),))
    assert not any("share of" in t for t in serving(composed(article(whole)).briefs, 0))


def test_an_undated_article_is_first_asked_for_its_date() -> None:
    """Without a publication date the first question asks for it, once, for all claims that hang on it."""
    other = Said(
        "The shipyard closed in March.", ClaimType.EVENT, dates=("March",), event="closed", score=0.4
    )
    made = composed(article(HARBOUR, other, published=None))
    dated = [q for q in questions(made) if "first published" in q.text]
    assert [q.serves for q in dated] == [(made.briefs[0].id, made.briefs[1].id)]
    assert "“March”" in dated[0].text
    assert made.overview.first_questions[0] == dated[0].id
    assert dated[0].id in made.briefs[1].see_questions


def test_the_date_that_is_asked_about_is_one_of_the_claim_above() -> None:
    """The question stands under the most important claim that waits for it, in that claim's words."""
    claims = [
        Said(f"The {yard} closed in {month}.", ClaimType.EVENT, dates=(month,), event="closed", score=score)
        for yard, month, score in (("shipyard", "March", 0.4), ("sawmill", "May", 0.8))
    ]
    made = composed(article(*claims, published=None))
    [dated] = [q for q in questions(made) if "first published" in q.text]
    assert "“May”" in dated.text
    assert dated in made.briefs[1].questions


@pytest.mark.parametrize("copy", list(Copy))
def test_every_claim_has_one_to_five_questions(copy: Copy) -> None:
    """No claim is left without a question, none is padded, and low ones get few."""
    made = composed(article(*ALL, copy=copy))
    for brief in made.briefs:
        assert len(brief.questions) + len(brief.see_questions) >= 1, brief.claim.quote.text
        assert len(brief.questions) <= 5
        assert len(brief.questions) <= 2 or brief.claim.priority.level != "low"


def test_opinions_and_predictions_are_only_asked_for_words_and_occasion() -> None:
    """What has not happened, or is a view, is not asked for figures, witnesses or causes."""
    texts = serving(composed(article(FORECAST)).briefs, 0)
    assert texts
    assert not any(re.search(r"record|witness|counted|link", text) for text in texts)


def test_ids_run_in_printed_order_and_references_hold() -> None:
    """q1, q2 … stand in the order of the page; every reference points at a question that serves the claim."""
    made = composed(article(*ALL, published=None))
    asked = questions(made)
    assert [q.id for q in asked] == [f"q{n}" for n in range(1, len(asked) + 1)]
    by_id = {q.id: q for q in asked}
    for brief in made.briefs:
        assert all(brief.id in by_id[i].serves for i in brief.see_questions)
        assert all(q.serves[0] == brief.id for q in brief.questions)
    for question in asked:
        for served in question.serves[1:]:
            assert any(question.id in b.see_questions for b in made.briefs if b.id == served)


def test_a_source_is_asked_once_how_it_knows() -> None:
    """Two claims of one source share the question how it knows."""
    made = composed(article(HARBOUR, IDLE))
    knowing = [q for q in questions(made) if q.ask.startswith("Tilda Okonjo") and len(q.serves) == 2]
    assert len(knowing) == 1
    assert made.briefs[1].see_questions == (knowing[0].id,)


def test_the_same_article_gives_the_same_words() -> None:
    """Composing is deterministic."""
    assert composed(article(*ALL)) == composed(article(*ALL))


def test_quoted_runs_are_exact_slices() -> None:
    """Whatever stands between quotation marks in a question or an item stands so in the article."""
    made = article(*ALL, published=None)
    result = composed(made)
    texts = [q.text + q.settles for q in questions(result)]
    texts += [m.what + m.why + m.holder for b in result.briefs for m in b.missing_evidence]
    runs = [run for text in texts for run in re.findall(r"“([^”]*)”", text)]
    assert len(runs) > 20
    assert [run for run in runs if run not in made.article.text] == []


def test_missing_evidence_names_things_and_no_question_restates_them() -> None:
    """An item is a thing somebody holds, not a question, and no question merely asks for it."""
    small = {
        "the",
        "a",
        "of",
        "in",
        "on",
        "for",
        "and",
        "or",
        "that",
        "with",
        "its",
        "is",
        "was",
        "what",
        "by",
        "who",
    }

    def content(text: str) -> set[str]:
        return set(re.findall(r"\b[a-z]+\b", re.sub(r"“[^”]*”", "", text))) - small

    for brief in composed(article(*ALL, published=None)).briefs:
        for item in brief.missing_evidence:
            assert "?" not in item.what
            assert item.holder
            assert item.why
            for question in brief.questions:
                words = content(item.what)
                assert len(words & content(question.text)) < max(2, 0.7 * len(words)), (
                    item.what,
                    question.text,
                )


@pytest.mark.parametrize(
    ("claim", "what", "holder"),
    [
        (CASES, r"data of the Harbour Authority", r"Harbour Authority"),
        (CASES, r"count and the definitions behind 1,900 criminal cases", r"prosecutor"),
        (DRIVER, r"report by the Strand Gazette", r"Strand Gazette \(archive\)"),
        (HARBOUR, r"series behind “record”", r"."),
        (
            QUOTED,
            r"recording or full transcript of Aksel Moen’s words \(“briefing”\)",
            r"Aksel Moen’s office",
        ),
        (BILL, r"registered text and voting record", r"parliament"),
        (FIRE, r"the name of somebody who stands by", r"news desk"),
    ],
)
def test_missing_evidence_is_named_from_the_claim(claim: Said, what: str, holder: str) -> None:
    """Documents, records and recordings are named after the claim's own elements, each with a holder."""
    items = composed(article(claim)).briefs[0].missing_evidence
    assert any(re.search(what, m.what) and re.search(holder, m.holder) for m in items), items


UNASKED = FlagKind.MACHINE_ADDRESSED
"""Whether such a passage belongs to the article is for the editor to see; nobody has to be asked."""


def test_text_for_a_program_is_flagged_and_moves_no_question() -> None:
    """Somebody who plants such text must not push the questions of other claims aside."""
    made = article(HARBOUR, CASES)
    ids = tuple(c.id for c in made.extraction.claims)
    span = place(made.article.text, "3,412 jobs")
    finding = Finding(flag=Flag(kind=UNASKED, note="n", spans=(span,)), briefs=ids[:1], article_wide=True)
    result = composed(made, [finding])
    assert [f.kind for f in result.briefs[0].flags] == [f.kind for f in result.overview.flags] == [UNASKED]
    assert questions(result) == questions(composed(made))


@pytest.mark.parametrize("kind", [kind for kind in FlagKind if kind not in (UNASKED, FlagKind.HIDDEN_TEXT)])
def test_every_flag_raises_one_question_with_its_words(kind: FlagKind) -> None:
    """A flag of any kind becomes one question that shows the words it is about."""
    made = article(HARBOUR, CASES)
    first, second = place(made.article.text, "3,412 jobs"), place(made.article.text, "1,900 criminal cases")
    ids = tuple(c.id for c in made.extraction.claims)
    finding = Finding(flag=Flag(kind=kind, note="n", spans=(first, second)), briefs=ids, article_wide=True)
    result = composed(made, [finding])
    plain = {q.text for q in questions(composed(made))}
    raised = [q for q in questions(result) if q.text not in plain and "3,412 jobs" in q.text]
    assert len(raised) == 1, [q.text for q in questions(result)]
    assert raised[0].serves == ids
    assert next(q for b in result.briefs for q in b.questions if b.id == ids[0]) == raised[0] or (
        raised[0].id in result.briefs[0].see_questions
    ), "what a flag raises comes first, or is referred to"
    assert [f.kind for b in result.briefs for f in b.flags] == [kind, kind]
    assert [f.kind for f in result.overview.flags] == [kind]


@pytest.mark.parametrize(
    ("copy", "outlet", "byline", "ask"),
    [
        (Copy.OWN, None, None, "the author"),
        (Copy.OWN, None, "By Nils Ramm", "the author, Nils Ramm"),
        (Copy.PUBLISHED, "The Lindhaven Courier", None, "the news desk of The Lindhaven Courier"),
        (Copy.PUBLISHED, "The Lindhaven Courier", "Nils Ramm", "Nils Ramm, The Lindhaven Courier"),
        (Copy.PUBLISHED, None, None, "the article’s author or outlet"),
    ],
)
def test_whose_copy_it_is_decides_who_is_asked(
    copy: Copy, outlet: str | None, byline: str | None, ask: str
) -> None:
    """Our own draft goes back to its author, a published one to its outlet."""
    made = composed(article(FAMILIES, copy=copy, outlet=outlet, byline=byline))
    assert ask in {q.ask for q in questions(made)}


def test_a_neighbours_source_is_asked_about_not_assumed() -> None:
    """A possible source is never counted as the claim's source."""
    claim = CAUSE._replace(source="Aksel Moen", how=How.POSSIBLE)
    made = composed(article(claim))
    assert any("Aksel Moen" in text for text in serving(made.briefs, 0))
    assert made.overview.sourcing.sources == ()


def test_the_summary_says_what_the_article_rests_on() -> None:
    """The first screen tells date, byline, links, sources, unnamed ones, relays and unsourced figures."""
    made = composed(article(*ALL, published=None, republished_from="Pilot Weekly"))
    summary = made.overview.sourcing.summary
    assert summary == (
        "Undated, no byline, no link, republished from Pilot Weekly. "
        "It names two sources and leaves two others unnamed; one is relayed, by way of the Strand Gazette. "
        "Four figures, one without a source (900 to 1,200 families)."
    )
    assert made.overview.sourcing.figures_without_source == 1
    assert made.overview.sourcing.unnamed == 2
    assert {s.name: s.claims for s in made.overview.sourcing.sources}["Tilda Okonjo"] == 2


def test_first_questions_are_few_and_differ_in_whom_they_ask() -> None:
    """Three to six questions open the page, put to at least three different people."""
    made = composed(article(*ALL, published=None))
    by_id = {q.id: q for q in questions(made)}
    first = [by_id[i] for i in made.overview.first_questions]
    assert 3 <= len(first) <= 6
    assert len({q.ask for q in first}) >= 3


def test_nothing_is_composed_for_an_article_without_claims() -> None:
    """An article without claims has an empty set of briefs and still a first screen."""
    bare = written(Said("x"), published=None)
    made = composed(bare._replace(extraction=Extraction(claims=(), ledger=())))
    assert made.briefs == ()
    assert made.overview.sourcing.summary.startswith("Undated")
