"""Sentence borders in news prose: abbreviations, quotations, ellipses, lists, missing spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.text.sentences import sentences

# Borders are marked with | in the texts.
CASES = [
    # Abbreviations, initials, titles.
    "Gen. Ana Ruiz met Lt. Col. B. Ota in St. Anne.| Dr. Lund came.| Mr. and Mrs. Bo left.",
    "J. R. Holm and A.B. Lund wrote it.| Plan B.| The end came.",
    "The U.S. Senate met.| He left the U.S.| The rest stayed in the U.K. and the E.U. until May.",
    "Holm Inc. bought Lund Corp.| The price was kept.| It paid Ota & Co. in full.",
    "It opens at 9 a.m. Monday and shuts at 5 p.m.| Nobody came.| At 7 p.m. EST it rained.",
    "See No. 5 and p. 12 of vol. 3.| No. 7 is lost.| He said no.| Nobody left.",
    "It began on Oct. 5 and ended Nov. 12.| Then came Dec. 1, 2031.",
    "Sales, profits, etc. fell.| They sold oil, gas, etc.| The firm closed.",
    "The vote was 5 vs. 4, i.e. narrow, e.g. for Holm.",
    "“He lives in the U.S.”| She did not.",
    "It costs $3.50.| The rate is 2.5 per cent.| Version 2.0.| It works.",
    "He lives in Ostby.| Mr. Holm met Ota in the U.S.| Ms. Lund came to Ota Inc.| Mrs. Bo did not.",
    "It was put to the PKT.| Holm left the PKT Board.| DR. HOLM SPOKE.| He won SC.| Many Dems lost.",
    "He saw it in the Org.|  Holm left it.",
    "She asked Larsen.| Ota went to Monaco.| Holm stayed with the Bank.| Lund paid.",
    "It was put to Prof. Holm, Cllr. Ota and the Okla. Senate.| Lund read the Proc. Acad. Ostby.",
    # Sentences that begin in lower case.
    "The crew left in November.| nobody stayed.| it rained and the sale of approx. five boats, incl. oars, was off.",
    "He wrote to the dept. of works, at ostby. com, and at 5 p.m. he left.",
    # Quotations.
    "“We left.| We came back,” Ana Ruiz said.| It rained.",
    "“Stop!” she cried.| “Why?” he asked.| “No,” they said.",
    "“Why?” Ana Ruiz asked.| “Never!” Holm replied, and left.",
    "“Why?”| Ana Ruiz did not answer.| “Never!”| The crowd left.",
    "“Why?” Ana Ruiz repeated.| “Never!” Holm said Friday.| “Why?” Ms. Lund asked again.",
    "“We left.| It rained.” — Ana Ruiz of Ostby",
    "“We left.”| — Ana Ruiz, mayor of Ostby, was not there.",
    "‘We left.’| Ana’s answer came late.| ‘Did we?’ said Bo.",
    '"We left." The mayor said no.'.replace('." The', '."| The'),
    "« Nous partons. »| Ana resta.| „Wir gehen.“| Bo blieb.",
    "“We left.”[1]| It rained.¹| It snowed.*| It thawed.",
    "He called it “a mess (…) and a shame”.| She did not.",
    "She said (he had asked. Twice.) that it was over.| (It was not.)| Then rain.",
    "Who knew?!| Nobody!!| Really…?| Yes.",
    "He doubted (?) the count.| It was right (!) after all.",
    # Ellipses.
    "“It was bad… We left (…) This is the end (…) [We were] tired,” he said.".replace("… W", "…| W")
    .replace("(…) T", "(…)| T")
    .replace("(…) [", "(…)| ["),
    "Well… maybe not... or so.| They left....| Nobody came.",
    "It was . . . not so.| The end . . . .| Next came rain.",
    "“I stayed clear of it. ...| I do regret that. …| 20 boats left.",
    # Lists, headlines, addresses, missing spaces.
    "1. The mill |2. The dam |3. The road",
    "• The mill |• The dam",
    "Boats at the quay of Ostby |Photo: Bo Lund/Ostby Post",
    "The quay.| File photo: Bo Lund.",
    "In the photo: Bo Lund and a boat.| Then snow.",
    "Mill at Ostby closes after 90 years",
    "Write to ana.holm@lantern.example.| See https://lantern.example/a.Html?b=C.D for more.| Lantern.example has it.",
    "It was over in the end.|Nobody came.| Was it?|They say so.",
    "“It was over.”|Nobody came.| ‘All gone.’|The rest stayed.",
    "It was read on Lantern.Ru and Node.Js pages.| The ASP.Net page was not.",
    "终于结束了。|没有人来。|真的？|是的。",
    "هل جاء؟| نعم.| انتهى.",
    "First line\nof a sentence.| Second one.",
    "A line without end\n\n|Another line",
    "Smile 😀!| Then it ended 👩‍👩‍👧.| Next.",
]


@pytest.mark.parametrize("marked", CASES)
def test_borders(marked: str) -> None:
    """A sentence ends where a reader says it ends, and nowhere else."""
    expected = [piece.strip() for piece in marked.split("|")]
    text = marked.replace("|", "")
    assert [span.of(text) for span in sentences(text, 0, len(text))] == expected


def test_only_the_given_piece_counts() -> None:
    """Offsets are those of the whole text, and nothing outside the piece is looked at."""
    text = "Mr. Holm left. It rained. Then snow."
    start, end = text.index("It"), text.index(" Then")
    assert [(s.start, s.end) for s in sentences(text, start, end)] == [(start, end)]
    assert sentences(text, 0, 0) == []
    assert sentences(" \n\t", 0, 3) == []


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u00ad", "\u0301", "”", ")", "\u2069"])
def test_no_piece_of_marks_alone(unseen: str) -> None:
    """Closing marks and unseen characters left alone join a neighbour."""
    text = f"It rained. {unseen} \n It snowed. \n\n {unseen}"
    assert [unseen in s.of(text) and len(s.of(text)) > 3 for s in sentences(text, 0, len(text))].count(
        True
    ) >= 1
    assert all(len(s.of(text)) > 3 for s in sentences(text, 0, len(text)) if s.end < len(text))


@given(st.text(alphabet=st.sampled_from("aA.!?…”“ ’'()\n1\u0301\u200b。•😀"), max_size=60))
def test_nothing_is_lost(text: str) -> None:
    """Sentences are in order, disjoint, not blank, and hold every character that is not white space."""
    place = 0
    for span in sentences(text, 0, len(text)):
        assert span.start >= place
        assert not text[place : span.start].strip()
        assert span.of(text) == span.of(text).strip() != ""
        place = span.end
    assert not text[place:].strip()


def test_accents_stay_with_their_letters() -> None:
    """No sentence begins with an accent that belongs to the character before it."""
    text = "It rained.\u0301 It snowed. \u0301Then thaw. E\u0301tat."
    assert all(not s.of(text).startswith("\u0301") for s in sentences(text, 0, len(text)))
