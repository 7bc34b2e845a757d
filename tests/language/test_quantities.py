"""Figures: exact places, bounds, what is counted, for when and out of what."""

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_text import parsed_lines

from briefs.domain.scan import Number, Quantity
from briefs.language.numbers import find
from briefs.language.quantities import quantities


def read(text: str) -> list[Quantity]:
    """Return the quantities of one invented sentence."""
    return list(quantities(parsed_lines(text)))


class Case(NamedTuple):
    """A sentence with the one figure that is looked at."""

    sentence: str
    text: str
    low: Number | None
    high: Number | None
    kind: str = "count"


VALUES = [
    Case("The council counted 1,400 to 1,900 visitors.", "1,400 to 1,900", 1400, 1900),
    Case("Between 5 and 10 ferries sank.", "Between 5 and 10", 5, 10),
    Case("Estimates range from 30,000 to 70,000 trees.", "from 30,000 to 70,000", 30000, 70000),
    Case("Rents went up 20–30% in Tarn.", "20–30%", 20, 30, "percent"),
    Case("More than 3,600 clerks quit.", "3,600", 3600, None),
    Case("The total has surpassed 64,000.", "64,000", 64000, None),
    Case("At least three cats were saved.", "three", 3, None),
    Case("Fewer than 40 tickets were left.", "40", None, 40),
    Case("Up to 12 lorries were stuck.", "12", None, 12),
    Case("About 50 pupils sang.", "50", 50, 50),
    Case("Tens of thousands of marchers came.", "Tens of thousands", 20000, 100000),
    Case("Hundreds of thousands of homes lost power.", "Hundreds of thousands", 200000, 1000000),
    Case("A dozen barges were moored.", "A dozen", 12, 12),
    Case("Half a million bees died.", "Half a million", 500000, 500000),
    Case("Twenty-one thousand seats were sold.", "Twenty-one thousand", 21000, 21000),
    Case(
        "Three million two hundred thousand bricks fell.",
        "Three million two hundred thousand",
        3200000,
        3200000,
    ),
    Case("They planted 1,234.5 hectares.", "1,234.5 hectares", 1234.5, 1234.5, "measure"),
    Case("The mill burned 1.234,5 tonnes.", "1.234,5 tonnes", 1234.5, 1234.5, "measure"),
    Case("The bridge cost $4.5 million.", "$4.5 million", 4500000, 4500000, "money"),
    Case("The fund holds €2bn.", "€2bn", 2000000000, 2000000000, "money"),
    Case("They owe 3m euros.", "3m euros", 3000000, 3000000, "money"),
    Case("The levy brought in Rs 5 crore.", "Rs 5 crore", 50_000_000, 50_000_000, "money"),
    Case("It cost $5-6 million.", "$5-6 million", 5_000_000, 6_000_000, "money"),
    Case(
        "It cost a quarter of a million pounds.", "a quarter of a million pounds", 250_000, 250_000, "money"
    ),
    Case("It cost three-quarters of a million.", "three-quarters of a million", 750_000, 750_000),
    Case("A loaf is 30p there.", "30p", 30, 30, "money"),
    Case("They paid 5,000 Jordanian dinars.", "5,000 Jordanian dinars", 5000, 5000, "money"),
    Case("They paid NZD$15.", "NZD$15", 15, 15, "money"),
    Case("They owe 30 MEUR.", "30 MEUR", 30_000_000, 30_000_000, "money"),
    Case("Prices rose 10 to 15 percent.", "10 to 15 percent", 10, 15, "percent"),
    Case("A quarter say no.", "A quarter", 0.25, 0.25, "percent"),
    Case("They counted 12.345.678 trees.", "12.345.678", 12_345_678, 12_345_678),
    Case("A girl aged four months was hurt.", "four months", 4, 4, "measure"),
    Case("The mast is 1.8m tall.", "1.8m", 1.8, 1.8, "measure"),
    Case("She is 6'3\" tall.", "6'3\"", 6.25, 6.25, "measure"),
    Case("They sold three dozens of eggs.", "three dozens", 36, 36),
    Case("They won after 15-plus tries.", "15", 15, None),
    Case("Growth was 5pc.", "5pc", 5, 5, "percent"),
    Case("Turnout was 10 percent.", "10 percent", 10, 10, "percent"),
    Case("Two-thirds of the tenants left.", "Two-thirds", 2 / 3, 2 / 3, "percent"),
    Case("One in five adults smokes.", "One in five", 0.2, 0.2, "percent"),
    Case("Half of the harbour froze.", "Half", 0.5, 0.5, "percent"),
    Case("Prices doubled.", "doubled", 2, 2, "multiple"),
    Case("It takes three times as long.", "three times", 3, 3, "multiple"),
    Case("A fivefold rise came.", "fivefold", 5, 5, "multiple"),
    Case("Norvik is the third-largest port.", "third", 3, 3, "ordinal"),
    Case("The home side won 3-1.", "3-1", 1, 3, "score"),
    Case("Members voted 52-48 against it.", "52-48", 48, 52, "score"),
    Case("The lake lies 200 miles away.", "200 miles", 200, 200, "measure"),
    Case("It was -5°C at dawn.", "-5°C", -5, -5, "measure"),
    Case("A 34-year-old was hurt.", "34-year-old", 34, 34, "measure"),
    Case("Ann Ellis, 52, was hurt.", "52", 52, 52, "measure"),
    Case("Between 15 and 18 thousand fans came.", "Between 15 and 18 thousand", 15000, 18000),
]


