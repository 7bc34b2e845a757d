"""Related claims and origins on a page: what is shown, how much of it, and that hostile words stay words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import IDS, invented
from invented_article import ID, TEXT
from markupsafe import escape

from briefs.domain.brief import ArticleBriefs, Flag, FlagKind, Origin, Origins, Related
from briefs.domain.scan import SourceKind
from briefs.domain.slug import slug
from briefs.domain.spans import Quote
from briefs.steps.render import render
from briefs.steps.render.origins import OriginLines, given_reasons, origin_lines
from briefs.steps.render.related import LONGEST, MOST, marks_for, others
from briefs.steps.render.sealing import sealed_others
from briefs.text.unseen import named
from briefs.verify.passages import passages
from briefs.verify.rewritten import Kept, Quoting, check_markdown

WORDS = st.text(alphabet="ab1 \n“”‘’\"'«»*_<>&|[](){}#`~.!-\\é\u202e", min_size=1, max_size=30)


def related(text: str, **changes: object) -> Related:
    """Return a claim of another article that is all of its text."""
    given = {"kind": "same", "brief": "b0", "article": "other.txt", "note": "It agrees", "slug": "other-1"}
    quote = Quote(start=0, end=len(text), text=text)
    return Related.model_validate({**given, "quote": quote, "outlet": "Other", **changes})


def page(*found: Related, in_all: int = 0, origins: Origins = Origins()) -> ArticleBriefs:  # noqa: B008
    """Return the invented briefs, the first of which has these related claims and no other has any."""
    first, *rest = invented().briefs
    update = {"related": found, "related_in_all": in_all or len(found), "origins": origins, "evidence": ()}
    return invented().model_copy(update={"briefs": (first.model_copy(update=update), *rest)})


@given(WORDS)
@settings(max_examples=60, deadline=None)
def test_whatever_the_other_article_says_is_proved_and_stays_words(text: str) -> None:
    """Any words of another article verify as they were written, and open no structure of the file."""
    made = page(related(text))
    markdown = render(made, "md")
    kept = Kept("other.txt", "Other", text, "")
    assert check_markdown("ferry.md", markdown, TEXT, (), Quoting((kept,))).problems == ()
    shown = [p.text for p in passages(markdown.split("<!-- briefs:")[0]) if "It agrees" in p.text]
    assert len(shown) == 1
    if text.strip():
        assert " ".join(text.split()) in " ".join(shown[0].split())
    page_of = render(made, "html")
    assert str(escape(named(text))) in page_of


@given(st.text(alphabet="ab, 12", min_size=LONGEST - 5, max_size=LONGEST * 3), st.data())
@settings(max_examples=60, deadline=None)
def test_long_words_are_cut_between_words_around_what_they_are_about(text: str, data: st.DataObject) -> None:
    """What is shown is a run of whole words that holds the figure; cuts are marked outside the quotation."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 8)))
    words = Quote(start=start, end=end, text=text[start:end])
    [one] = others(page(related(text, words=words)).briefs[0], ID, {}).shown
    assert one.quoted is not None
    before, held, after = one.quoted.before, one.quoted.words, one.quoted.after
    assert held == words.text
    place = start - len(before)
    assert text[place : place + len(before + held + after)] == before + held + after
    assert one.quoted.cut_before == (place > 0)
    assert not one.quoted.cut_before or text[place - 1].isspace()
    last = place + len(before + held + after)
    assert one.quoted.cut_after == (last < len(text))
    assert not one.quoted.cut_after or text[last].isspace()


def test_the_best_are_shown_and_the_rest_are_counted() -> None:
    """Eight claims stand under a claim; how many more there are, and in how many articles, is said."""
    many = [related(f"Words {n}", brief=f"b{n}", article=f"{n % 5}.txt") for n in range(20)]
    shown = others(page(*many).briefs[0], ID, {})
    assert len(shown.shown) == MOST
    assert shown.more == "and 12 more in 5 articles; the JSON lists them"
    assert others(page(*many, in_all=70).briefs[0], ID, {}).more == "and 62 more; the JSON lists 20 in all"
    assert others(page(*many[:MOST]).briefs[0], ID, {}).more == ""


