"""A model's wording lends a name or a date of the article, in our brackets, or nothing at all."""

import re

import pytest
from extract_draft import Draft
from grounding import MODEL, Read, at, of_draft, read, rejected

from briefs.domain.scan import OFFLINE

FUEL = "Water Inspector Milena Kostova told the Ostrel Courier that 18,000 litres of fuel had leaked into the lake."
KNEW = "The manager, Piet Lammers, allegedly knew of cracks in the wall since May."
FINE = "The quarry's owner, Brantel Stone, has not paid a fine of €40,000 that a court imposed in 2019."
SHEEP = "According to the county, 60 sheep drowned and two barns were destroyed."


@pytest.mark.parametrize(
    ("quoted", "wording", "kind"),
    [
        (FUEL, FUEL.replace("18,000", "19,000"), "figure_changed"),
        (FUEL, FUEL.replace("18,000 litres", "litres"), "figure_changed"),
        (SHEEP, SHEEP.replace("60", "sixty-one"), "figure_changed"),
        (SHEEP, SHEEP.replace("two barns", "two barns and two farms"), "figure_changed"),
        (SHEEP, SHEEP.replace("60", "60 60"), "figure_changed"),
        (FINE, FINE.replace("has not paid", "has paid"), "negation_changed"),
        (FINE, FINE.replace("has not paid", "has not not paid"), "negation_changed"),
        (SHEEP, SHEEP.replace("were destroyed", "weren't destroyed"), "negation_changed"),
        (KNEW, KNEW.replace("allegedly ", ""), "hedge_changed"),
        (SHEEP, SHEEP.replace("drowned", "allegedly drowned"), "hedge_changed"),
        (SHEEP, SHEEP.replace("60", "about 60"), "hedge_changed"),
        (KNEW, KNEW.replace("Piet Lammers", "Piet Vossgard"), "name_not_in_article"),
        (KNEW, KNEW.replace("the wall", "the [Krasno] wall"), "name_not_in_article"),
        (KNEW, KNEW.replace("cracks", "[deep] cracks"), "words_added"),
        (KNEW, KNEW.replace("Piet Lammers", "Brantel Stone"), "words_added"),
        (KNEW, KNEW + " " + " ".join(["again"] * 60), "wording_too_long"),
    ],
)
def test_a_wording_that_changes_the_claim_is_refused(quoted: str, wording: str, kind: str) -> None:
    """Protects the wording that stands alone from each way in which a model bends a claim."""
    before = at(read().extraction, quoted)
    result = read().ground(read().proposed(quoted, standalone=wording))
    after = at(result, quoted)
    assert (after.claim.standalone, after.claim.standalone_by) == (before.claim.standalone, OFFLINE)
    assert rejected(result) == {kind: 1}


@pytest.mark.parametrize(
    "wording",
    ["", FUEL, FUEL.upper(), FUEL.replace("that 18,000", "18,000"), "[" + FUEL + "]", FUEL.replace("'", "’")],
)
def test_a_wording_that_settles_nothing_changes_nothing(wording: str) -> None:
    """Protects `standalone_by`: who merely repeats the words did not draft them."""
    result = read().ground(read().proposed(FUEL, standalone=wording))
    assert at(result, FUEL).claim.standalone == at(read().extraction, FUEL).claim.standalone
    assert at(result, FUEL).claim.standalone_by == OFFLINE
    assert not result.rejections


def _railway() -> Read:
    draft = (
        Draft(
            "Delmont Rail bought the line in May 2021.",
            "/The company cut nine posts in March.",
            "She closed 40 stations on Friday.",
            "Its head, Kim Aspel, spoke of 12 more.",
            "He shut the depot in Yorrick in 2022.",
            "A clerk wept in 2022.",
            "He resigned in May with 30 others.",
        )
        .name("Delmont Rail", "ORG")
        .name("Kim Aspel")
        .name("Yorrick", "PLACE")
        .date("May 2021", "2021-05", kind="month", month=5)
        .date("in March", kind="month", month=3)
        .date("Friday", kind="relative")
        .date("2022", "2022", kind="year")
        .date("2022", "2022", nth=1, kind="year")
        .figure("nine", 9, "posts")
        .figure("40", 40, "stations")
        .figure("12", 12)
        .figure("30", 30)
    )
    for i, verb in enumerate(("bought", "cut", "closed", "spoke", "shut", "wept", "resigned")):
        draft.signal(i, event=verb)
    return of_draft(draft)


@pytest.mark.parametrize(
    ("quoted", "wording", "expected"),
    [
        (
            "The company cut nine posts in March",
            "[Delmont Rail] cut nine posts in March",
            "[Delmont Rail] cut nine posts in March.",
        ),
        (
            "The company cut nine posts in March",
            "(Delmont Rail) cut nine posts in March",
            "[Delmont Rail] cut nine posts in March.",
        ),
        (
            "He shut the depot in Yorrick",
            "Kim Aspel shut the depot in Yorrick",
            "[Kim Aspel] shut the depot in Yorrick in 2022.",
        ),
    ],
)
def test_the_only_fit_name_nearby_is_lent_in_our_brackets(quoted: str, wording: str, expected: str) -> None:
    """Protects what a model is good for: a name that the rules left open, in the article's own spelling."""
    railway = _railway()
    result = railway.ground(railway.proposed(quoted, standalone=wording))
    claim = at(result, quoted).claim
    assert (claim.standalone, claim.standalone_by) == (expected, MODEL)
    assert not result.rejections


