"""Locate: words are a text's when every word, figure and sign is equal; what is found is an exact slice."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.spans import Span
from briefs.text.locate import Found, Locator, words

SENTENCES = (
    "Kell Mills shut its gate on 4 May, the mayor’s office said.",
    "“We did not take £18,000 – not a cent,” Ana Ruiz told the Lantern.",
    "Output fell by 4.5% in the\nsecond quarter — the worst since 2009.",
    "Café owner Zoe\u0301 Vail lost twelve jobs.",
    "We did not stay.",
)
TEXT = " ".join(SENTENCES)


def locator(*, joined: bool = False) -> Locator:
    """Return a locator for the five sentences, each a paragraph of its own unless `joined`."""
    spans, place = [], 0
    for sentence in SENTENCES:
        spans.append(Span(start=place, end=place + len(sentence)))
        place += len(sentence) + 1
    return Locator(TEXT, spans, [joined] * len(spans))


@pytest.mark.parametrize(
    ("said", "near", "slice_", "sentence"),
    [
        ("Kell Mills shut its gate", 0, "Kell Mills shut its gate", 0),
        ("KELL MILLS  shut its\ngate", 0, "Kell Mills shut its gate", 0),
        ("the mayor's office said.", 0, "the mayor’s office said.", 0),
        ("Kell Mills shut its gate on 4 May.", 0, "Kell Mills shut its gate on 4 May", 0),
        ('"We did not take £18,000 - not a cent,"', 1, "We did not take £18,000 – not a cent", 1),
        (
            "Output fell by 4.5% in the second quarter - the worst",
            2,
            "Output fell by 4.5% in the\nsecond quarter — the worst",
            2,
        ),
        ("Cafe\u0301 owner Zoé Vail", 3, "Café owner Zoe\u0301 Vail", 3),
        ("lost twelve jobs.", 0, "lost twelve jobs.", 3),
        ("we did not", 4, "We did not", 4),
        ("we did not", 1, "We did not", 1),
        ("Kell Mills … on 4 May", 0, "Kell Mills shut its gate on 4 May", 0),
        ("We did not take ... not a cent", 1, "We did not take £18,000 – not a cent", 1),
    ],
)
def test_words_that_stand_there(said: str, near: int, slice_: str, sentence: int) -> None:
    """Letter case, white space, dashes, marks and accents aside, equal words are found, nearest first."""
    found = locator().find(said, near)
    assert isinstance(found, Found)
    assert (found.span.of(TEXT), found.sentence) == (slice_, sentence)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("We did not take £19,000", "not_in_article"),
        ("We did not take $18,000", "not_in_article"),
        ("We did not take £18", "not_in_article"),
        ("We did take £18,000", "stitched"),
        ("Output fell by 4.5 in the second quarter", "stitched"),
        ("Output fell by 45%", "not_in_article"),
        ("lost eleven jobs", "not_in_article"),
        ("lost twelve job", "not_in_article"),
        ("ut its gate", "not_in_article"),
        ("Kell Mills shut its gate Ana Ruiz told the Lantern", "stitched"),
        ("Kell Mills shut its gate … Ana Ruiz told the Lantern", "stitched"),
        ("lost twelve jobs. We did not stay", "stitched"),
        ("told … not take", "not_in_article"),
        ("Mills", "too_short"),
        ("", "too_short"),
        ("…\x00\ud800“", "too_short"),
    ],
)
def test_words_that_do_not(said: str, why: str) -> None:
    """One changed figure, sign, word or negation, a cut word or a stitched quotation is no place at all."""
    assert locator().find(said, 0) == why


def test_words_run_on_within_a_paragraph_only() -> None:
    """Neighbouring sentences of one paragraph may be quoted together; paragraphs may not."""
    said = "lost twelve jobs. We did not stay."
    found = locator(joined=True).find(said, 3)
    assert isinstance(found, Found)
    assert found.span.of(TEXT) == said
    assert locator(joined=False).find(said, 3) == "stitched"


def test_a_word_cut_off_is_left_out() -> None:
    """Words cut at a bound end with a whole word, and only words that were cut are treated so."""
    found = locator().find("Output fell by 4.5% in the sec", 2, cut_off=True)
    assert isinstance(found, Found)
    assert found.span.of(TEXT) == "Output fell by 4.5% in the"
    assert locator().find("Output fell by 4.5% in the sec", 2) != found


@given(text=st.text(max_size=200), said=st.text(max_size=60), data=st.data())
@settings(deadline=None)
def test_any_string(text: str, said: str, data: st.DataObject) -> None:
    """Whatever text and words: no error; what is found has the same words as what was said."""
    cut = data.draw(st.integers(0, len(text)))
    here = Locator(text, [Span(start=0, end=cut), Span(start=cut, end=len(text))], [False, False])
    part = text[data.draw(st.integers(0, cut)) : cut]
    for each in (said, part):
        found = here.find(each, data.draw(st.integers(-5, 5)))
        if isinstance(found, Found):
            assert (
                [w.text for w in words(found.span.of(text))] == [w.text for w in words(each)]
                or "…" in each
                or ".." in each
            )


@given(text=st.text(max_size=300))
@settings(deadline=None)
def test_words_are_in_order_and_apart(text: str) -> None:
    """Words never overlap, never stand empty of place, and lie within the text."""
    found = list(words(text))
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_long_texts_and_many_words() -> None:
    """A long text that repeats itself is searched in bounded work for each thing said."""
    text = "no end of words " * 20_000
    here = Locator(text, [Span(start=0, end=len(text))], [False])
    for said in ("no end of words no end", "no end of … words", "end of no words " * 20):
        here.find(said, 0)
