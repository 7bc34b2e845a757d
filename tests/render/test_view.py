"""What a page shows of a claim: its short wording and its source, in words."""

import pytest
from invented import invented
from invented_article import at, claim, source

from briefs.domain.claims import ClaimType
from briefs.domain.scan import Attribution, ChainEnd, SourceKind
from briefs.domain.spans import How, Quote, Span
from briefs.steps.render.short import short
from briefs.steps.render.sources import chain, who
from briefs.steps.render.view import page

SAID = (
    "Mara Holt said that the north pier would have reportedly cost 4 million to mend, far more than planned."
)


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        (
            SAID,
            [(15, 36), (48, 102)],
            "The north pier would have reportedly cost 4 million to mend, far more than planned",
        ),
        ("They no longer believe in its victory.", [(26, 37)], "They no longer believe in its victory"),
        (
            "“Go home,” she said. “We have no boats left for you.”",
            [],
            "Go home, she said. We have no boats left for you",
        ),
        (
            '"Gravel men eat well," she said. "I will be glad to see them back."',
            [],
            "Gravel men eat well, she said. I will be glad to see them back",
        ),
        (
            'They called the sale of the boats "a disgrace" and left.',
            [],
            'They called the sale of the boats "a disgrace" and left',
        ),
        (
            "He called it a “closed shop” and left the room.",
            [],
            "He called it a “closed shop” and left the room",
        ),
        (
            "The board, which had met eleven times that year without a vote, sold the pier, the yard and the last boat.",
            [],
            "The board sold the pier, the yard and the last boat",
        ),
        (
            "These delays, according to the board, show a lack of money for engines.",
            [(0, 12), (38, 70)],
            "These delays … show a lack of money for engines",
        ),
        (
            "The size of the catch was called by several people a miracle for the town.",
            [(0, 21), (53, 74)],
            "The size of the catch was called by several people a miracle for the town",
        ),
        (
            "However, the board that had met eleven times in that year without taking one vote had sold the nearly new pier.",
            [],
            "The board that had met eleven times in that year without taking one vote had sold\u00a0…",
        ),
        (
            "The dispatcher, identified only by her initials in the papers of the port, allegedly sold the boat to a man from the next town.",
            [],
            "The dispatcher allegedly sold the boat to a man from the next town",
        ),
        (
            "The port is doomed after the storm, which is why so many of the crew have left, as they want no part in its end.",
            [],
            "The port is doomed after the storm, which is why so many of the crew have left\u00a0…",
        ),
        (
            "The harbour minister has reportedly made known how many nets were lost in the storm to the Norwegian fleet.",
            [],
            "The harbour minister has reportedly made known how many nets were lost in the storm\u00a0…",
        ),
        (
            "Only a week earlier, quoting two people in the port, the Gazette told of something worse: the whole crew had left the ship.",
            [],
            "The whole crew had left the ship",
        ),
        (
            "The whole crew, with its captain, had left the ship and gone home, a guard said.",
            [(34, 65)],
            "The whole crew, with its captain, had left the ship and gone home, a guard said",
        ),
        (
            "The crew which, it is said, on Monday night had left the ship at last went home.",
            [(44, 69)],
            "The crew which, it is said, on Monday night had left the ship at last went home",
        ),
        (
            "According to a report by the Skerry Gazette, the line has laid up seven boats.",
            [(45, 77)],
            "The line has laid up seven boats",
        ),
        (
            "“The quay is open and the boats sail,” she said. “The reports of a strike are false.”",
            [(1, 37), (50, 84)],
            "The reports of a strike are false",
        ),
        ("Rx" * 80, [], "Rx" * 50 + "\u00a0…"),
    ],
)
def test_short_wording(text: str, content: list[tuple[int, int]], expected: str) -> None:
    """A short wording keeps hedges, drops "X said that", cuts at a word and leaves no lone quotation mark."""
    whole = claim("It is a disgrace.", ClaimType.EVENT, 0.5).model_copy(
        update={"quote": Quote(start=0, end=len(text), text=text)}
    )
    attribution = Attribution(
        kind=SourceKind.NAMED,
        cue=Span(start=0, end=12) if text.startswith("According to") else None,
        content=tuple(Span(start=start, end=end) for start, end in content),
    )
    assert short(whole, attribution, text) == expected