def test_of_what_is_merely_related_four_are_shown() -> None:
    """Claims of other times and measures must not bury what says the same or differs."""
    many = [related(f"Words {n}", brief=f"b{n}", kind="related", article=f"{n}.txt") for n in range(6)]
    shown = others(page(*many, related("Nine", brief="b9")).briefs[0], ID, {})
    assert [each.kind for each in shown.shown] == ["related"] * 4 + ["same"]
    assert shown.more == "and 2 more in 2 articles; the JSON lists them"


def test_a_figure_of_a_headline_and_of_its_text_is_shown_once() -> None:
    """One figure of one article stands under a claim once, by the place that gives its source."""
    nine = Quote(start=0, end=4, text="Nine")
    headline = related("Nine boats lost", brief="b1", kind="related", words=nine, source="the article itself")
    body = related("Nine boats were lost", brief="b2", kind="related", words=nine, source="Ada Holm")
    shown = others(page(headline, body).briefs[0], ID, {})
    assert [each.source for each in shown.shown] == ["Ada Holm"]
    assert shown.more == "and 1 more in 1 article; the JSON lists it"


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("Nine boats", "“", "”"),
        ("“Nine boats”", "", ""),
        ("“Nine boats…", "", "”"),
        ("nine boats,” he said”", "“", ""),
        ("“Nine boats,” he said", "“", "”"),
    ],
)
def test_a_quotation_that_is_cut_has_no_mark_doubled(text: str, opens: str, closes: str) -> None:
    """A claim may begin within a quotation: its own mark is enough."""
    assert marks_for(text) == (opens, closes)


def test_conflicts_lead_from_the_first_screen_and_the_table() -> None:
    """One line names the claims that other articles differ on; without any, nothing speaks of conflicts."""
    differs = render(page(related("Nine boats", kind="conflict", aspect="figure")), "md")
    assert (
        f"**Other articles differ on 1 claim:** [claim 1](#{IDS[0]}) (Other). Nothing here says who"
        in differs
    )
    assert "| Flags | Desk | Elsewhere |" in differs
    assert "differs: Other" in differs
    agrees = page(related("Nine boats"))
    for form in ("md", "html"):
        assert ">Elsewhere<" not in render(agrees, form)
        assert "| Elsewhere |" not in render(agrees, form)
        assert "Other articles differ" not in render(agrees, form)


def test_a_conflict_within_the_article_is_no_other_article() -> None:
    """What the article says twice in two ways stands under the claim, not on the first screen."""
    own = related("Between 300 and 350", kind="conflict", article=ID, brief=IDS[4], slug=None)
    markdown = render(page(own), "md")
    assert "Other articles differ" not in markdown
    assert f"[claim 5](#{IDS[4]})" in markdown


@pytest.mark.parametrize("form", ["md", "html"])
def test_links_lead_to_files_beside_and_nowhere_else(form: str) -> None:
    """A link is made of the name of a file in the same folder, whatever characters that name has."""
    slug = "../a b](x)<i>\"'"
    made = render(page(related("Nine boats", slug=slug, brief='b0" onclick="x')), form)  # type: ignore[arg-type]
    assert f"..%2Fa%20b%5D%28x%29%3Ci%3E%22%27.{form}#b0%22%20onclick%3D%22x" in made
    assert 'onclick="' not in made
    assert "Nine boats" in render(page(related("Nine boats", slug=None)), form)  # type: ignore[arg-type]


def test_a_page_without_related_claims_has_no_style_for_them() -> None:
    """The page of a lone article is what it was before there were others."""
    assert ".others" in render(page(related("Nine boats")), "html")
    assert ".others" not in render(page(), "html")


def origins(known: int, unknown: int) -> Origins:
    """Return the origins of a claim that each have one attribution."""
    found = tuple(
        Origin(
            name=f"N{n}", kind=SourceKind.NAMED, known=n < known, claims=(f"b{n}",), articles=(f"{n}.txt",)
        )
        for n in range(known + unknown)
    )
    total = known + unknown
    return Origins(attributions=total, independent=known, unknown=unknown, articles=total, origins=found)


