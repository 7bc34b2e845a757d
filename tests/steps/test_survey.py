"""The overview of a story: families, conflicts, sources and articles, from claims made by hand."""

import itertools
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import article, claimed, link, place, put, story

from briefs.domain.scan import SourceKind
from briefs.domain.story import Story
from briefs.groups import Groups
from briefs.steps.render.story_chart import chart
from briefs.steps.survey import Frame
from briefs.steps.survey.gather import Claimed
from briefs.steps.survey.names import is_general, key
from briefs.steps.survey.web import Web
from briefs.text.sketch import sketch

EARLY, LATE, NEVER = place("a", "2024-03-14"), place("b", "2024-03-16"), place("c")


def strike() -> list[Claimed]:
    """Return three claims of one thing: two agree, the third does not."""
    return [
        claimed(
            "b1",
            "about 300 drivers walked out",
            EARLY,
            source="Ada Holm",
            figures=[("300", 300, 300, "drivers")],
        ),
        claimed(
            "b2",
            "more than 450 drivers walked out",
            LATE,
            source="Port Line",
            figures=[("450", 450, None, "drivers")],
        ),
        claimed(
            "b3",
            "some 300 walked out",
            NEVER,
            level="low",
            source="Ada Holm",
            figures=[("300", 300, 300, "drivers")],
        ),
    ]


def told_strike() -> Story:
    """Return the overview of the three claims."""
    one, other, third = strike()
    relations = [
        link("same", one, third),
        link("conflict", one, other, "300 and 450 cannot both hold."),
        link("conflict", other, third, "300 against 450."),
    ]
    return story([article(EARLY, [one]), article(LATE, [other]), article(NEVER, [third])], relations)


def test_a_family_lists_who_gives_which_figure_when() -> None:
    """Claims stand by date, undated last; those that say the same have one side, and the words keep an open bound."""
    (thread,) = told_strike().threads
    assert [(t.brief, t.side) for t in thread.claims] == [("b1", 1), ("b2", 2), ("b3", 1)]
    assert [t.figure.text for t in thread.claims if t.figure] == [
        "300 drivers",
        "450 drivers or more",
        "300 drivers",
    ]
    assert (thread.articles, thread.sides, thread.conflicts) == (3, 2, 1)


def test_a_conflict_stands_once_however_many_articles_repeat_a_side() -> None:
    """Two articles against one make two relations and one conflict, told by its most important pair."""
    (clash,) = told_strike().conflicts
    assert (clash.one.brief, clash.other.brief) == ("b1", "b2")
    assert (clash.one_words, clash.other_words) == ("300", "450")
    assert clash.why == "300 and 450 cannot both hold."
    assert [p.slug for p in clash.like_one] == ["c"]
    assert not clash.like_other


def test_a_conflict_about_words_that_are_no_figure_shows_these_words() -> None:
    """The words that a relation is about are shown as they stand in the quotation."""
    one, other = (
        claimed("b1", "the strike began on Monday", EARLY),
        claimed("b2", "the strike began on Friday", LATE),
    )
    span = one.quote.place.model_copy(update={"start": 30})
    relation = link("conflict", one, other).model_copy(update={"one_words": span})
    (clash,) = story([article(EARLY, [one]), article(LATE, [other])], [relation]).conflicts
    assert clash.one_words == "Monday"


def test_a_family_compares_like_with_like() -> None:
    """Where claims give two figures each, those over which they conflict are shown, not whichever is first."""
    words = "at least 4 were killed and 17 injured"
    both = [("4", 4.0, None, "people"), ("17", 17.0, 17.0, "people")]
    one, copy = (claimed(f"b{n}", words, p, figures=both) for n, p in enumerate((EARLY, NEVER)))
    later = claimed("b2", "19 were injured", LATE, figures=[("19", 19, 19, "people")])
    second = one.quantities[1].place
    conflict = link("conflict", one, later).model_copy(update={"one_words": second})
    made = story([article(c.place, [c]) for c in (one, copy, later)], [link("same", one, copy), conflict])
    assert [t.figure.text for t in made.threads[0].claims if t.figure] == [
        "17 people",
        "19 people",
        "17 people",
    ]