@pytest.mark.parametrize(
    ("attribution", "words"),
    [
        (Attribution(kind=SourceKind.UNATTRIBUTED), "the article itself"),
        (Attribution(kind=SourceKind.ANONYMOUS), "unnamed source"),
        (Attribution(kind=SourceKind.DOCUMENT), "not stated"),
        (
            Attribution(kind=SourceKind.ANONYMOUS, source=source("a person close to the board")),
            "a person close to the board (unnamed)",
        ),
        (
            Attribution(kind=SourceKind.ANONYMOUS, source=source("a person", "unnamed officials")),
            "unnamed officials",
        ),
        (Attribution(kind=SourceKind.NAMED, source=source("Tomas Ruud")), "Tomas Ruud"),
        (
            Attribution(kind=SourceKind.NAMED, source=source("Tomas Ruud", how=How.POSSIBLE)),
            "not stated; Tomas Ruud?",
        ),
    ],
)
def test_a_possible_source_is_never_shown_as_fact(attribution: Attribution, words: str) -> None:
    """The table says who says so, and asks where the article leaves it open."""
    assert who(attribution) == words


def test_order_of_importance_and_order_of_the_article() -> None:
    """Claims stand in the article's order; the table ranks them by level, then by score."""
    shown = page(invented())
    assert [s.number for s in shown.sections] == [1, 2, 3, 4, 5, 6, 7]
    assert [(s.level, s.number) for s in shown.ranked] == [
        ("high", 1),
        ("high", 3),
        ("high", 5),
        ("medium", 4),
        ("medium", 2),
        ("low", 6),
        ("low", 7),
    ]


def test_the_first_screen_says_which_claims_have_flags_of_their_own() -> None:
    """A flag that the first screen tells is not announced again; the others' claims are named there."""
    result = invented()
    assert [s.number for s in page(result).flagged] == [5, 6]
    [told, *_] = result.briefs[4].flags
    overview = result.overview.model_copy(update={"flags": (*result.overview.flags, told.alone)})
    assert page(result.model_copy(update={"overview": overview})).flagged == ()


def test_places_in_words() -> None:
    """A place is named as a reader counts: the headline, then paragraphs of body text."""
    layout = page(invented()).layout
    assert layout.place(at("Record")) == "headline"
    assert layout.place(at("About 4,200")) == "paragraph 1"
    assert layout.place(at("# 7 of")) == "paragraph 6"


def test_what_is_missing_under_several_claims_is_printed_once() -> None:
    """The first claim prints it whole; the others refer to it, and no other item is lost."""
    result = invented()
    first, second, *rest = result.briefs
    shared, own = first.missing_evidence[0], first.missing_evidence[0].model_copy(update={"what": "a tape"})
    second = second.model_copy(update={"missing_evidence": (shared, own)})
    sections = page(result.model_copy(update={"briefs": (first, second, *rest)})).sections
    assert shared in sections[0].missing
    assert sections[1].missing == (own,)
    assert [(e.home.number, e.words) for e in sections[1].missing_too] == [(1, (shared.what,))]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (SourceKind.DOCUMENT, "with a document, which the article does not show"),
        (SourceKind.ORGANISATION, "unstated in the article"),
    ],
)
def test_a_chain_that_ends_with_a_document_says_so(kind: SourceKind, words: str) -> None:
    """Also where nobody can tell where the document lies: it is a document all the same."""
    attribution = Attribution(kind=kind, chain_end=ChainEnd.UNSTATED)
    assert chain(attribution, "")[-1] == ("The chain ends", words)