@pytest.mark.parametrize(
    ("known", "unknown", "sentence"),
    [
        (
            1,
            1,
            "In 2 articles, 2 attributions; 1 known origin: N0. Of 1 attribution the texts do not say where it comes from.",
        ),
        (2, 0, "In 2 articles, 2 attributions; 2 origins with no common source known: N0; N1."),
        (
            5,
            0,
            "In 5 articles, 5 attributions; 5 origins with no common source known: N0; N1; N2; and 2 more.",
        ),
        (0, 2, "In 2 articles, 2 attributions; the texts do not say where they come from."),
    ],
)
def test_origins_are_counted_in_one_sentence(known: int, unknown: int, sentence: str) -> None:
    """Articles, attributions, known origins by name, and what is not known; never "independent"."""
    found = origin_lines(origins(known, unknown))
    assert found is not None
    assert found.sentence == sentence
    assert len(found.lines) == known + unknown
    assert origin_lines(Origins()) is None


def test_a_reason_is_said_once_on_a_page() -> None:
    """The claims of one wire text have one reason for their one origin: the first gives it in full."""
    copied = Origins(
        attributions=2,
        independent=1,
        origins=(
            Origin(
                name="Meridian Wire",
                kind=SourceKind.MEDIA,
                known=True,
                claims=("b1", "b2"),
                articles=("a", "b"),
                reasons=("The Post and The Mail share 69 % of their wording",),
            ),
        ),
    )
    first = dict.fromkeys(given_reasons(copied), 1)
    assert [origin_lines(copied, number, first) for number in (1, 2)] == [
        OriginLines(sentence, (f"Why: {why}.",))
        for sentence, why in (
            (SENTENCE, "The Post and The Mail share 69 % of their wording"),
            (SENTENCE, "as under claim 1"),
        )
    ]


SENTENCE = "2 attributions; 1 known origin: Meridian Wire."


def test_an_article_that_only_a_reason_names_is_proved_too() -> None:
    """Titles in the reasons of an origin are proved from their articles, which no line under a claim quotes."""
    titles = {
        "one.txt": "The harbour counts its grain crates",
        "two.txt": "Who counted the crates at Quay Nine",
    }
    why = " and ".join(f"“{title}”" for title in titles.values()) + " share 69 % of their wording"
    told = Origin(
        name="Meridian Wire",
        kind=SourceKind.MEDIA,
        known=True,
        claims=("b1", "b2"),
        articles=tuple(titles),
        reasons=(why,),
    )
    made = page(origins=Origins(attributions=2, independent=1, origins=(told,)))
    sealed = sealed_others(made)
    assert [each.article for each in sealed] == list(titles)
    markdown = render(made, "md")
    kept = tuple(Kept(name, title, "", "") for name, title in titles.items())
    assert check_markdown("a.md", markdown, TEXT, elsewhere=Quoting(kept)).problems == ()
    (problem,) = check_markdown("a.md", markdown, TEXT, elsewhere=Quoting(kept[:1])).problems
    assert "Who counted the crates" in problem.where
    assert [each.slug for each in sealed] == [slug(name) for name in titles]


def test_what_a_flag_says_of_two_claims_is_not_said_again() -> None:
    """A conflict within an article stands as its flag; another flag between the two says nothing of it."""
    other = related("Nine boats", kind="conflict", aspect="figure", brief=IDS[1], article=ID)
    for kind, listed in ((FlagKind.FIGURES_DIFFER, 0), (FlagKind.FIGURE_UNSOURCED, 1)):
        brief = page(other).briefs[0]
        spans = (brief.claim.quote.place,)
        flag = Flag(kind=kind, note="Two figures.", spans=spans, other_brief=IDS[1])
        assert len(others(brief.model_copy(update={"flags": (flag,)}), ID, {}).shown) == listed


def test_a_denial_prints_each_statement_once() -> None:
    """The claim stands above and the other's words beside: the note between them quotes neither again."""
    words = "The ferry was empty, the owner said."
    note = "One denies what the other states: “The ferry was full” and “The ferry was empty”."
    made = page(related(words, kind="conflict", aspect="denial", note=note))
    line = next(each for each in render(made, "md").splitlines() if "One denies what" in each)
    assert "One denies what the other states. " in line
    assert line.count("The ferry was empty") == 1
