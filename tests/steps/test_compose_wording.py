"""How questions are worded: grammar for any words put into them, and variety within one article."""

import re
from collections.abc import Iterator
from string import Formatter

import pytest
from composing import composed, questions, town, written

from briefs.domain.scan import Quantity
from briefs.domain.spans import Span
from briefs.language.quantities_grammar import figures
from briefs.steps.compose.bank import Wording, bank
from briefs.steps.compose.borders import LONGEST
from briefs.steps.compose.excerpts import excerpt
from briefs.steps.compose.figure import figure_of
from briefs.steps.compose.phrases import capital, counted, definite, listed, of, plural, possessive, short
from briefs.steps.compose.wording import masked, shared

VERDICTS = re.compile(r"\b(?:true|false|fake|lie|lies|lying|debunk\w*|hoax|correct or)\b", re.IGNORECASE)
JARGON = re.compile(r"\b(?:cue|span|ground|grounding|furniture|slot|attribution|chunk)\b", re.IGNORECASE)


def wordings() -> Iterator[Wording]:
    """Yield the whole bank."""
    for kind in bank().values():
        yield from kind


@pytest.mark.parametrize("wording", list(wordings()), ids=lambda w: w.key)
def test_a_wording_of_the_bank_is_a_question(wording: Wording) -> None:
    """Every wording asks something, quotes only the article's words, and speaks of no verdict or jargon."""
    bare = wording.text.replace("{direct}", "").replace("{indirect}", "").replace("{unexplained}", "")
    assert bare.endswith("?")
    assert bare[0].isupper() or bare[0] in "{“"
    assert wording.settles
    assert not wording.settles.endswith(".")
    assert not VERDICTS.search(wording.text + wording.settles)
    assert not JARGON.search(wording.text + wording.settles)
    for quoted in re.findall(r"“([^”]*)”", wording.text + wording.settles):
        assert re.fullmatch(r"\{\w+\}", quoted), quoted


@pytest.mark.parametrize("wording", list(wordings()), ids=lambda w: w.key)
def test_a_wording_of_the_bank_names_something(wording: Wording) -> None:
    """Every wording names the thing it is about; the last resorts aside, none could stand under any claim."""
    names = {name for _, name, _, _ in Formatter().parse(wording.text) if name} - {
        "do",
        "is",
        "was",
        "has",
        "s",
    }
    assert names or wording.kind in {"undated", "bare"}


def test_no_two_wordings_of_the_bank_are_alike() -> None:
    """Masked, every wording of the bank differs from every other."""
    texts = [masked(Formatter().vformat(w.text, (), _Masked())) for w in wordings()]
    assert len(set(texts)) == len(texts)
    assert len(texts) > 200