@pytest.mark.parametrize(
    ("quoted", "wording"),
    [
        ("The company cut nine posts", "Yorrick cut nine posts"),
        ("The company cut nine posts", "The company [of Delmont Rail] cut nine posts"),
        ("She closed 40 stations", "Kim Aspel closed 40 stations"),
        ("She closed 40 stations", "Delmont Rail closed 40 stations"),
        ("He resigned in May", "Kim Aspel resigned in May"),
        ("He resigned in May", "He resigned in May 2021"),
        ("cut nine posts in March", "cut nine posts in March 2022"),
        ("cut nine posts in March", "cut nine posts in March, May 2021"),
        ("closed 40 stations on Friday", "closed 40 stations on Friday in May 2021"),
    ],
)
def test_a_name_or_date_that_is_only_near_or_only_the_models_is_not_lent(quoted: str, wording: str) -> None:
    """Protects against a wrong name: no fit name before it, somebody unnamed between, a date from elsewhere."""
    railway = _railway()
    result = railway.ground(railway.proposed(quoted, standalone=wording))
    claim = at(result, quoted).claim
    assert claim.standalone_by == OFFLINE
    assert claim.standalone == at(railway.extraction, quoted).claim.standalone
    assert set(rejected(result)) <= {"words_added", "figure_changed"}
    assert result.rejections


def test_nothing_is_lent_into_a_quotation() -> None:
    """Protects words between quotation marks: they are found again as they are printed."""
    draft = Draft("Ulla Brandt owns the mill.", "“She sold 40 looms,” the clerk said.")
    draft.name("Ulla Brandt").figure("40", 40, "looms").signal(1, event="sold")
    mill = of_draft(draft)
    result = mill.ground(mill.proposed("She sold 40 looms", standalone="[Ulla Brandt] sold 40 looms"))
    claim = at(result, "sold 40 looms").claim
    assert (claim.standalone, claim.standalone_by) == ("“She sold 40 looms,” the clerk said.", OFFLINE)


def test_what_is_outside_the_brackets_is_the_quotation_in_order() -> None:
    """Protects the invariant of every wording that stands alone, the model's too."""
    railway = _railway()
    result = railway.ground(
        railway.proposed("The company cut nine posts", standalone="[Delmont Rail] cut nine posts")
    )
    claim = at(result, "nine posts").claim
    outside = re.sub(r"\[[^\]]*\]", " ", claim.standalone).split()
    words = iter(claim.quote.text.split())
    assert all(word in words for word in outside)


def test_the_year_of_the_same_month_nearby_is_lent() -> None:
    """Protects the one date that a model may add: the same month's year, said in the sentences before."""
    draft = Draft("Delmont Rail was sold in May 2021.", "It shut 40 stations in May.")
    draft.date("in May 2021", "2021-05", kind="month", month=5).figure("40", 40, "stations")
    draft.date("in May", kind="month", month=5, nth=1).signal(1, event="shut")
    rail = of_draft(draft)
    result = rail.ground(
        rail.proposed("It shut 40 stations in May", standalone="It shut 40 stations in May 2021")
    )
    claim = at(result, "40 stations").claim
    assert (claim.standalone, claim.standalone_by) == ("It shut 40 stations in May [2021].", MODEL)


def test_no_name_is_lent_to_a_pronoun_further_on_in_a_sentence() -> None:
    """Protects against a name for somebody whom the sentence itself brought in."""
    draft = Draft("Ulla Brandt owns the mill.", "The mill lost 40 looms when she left.")
    draft.name("Ulla Brandt").figure("40", 40, "looms").signal(1, event="lost")
    mill = of_draft(draft)
    words = "The mill lost 40 looms when she left"
    result = mill.ground(mill.proposed(words, standalone=words.replace("she", "Ulla Brandt")))
    assert at(result, words).claim.standalone_by == OFFLINE
    assert rejected(result) == {"words_added": 1}


@pytest.mark.parametrize(
    "sentences",
    [
        ("Delmont Rail lost a depot.", "The unit cut 40 posts."),
        ("A small company bought Delmont Rail.", "The company cut 40 posts."),
        ("Delmont Rail met the press.", "The company of Odd Lien cut 40 posts."),
    ],
)
def test_no_name_is_lent_where_another_body_may_be_meant(sentences: tuple[str, str]) -> None:
    """Protects against the one name nearby for a body that the article leaves without one."""
    draft = Draft(*sentences).name("Delmont Rail", "ORG").figure("40", 40, "posts").signal(1, event="cut")
    rail = of_draft(draft)
    words = sentences[1].removesuffix(".")
    wording = re.sub(r"^The \w+", "Delmont Rail", words)
    result = rail.ground(rail.proposed(words, standalone=wording))
    assert at(result, words).claim.standalone_by == OFFLINE
    assert rejected(result) == {"words_added": 1}