def test_a_familys_title_states_the_figure_of_its_rows() -> None:
    """A family whose rows give the dead is not called after the injured, however short that wording is."""
    both = [("four", 4.0, 4.0, "people"), ("17", 17.0, 17.0, "people")]
    dead = claimed("b1", "at least four people were killed in the fire", EARLY, figures=both[:1])
    two = claimed("b2", "four people died there, 17 others live", NEVER, figures=both)
    hurt = two._replace(short="Another 17 people were hurt")
    later = claimed("b3", "five people were killed in the fire", LATE, figures=[("five", 5, 5, "people")])
    relations = [link("same", dead, hurt), link("conflict", dead, later), link("conflict", hurt, later)]
    made = story([article(c.place, [c]) for c in (dead, hurt, later)], relations).threads[0]
    assert "four people" in {each.figure.text for each in made.claims if each.figure}
    assert made.short == dead.short


def test_two_figures_of_one_row_are_two_ways_of_telling() -> None:
    """A table's row that agrees with a claim on each of its figures does not make these claims one."""
    row = claimed(
        "b0", "October 1,760 1,120", EARLY, figures=[("1,760", 1760, 1760, ""), ("1,120", 1120, 1120, "")]
    )
    gross = claimed("b1", "1,760 nurses left", LATE, figures=[("1,760", 1760, 1760, "nurses")])
    nets = [
        claimed(f"b{n}", "1,120 nurses left", p, figures=[("1,120", 1120, 1120, "nurses")])
        for n, p in ((2, LATE), (3, NEVER))
    ]
    relations = [
        link("same", row, other).model_copy(
            update={"one_words": row.quantities[place_].place, "other_words": other.quantities[0].place}
        )
        for place_, other in ((0, gross), (1, nets[0]), (1, nets[1]))
    ]
    web = Web({c.id: c for c in (row, gross, *nets)}, relations)
    assert {c.id for c in web.alike("b0")} == {"b0", "b2", "b3"}
    assert [c.id for c in web.alike("b1")] == ["b1"]
    assert web.stories.of("a") == web.stories.of("b")


def test_the_conflict_on_which_most_rests_comes_first() -> None:
    """A denial of a high-priority claim comes before a dispute of two articles that matters less."""
    low = [claimed(f"b{n}", "x", p, level="medium") for n, p in enumerate((EARLY, LATE))]
    high = [claimed("b2", "y", EARLY), claimed("b3", "z", EARLY, level="low")]
    made = story(
        [article(EARLY, [low[0], *high]), article(LATE, [low[1]])],
        [
            link("conflict", low[0], low[1], "two articles"),
            link("conflict", high[0], high[1], "one denies it"),
        ],
    )
    assert [clash.why for clash in made.conflicts] == ["one denies it", "two articles"]


def test_a_rate_is_shown_with_its_period_and_never_drawn_beside_a_total() -> None:
    """On one scale "90 a month" would look like a tenth of "1,200": the eye must not compare them."""
    total = claimed("b1", "1,200 drivers left", EARLY, figures=[("1,200", 1200, 1200, "drivers")])
    made = claimed("b2", "90 drivers left every month", LATE, figures=[("90", 90, 90, "drivers")])
    rate = made._replace(
        quantities=tuple(q.model_copy(update={"period": "every month"}) for q in made.quantities)
    )
    relations = [link("conflict", total, rate)]
    (thread,) = story([article(EARLY, [total]), article(LATE, [rate])], relations).threads
    assert [t.figure.text for t in thread.claims if t.figure] == ["1,200 drivers", "90 drivers every month"]
    assert chart(thread) is None


def test_each_way_of_telling_has_its_own_origins() -> None:
    """What stands behind one figure is never shown as standing behind the figure that differs."""
    one, other, third = strike()
    one, third = (c._replace(attributions=2, origins=("Ada Holm",)) for c in (one, third))
    other = other._replace(attributions=1, unknown=1)
    relations = [link("same", one, third), link("conflict", one, other)]
    (thread,) = story([article(c.place, [c]) for c in (one, other, third)], relations).threads
    assert [(w.number, w.articles, w.attributions, w.origins, w.unknown) for w in thread.ways] == [
        (1, 2, 2, ("Ada Holm",), 0),
        (2, 1, 1, (), 1),
    ]