class _Masked(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "“…”" if key in {"matter", "first", "second"} else "5"


@pytest.mark.parametrize(
    ("phrase", "owner"),
    [
        ("Anna Berg", "Anna Berg’s"),
        ("Jonas", "Jonas’s"),
        ("the officials", "the officials’"),
        ("the police", "the police’s"),
        ("Norway's", "Norway's"),
        ("the Gazette", "the Gazette’s"),
        ("AGNES", "AGNES’s"),
    ],
)
def test_possessives(phrase: str, owner: str) -> None:
    """Plurals in s take an apostrophe, names ending in s take apostrophe and s."""
    assert possessive(phrase) == owner


@pytest.mark.parametrize(
    ("phrase", "many"),
    [
        ("the officials", True),
        ("the police", True),
        ("the source", False),
        ("the sources within the ministry", True),
        ("the head of the unions", False),
        ("the boss", False),
        ("the statistics office", False),
        ("criminal cases", True),
        ("children", True),
        ("Jonas", False),
    ],
)
def test_plurals(phrase: str, many: bool) -> None:
    """Number goes by the head noun, not by the last word."""
    assert plural(phrase) is many


@pytest.mark.parametrize(
    ("phrase", "same"),
    [
        ("a port worker", "the port worker"),
        ("an official", "the official"),
        ("one analyst", "the analyst"),
        ("some", "the some"),
        ("several officers", "the officers"),
        ("the ministry", "the ministry"),
        ("his brother", "his brother"),
        ("dockers", "the dockers"),
    ],
)
def test_a_description_gets_its_article(phrase: str, same: str) -> None:
    """A source introduced with "a" is "the" same source afterwards."""
    assert definite(phrase) == same


@pytest.mark.parametrize(
    ("phrase", "most", "cut"),
    [
        ("the head of the harbour police", 8, "the head of the harbour police"),
        (
            "a former deputy chief engineer of the northern rail and tunnel company",
            8,
            "a former deputy chief engineer",
        ),
        ("a clerk, who asked not to be named", 8, "a clerk"),
        ("the of", 8, "the"),
        ("", 8, ""),
    ],
)
def test_long_phrases_are_cut_where_a_noun_phrase_ends(phrase: str, most: int, cut: str) -> None:
    """A shortened phrase does not end in "of" or "the"."""
    assert short(phrase, most) == cut


@pytest.mark.parametrize(
    ("words", "spoken"),
    [
        ("8.4m-crown", "8.4m crowns"),
        ("2.5-billion-dollar", "2.5 billion dollars"),
        ("half-a-million-franc", "half a million francs"),
        ("2-3m-euro", "2-3m euros"),
        ("1.2bn-yen", "1.2bn yen"),
        ("3m-krone", "3m kroner"),
        ("8.4 million crowns", "8.4 million crowns"),
    ],
)
def test_a_sum_before_what_it_pays_for_is_asked_about_as_a_sum(words: str, spoken: str) -> None:
    """Nobody asks for "the sum of 8.4m-crown"; what is quoted stays as the article has it."""
    text = f"the {words} repair"
    [found] = figures(text, 0, len(text), ())
    given = Quantity(
        start=found.start,
        end=found.end,
        text=words,
        low=found.low,
        high=found.high,
        unit=found.unit,
        kind="money",
    )
    figure = figure_of(text, given)
    assert (figure.phrase, figure.quoted) == (spoken, words)


def test_small_grammar() -> None:
    """Lists, counts, capitals and long possessives read as English."""
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b"]) == "a and b"
    assert listed([]) == ""
    assert (counted(1, "figure"), counted(2, "figure"), counted(0, "link")) == (
        "one figure",
        "two figures",
        "no links",
    )
    assert counted(1400, "figure") == "1,400 figures"
    assert capital("the officials") == "The officials"
    assert capital("“a record” of what") == "“a record” of what"
    assert of("words", "the clerk of the northern court") == "the words of the clerk of the northern court"


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("The town sold the quay, the mayor said.", None, "The town sold the quay"),
        (
            "In March, the council sold the old quay to a bank.",
            None,
            "the council sold the old quay to a bank",
        ),
        (
            "The Port Workers’ Union (PWU) has left the talks.",
            "left",
            "The Port Workers’ Union (PWU) has left the talks",
        ),
        ("“No,” she said. “We sold 1,200 boats last year.”", None, "We sold 1,200 boats last year"),
        (
            "It rose.\nThe price of fish rose to 4.50 a kilo",
            "rose to",
            "The price of fish rose to 4.50 a kilo",
        ),
        (
            "Whole crews left without a single form being filled in.",
            None,
            "Whole crews left without a single form being filled in",
        ),
        (
            "The keeper of the light, his son included, had swum ashore that night, they said.",
            "swum",
            "The keeper of the light, his son included, had swum ashore that night",
        ),
        (
            "Ola Berg, who led the strike, voted against.",
            "voted",
            "Ola Berg, who led the strike, voted against",
        ),
        (
            "The work begins on 2 May and the lease gives the yard 26 weeks.",
            None,
            "The work begins on 2 May and the lease gives the yard 26 weeks",
        ),
        (
            "The town withheld the winter grant and four schools in the old quarter near the river shut at noon.",
            None,
            "The town withheld the winter grant",
        ),
        (
            "At least four boats were lost and nine men hurt when a squall tore across the northern bay.",
            None,
            "At least four boats were lost and nine men hurt",
        ),
        (
            "The causes of the strike, according to Berg, are rooted in years of unpaid work on the northern quay.",
            None,
            "The causes of the strike, according to Berg, are rooted in years of unpaid work",
        ),
        ("Yes.", None, None),
        ("", None, None),
    ],
)
def test_excerpts_are_phrases(text: str, key: str | None, expected: str | None) -> None:
    """An excerpt keeps its subject, does not break inside a number, and is nothing where there is no phrase."""
    about = [Span(start=text.index(key), end=text.index(key) + len(key))] if key else []
    found = excerpt(text, [Span(start=0, end=len(text))], about)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert found.of(text) == expected
        assert len(found.of(text).split()) <= LONGEST


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        (
            "The fine for this act—three hundred crowns—covers the cost of a new lock.",
            None,
            "The fine for this act—three hundred crowns—covers the cost of a new lock",
        ),
        (
            "The old pier – stone, oak and iron – is closed.",
            None,
            "The old pier – stone, oak and iron – is closed",
        ),
        (
            "Speaking at the quay to a young reporter, Berg called the lease a gift to a bank of another town.",
            None,
            "Berg called the lease a gift to a bank of another town",
        ),
        (
            "A number of the pilots who left the harbour are now on the boats owned by a rival of the town.",
            "left",
            "A number of the pilots who left the harbour are now on the boats",
        ),
        (
            "The lock is not a matter of money but a reply to the council, which the pilots claim has sold it.",
            "has sold",
            "The lock is not a matter of money but a reply to the council",
        ),
        (
            "The quarrel between the pilots, the harbour office, and the many owners of the boats on the far "
            "bank paints a dark picture of a strike that has cost four thousand jobs.",
            "four thousand",
            "a strike that has cost four thousand jobs",
        ),
        (
            "A keeper of the outer light is among the nine who were lost when a storm that tore across the "
            "bay sank the ferry.",
            "tore",
            "A keeper of the outer light is among the nine who were lost",
        ),
        (
            "The quay is cracked, the crane is idle, and the light is out.",
            None,
            "The quay is cracked, the crane is idle, and the light is out",
        ),
        (
            "It is the first time that a boat of this size has crossed the bar in winter.",
            "first",
            "It is the first time that a boat of this size has crossed the bar",
        ),
        (
            "Its Back to Sea school, opened in the spring, had brought 52 hands back to the boats.",
            "52",
            "Its Back to Sea school, opened in the spring, had brought 52 hands back to the boats",
        ),
        (
            "Under the terms of the lease, printed on page four of it, no coal may be moved at night.",
            "printed",
            "no coal may be moved at night",
        ),
        (
            "More and more crews are simply leaving their old boats as soon as they have found others on land.",
            None,
            "More and more crews are simply leaving their old boats as soon as they have found others",
        ),
        (
            "These delays, according to many skippers, show a lack of trust between the town and its old port.",
            None,
            "These delays, according to many skippers, show a lack of trust between the town",
        ),
        (
            "The toll has hurt the town not only at the quay, but also in its shops.",
            None,
            "The toll has hurt the town not only at the quay, but also in its shops",
        ),
        (
            "They either sold the boats to the bank, or simply left the quay for the hills.",
            "sold",
            "They either sold the boats to the bank, or simply left the quay",
        ),
        (
            "The quarrel did not start with the toll, but has grown since 2029, when the port would not "
            "open a “summer gate” for the boats.",
            None,
            "The quarrel did not start with the toll, but has grown since 2029",
        ),
        (
            "Much of the anger on the isles comes from the fact that the port has turned work on the quay into a "
            "night shift for all pilots.",
            "turned",
            "the port has turned work on the quay into a night shift for all pilots",
        ),
        ("The strike was seen by some as “the first crack in the ice”.", None, "the first crack in the ice"),
        ("Dr. Berg showed the lock to the council.", None, "Dr. Berg showed the lock to the council"),
    ],
)
def test_an_excerpt_says_something(text: str, key: str | None, expected: str) -> None:
    """It has a subject and what is said of it: no opening, bare subject, gapped clause or half of a list."""
    about = [Span(start=text.index(key), end=text.index(key) + len(key))] if key else []
    found = excerpt(text, [Span(start=0, end=len(text))], about)
    assert found is not None
    assert found.of(text) == expected
    assert len(expected.split()) <= LONGEST


