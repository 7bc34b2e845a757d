"""Which sentences hold a place, against the plainest way to tell."""

from hypothesis import given
from hypothesis import strategies as st

from briefs.domain.segmentation import Segmentation, Sentence
from briefs.domain.spans import Span

BORDERS = st.lists(st.integers(0, 60), unique=True, max_size=12).map(sorted)


@given(BORDERS, st.integers(0, 62), st.integers(0, 12))
def test_sentences_of_a_place(borders: list[int], start: int, length: int) -> None:
    """They are those that share a character with it, wherever sentences begin, end and leave gaps."""
    places = zip(borders[::2], borders[1::2], strict=False)
    sentences = tuple(
        Sentence(start=first, end=last, index=index, paragraph=0)
        for index, (first, last) in enumerate(places)
    )
    cut = Segmentation(sentences=sentences, paragraphs=(), chunks=())
    span = Span(start=start, end=start + length)
    assert cut.sentences_of(span) == tuple(each for each in sentences if each.overlaps(span))
    at = [each for each in sentences if each.start <= start < each.end]
    assert cut.sentence_at(start) == (at[0] if at else None)