@pytest.mark.parametrize("case", VALUES, ids=lambda case: case.text)
def test_a_figure_is_found_whole_with_its_bounds(case: Case) -> None:
    """The span covers magnitude, sign and unit; bounding words set the bounds and stay outside."""
    found = read(case.sentence)
    assert [each.text for each in found] == [case.text]
    assert found[0].low == pytest.approx(case.low)
    assert found[0].high == pytest.approx(case.high)
    assert found[0].kind == case.kind


NO_FIGURES = [
    "The hall opened in 2014.",
    "It began on 3 May 2021 at 7 p.m.",
    "No one knew, and one of them laughed.",
    "One day they will see.",
    "She works at No. 10 and quoted Article 5.",
    "See page 12 of the report.",
    "The F-16 landed beside a T-72.",
    "Covid-19 closed the G7 talks.",
    "Call +44 20 7946 0958 for help.",
    "Write to desk7@example.org or see https://example.org/2020/12.",
    "“They knew,” said one analyst.",
    "They met in the second half.",
    "The 1990s were kind to Norvik.",
    "He arrived two days later.",
    "The film is in 1080p.",
    "The message 778257943577919488 is gone.",
]


@pytest.mark.parametrize("sentence", NO_FIGURES)
def test_what_is_no_figure_is_left_alone(sentence: str) -> None:
    """Years, times, labels, names and pronouns never become figures."""
    assert read(sentence) == []


class Counted(NamedTuple):
    """A sentence with the unit, period and denominator of its first figure."""

    sentence: str
    unit: str | None
    period: str | None = None
    denominator: str | None = None


COUNTED = [
    Counted("More than 3,600 Norland clerks quit in May alone.", "Norland clerks", "in May alone"),
    Counted("Police opened 7,300 criminal cases since April 2019.", "criminal cases", "since April 2019"),
    Counted("Some 20,000 cases of fraud per month are seen.", "cases of fraud", "per month"),
    Counted(
        "Since the start of the year, the number of quitters has surpassed 64,000.",
        "quitters",
        "Since the start of the year",
    ),
    Counted("Some 1,400 to 1,900 clerks leave the service every month.", "clerks", "every month"),
    Counted("There were 12 cases per 100,000 people.", "cases", None, "100,000 people"),
    Counted("Oil sold at $70 a barrel.", "USD", None, "barrel"),
    Counted("The mine lost 10 percent of its workforce.", "%", None, "its workforce"),
    Counted("Tens of thousands of marchers filled the square.", "marchers"),
    Counted("On Monday, 12 passengers were hurt.", "passengers", "On Monday"),
    Counted("The 1,120 amount to 3.1% of the clerks.", None),
    Counted("The 43 total less than what was promised.", None),
    Counted("There were 43 total departures.", "total departures"),
    Counted("Officials said 12 passengers were hurt, police said on Monday.", "passengers", None),
]


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: case.sentence[:40])
def test_what_a_figure_counts_is_read_from_its_sentence(case: Counted) -> None:
    """Unit, period and denominator are the article's words; another verb's date is not lent to the figure."""
    found = read(case.sentence)[0]
    assert (found.unit, found.period, found.denominator) == (case.unit, case.period, case.denominator)


@pytest.mark.parametrize(
    ("words", "text", "low", "unit"),
    [
        ("8.4m-crown", "8.4m-crown", 8_400_000, "crowns"),
        ("8.4-million-crown", "8.4-million-crown", 8_400_000, "crowns"),
        ("half-a-million-crown", "half-a-million-crown", 500_000, "crowns"),
        ("quarter-of-a-million-franc", "quarter-of-a-million-franc", 250_000, "francs"),
        ("40-crown", "40-crown", 40, "crowns"),
        ("10-crown-a-day", "10-crown", 10, "crowns"),
        ("3m-krone", "3m-krone", 3_000_000, "kroner"),
        ("2bn-peso", "2bn-peso", 2_000_000_000, "pesos"),
        ("7m-cedi", "7m-cedi", 7_000_000, "GHS"),
        ("12m-euro", "12m-euro", 12_000_000, "EUR"),
        ("2.5-billion-dollar", "2.5-billion-dollar", 2_500_000_000, "USD"),
        ("5m-pound", "5m-pound", 5_000_000, "GBP"),
        ("£3.2bn-a-year", "£3.2bn", 3_200_000_000, "GBP"),
        ("$30m-backed", "$30m", 30_000_000, "USD"),
    ],
)
def test_money_with_a_hyphen_is_money(words: str, text: str, low: float, unit: str) -> None:
    """Headlines put a sum before what it pays for: it meets the same sum written out."""
    [found] = read(f"The council approved the {words} repair of the quay.")
    assert (found.text, found.low, found.high, found.kind, found.unit) == (text, low, low, "money", unit)