@pytest.mark.parametrize("kinds", [(), ("related",)])
def test_what_stands_in_one_article_alone_is_no_family(kinds: tuple[str, ...]) -> None:
    """Neither a lone claim nor one that is only related to another is told more than once."""
    one, other, _ = strike()
    relations = [link(kind, one, other) for kind in kinds]  # type: ignore[arg-type]
    made = story([article(EARLY, [one]), article(LATE, [other])], relations)
    assert (made.threads, made.conflicts, made.more_threads) == ((), (), 0)


def test_a_conflict_within_one_article_is_told() -> None:
    """Two figures of one article that cannot both hold are a family with a conflict."""
    one, other, _ = strike()
    other = other._replace(place=EARLY)
    made = story([article(EARLY, [one, other])], [link("conflict", one, other)])
    assert (len(made.threads), len(made.conflicts)) == (1, 1)


def test_long_lists_are_cut_and_say_so() -> None:
    """A family of thirty claims shows few, one of each way of telling it among them."""
    places = [place(f"p{n:02}", f"2024-01-{n + 1:02}") for n in range(30)]
    claims = [claimed(f"b{n:02}", "300 drivers walked out", p, level="medium") for n, p in enumerate(places)]
    odd = claimed("b99", "450 drivers walked out", place("z", "2024-02-01"), level="low")
    relations = [link("same", claims[0], each) for each in claims[1:]] + [link("conflict", claims[0], odd)]
    made = story([article(c.place, [c]) for c in [*claims, odd]], relations, frame=Frame("0", articles=10))
    (thread,) = made.threads
    assert len(thread.claims) + thread.more == 31
    assert "b99" in [t.brief for t in thread.claims]
    assert len(made.conflicts[0].like_one) + made.conflicts[0].more_like_one == 29
    assert (len(made.filed), made.more_filed) == (10, 21)


@given(st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_overview_does_not_depend_on_any_order(random: Random) -> None:
    """Articles and relations in any order give the same overview."""
    one, other, third = strike()
    relations = [link("same", one, third), link("conflict", one, other), link("conflict", other, third)]
    asked = [put("Who counted?", "the Port Line", c.place, [c.id]) for c in (one, other, third)]
    articles = [article(c.place, [c], [q]) for c, q in zip((one, other, third), asked, strict=True)]
    expected = story(articles, relations)
    random.shuffle(articles)
    random.shuffle(relations)
    assert story(articles, relations) == expected


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=14),
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_groups_are_those_of_the_links_whatever_their_order(
    links: list[tuple[str, str]], random: Random
) -> None:
    """Members are in one group exactly if links lead from one to the other; the smallest gives its name."""
    groups = Groups(links)
    reach = {each: {each} for each in "abcdefgh"}
    for _ in reach:
        for one, other in links:
            joined = reach[one] | reach[other]
            for each in joined:
                reach[each] = joined
    assert all(groups.of(each) == min(reach[each]) for each in reach)
    random.shuffle(links)
    assert all(Groups(links).of(each) == groups.of(each) for each in reach)


def test_sources_are_ranked_by_what_rests_on_them_alone() -> None:
    """A claim that another source gives too, in whatever article, does not rest on one alone."""
    shared = [
        claimed(f"b{n}", "300 drivers walked out", p, source=s)
        for n, (p, s) in enumerate(zip((EARLY, LATE), ("Ada Holm", "Port Line"), strict=True))
    ]
    own = claimed("b5", "the gate stayed shut", EARLY, level="medium", source="Port Line")
    made = story(
        [article(EARLY, [shared[0], own]), article(LATE, [shared[1]])], [link("same", shared[0], shared[1])]
    )
    assert [(s.name, s.claims.all, s.alone.all) for s in made.sources] == [
        ("Port Line", 2, 1),
        ("Ada Holm", 1, 0),
    ]