def test_a_long_run_loses_the_date_that_it_opens_with() -> None:
    """What is said would not fit beside the day that stands before it."""
    text = "On the first Sunday of May the ferry from Lund to the outer skerries will sail for the last time."
    start = text.index("first")
    day = Span(start=start, end=start + len("first Sunday of May"))
    found = excerpt(text, [Span(start=0, end=len(text))], dates=[day])
    assert found is not None
    assert found.of(text) == "the ferry from Lund to the outer skerries will sail for the last time"


@pytest.mark.parametrize("number", [8, 48, 80, 120])
def test_no_two_questions_of_an_article_share_their_wording(number: int) -> None:
    """With names and figures masked, no wording stands twice, however long the article; no claim goes without."""
    made = composed(written(*town(number)))
    assert shared([q.text for q in questions(made)]) == 0.0
    assert all(brief.questions or brief.see_questions for brief in made.briefs)


def test_sharing_is_measured() -> None:
    """Questions that differ only in names, figures or quoted words count as sharing their wording."""
    same = [
        "Who counted 12 boats for Anna Berg?",
        "Who counted 3,400 boats for Nils Ramm?",
        "Where is “the pier”?",
    ]
    assert shared(same) == pytest.approx(2 / 3)
    assert shared([]) == 0.0
    assert masked("Did the Harbour Authority say “x y z” on 5 May?") == masked(
        "Did the City Council say “q” on 17 June?"
    )