@pytest.mark.parametrize(
    "words", ["8.4m crown court cases", "12m-member union", "300-pound man", "7m franc-era notes"]
)
def test_what_only_looks_like_money_is_none(words: str) -> None:
    """Without the hyphen a crown may be anything's."""
    assert [each.kind for each in read(f"They counted a {words} there.") if each.kind == "money"] == []


def test_approximation_is_told_from_bounds() -> None:
    """The word "about" blurs a figure, "more than" bounds it; only the first is approximate."""
    about, more = read("About 50 pupils and more than 60 teachers sang.")
    assert about.approximate
    assert not more.approximate


def test_a_change_is_no_range() -> None:
    """What rose from 5% to 10% is two figures, not one between them."""
    assert [each.text for each in read("Unemployment rose from 5% to 10%.")] == ["5%", "10%"]


@pytest.mark.parametrize(
    ("sentence", "words", "low", "high", "unit"),
    [
        ("The fire took about five hours to put out.", "five hours", 5, 5, "hours"),
        ("She has kept bees for 26 years.", "26 years", 26, 26, "years"),
        ("It is shut for at least two weeks.", "two weeks", 2, None, "weeks"),
        ("Six of the injured were children.", "Six", 6, 6, "injured"),
        ("The crew held 13 of the hall's 180 seats.", "13", 13, 13, "seats"),
        (
            "The tax brings 9 million crowns, of which the town gets 3 million.",
            "3 million",
            3e6,
            3e6,
            "crowns",
        ),
        ("Some 300 cooks quit; 900 have gone since May.", "900", 900, 900, "cooks"),
        ("He got between three and five years.", "between three and five years", 3, 5, "years"),
        ("They held a man aged 19 to 34.", "19 to 34", 19, 34, "years"),
        ("The vote was 88 to 79.", "88 to 79", 79, 88, None),
        ("He is 5 ft 6 in tall.", "5 ft 6 in", 5.5, 5.5, "ft"),
    ],
)
def test_what_is_counted_is_found_beside_and_before(
    sentence: str, words: str, low: float, high: float | None, unit: str | None
) -> None:
    """Durations, elliptic counts, wholes with an owner, votes and lengths have their value and unit."""
    found = {each.text: each for each in read(sentence)}
    assert words in found
    assert (found[words].low, found[words].high, found[words].unit) == (low, high, unit)


@pytest.mark.parametrize(
    "sentence",
    [
        "Flags flew at half mast.",
        "The bar closes at ten.",
        "By nine you have stopped hearing it.",
        "They rang at three in the morning.",
        "Nobody has read clause four.",
        "It was filed as document 24/118.",
        "In five years somebody will ask.",
    ],
)
def test_hours_labels_and_idioms_are_no_figures(sentence: str) -> None:
    """A figure that nobody stated would send a checker after nothing."""
    assert read(sentence) == []


def test_no_figure_runs_over_a_table_cell() -> None:
    """Two cells of a row are two figures, never a range or a thousands group."""
    assert [each.low for each in read("May\t1 690\t510\t\t7")] == [1690, 510, 7]


def test_a_whole_named_first_is_the_denominator_of_its_parts() -> None:
    """Parts keep the whole that the sentence opens with, figures with commas included."""
    found = read("Of the 1,200 cooks in town, six per cent are old and 40 left.")
    assert [each.denominator for each in found] == [
        None,
        "the 1,200 cooks in town",
        "the 1,200 cooks in town",
    ]


def test_a_period_belongs_to_the_figure_that_it_follows() -> None:
    """The second figure of a comparison does not take the time of the first."""
    found = read("Cases rose from 1,150 in the first quarter to 1,840 in the second.")
    assert [each.period for each in found] == ["in the first quarter", None]


def test_estimates_are_approximate() -> None:
    """A figure that the text calls an estimate is never shown as exact."""
    assert read("Estimates of the losses range from 900 to 1,900 hens.")[0].approximate


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("0123456789,.-–/ $€%½nota twohundredmillion"),
            st.characters(exclude_categories=["Cs"]),
        ),
        max_size=60,
    )
)
def test_any_text_keeps_exact_places(text: str) -> None:
    """Whatever stands in an article, figures slice to their text, in order, without overlap."""
    found = read(text)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(each.low is None or each.high is None or each.low <= each.high for each in found)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("piece", ["1", "1,", "1.", "1-", "one hundred ", "½", "1/2 ", "$", "from 1 to "])
def test_time_grows_linearly_with_digits(piece: str) -> None:
    """A line of 100,000 characters of digits, separators or number words is read in seconds, not hours."""
    text = piece * (100_000 // len(piece))
    assert all(text[each.start : each.end].strip() for each in find(text, 0, len(text)))