def test_what_no_source_is_given_for_adds_no_source() -> None:
    """A claim in the article's own voice rests on what another article gives for the same claim."""
    sourced, bare = claimed("b1", "x", EARLY, source="Ada Holm"), claimed("b2", "x", LATE)
    made = story([article(EARLY, [sourced]), article(LATE, [bare])], [link("same", sourced, bare)])
    assert [(s.name, s.alone.high) for s in made.sources] == [("Ada Holm", 1)]


@pytest.mark.parametrize(
    ("via", "same", "rows"), [((), False, 2), ((), True, 1), (("Meridian Wire",), False, 1)]
)
def test_unnamed_sources_of_two_articles_are_one_only_for_a_reason(
    via: tuple[str, ...], same: bool, rows: int
) -> None:
    """“An official” of one article is not that of another, unless one go-between or one claim joins them."""
    pair = [
        claimed(f"b{n}", "x", p, source="an official", kind=SourceKind.ANONYMOUS, via=via)
        for n, p in enumerate((EARLY, LATE))
    ]
    made = story([article(c.place, [c]) for c in pair], [link("same", pair[0], pair[1])] if same else [])
    assert len(made.sources) == rows


def test_a_newsrooms_own_aliases_join_sources() -> None:
    """Two spellings are one source where the newsroom, or the texts, say so, and only then."""
    pair = [
        claimed(f"b{n}", "x", p, source=s)
        for n, (p, s) in enumerate([(EARLY, "Bezouglya"), (LATE, "Bezuhla")])
    ]
    articles = [article(c.place, [c]) for c in pair]
    assert len(story(articles).sources) == 2
    known = {"Bezouglya": "Mariana Bezuhla", "Bezuhla": "Mariana Bezuhla"}
    (line,) = story(articles, canonical=lambda name: known.get(name, name)).sources
    assert (line.name, line.claims.high) == ("Mariana Bezuhla", 2)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("the press office of the Ministry of Health", "the health ministry", True),
        ("Ukraine’s defence ministry", "the spokesperson for the Ukrainian Ministry of Defense", True),
        ("Ada Holm’s office", "Ada Holm", True),
        (
            "the press office of Ukraine's Prosecutor General's Office",
            "Ukraine’s Prosecutor General’s office",
            True,
        ),
        ("the news desk of TASS", "TASS", True),
        ("the press office of the Russian government", "the press office of Ukraine's government", False),
        ("Ada Holm", "Ida Holm", False),
        ("the Ministry of Health", "the Ministry of Trade", False),
    ],
)
def test_one_office_in_several_forms_has_one_key(one: str, other: str, equal: bool) -> None:
    """Order, small words, spelling and a country's adjective make no other office; another word does."""
    assert (key(one, str) == key(other, str)) is equal


@pytest.mark.parametrize(
    ("name", "general"),
    [
        ("the health authority", True),
        ("the Council", True),
        ("the Ministry of Health", True),
        ("Tarnbridge Council", False),
    ],
)
def test_offices_that_every_place_has_are_known(name: str, general: bool) -> None:
    """A name without a proper name is one office only within one story."""
    assert is_general(name) is general


def test_articles_stand_by_date_with_their_near_duplicates() -> None:
    """Nearly equal texts name each other, others do not."""
    words = [f"word{n}" for n in range(400)]
    texts = [
        " ".join(words),
        " ".join([*words[:390], "a b c d e f"]),
        " ".join(f"other{n}" for n in range(400)),
    ]
    made = story([article(p, sketch=sketch(t)) for p, t in zip((LATE, NEVER, EARLY), texts, strict=True)])
    assert [f.place.slug for f in made.filed] == ["a", "b", "c"]
    assert [[t.place.slug for t in f.twins] for f in made.filed] == [[], ["c"], ["b"]]


def test_every_claim_is_counted_once() -> None:
    """The head's counts are those of all articles' claims."""
    claims = [
        claimed(f"b{n}", "x", EARLY, level=level)
        for n, level in enumerate(itertools.islice(itertools.cycle(("high", "low", "low")), 7))
    ]
    made = story([article(EARLY, claims)])
    assert (made.claims.high, made.claims.medium, made.claims.low, made.claims.all) == (3, 0, 4, 7)
