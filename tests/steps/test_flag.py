"""Flags of any text: the rules never fall over, and every place and quoted word is the article's."""

from flagging import article_of, flags_of, prove, proved
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_flag_figures import PLANTED as FIGURES
from test_flag_times import PLANTED as TIMES
from test_flag_words import PLANTED as SAID

from briefs.errors import BriefsError


def test_troubles_of_one_article_are_flagged_once_each() -> None:
    """An article with every planted trouble has flags of many kinds, no two of one kind at the same places."""
    found = proved("\n\n".join(str(case.values[1]) for case in (*FIGURES, *TIMES, *SAID)))
    assert len({finding.flag.kind for finding in found}) >= 10


WORDS = st.sampled_from(
    ["more than", "12,400", "nurses", "cases", "every month", "allegedly", "a week earlier, on", "July 10", "July 18",
     "“", "”", "(…)", "‘", "’", "its third year", "war", "which began in 2019,", "confirmed", "the figure", "%", "48",
     "said", "a former official", "disaster", "revealed how many", "of the", "since 2021", ".", "?", "\n", "\n\n", ",",
     "\u0301", "😀", "\u200f", "\u00ad"]
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=200)))
def test_any_text_can_be_flagged(text: str) -> None:
    """No text brings the rules down, and every place and quoted word of a flag is the article's."""
    try:
        article = article_of(text)
    except BriefsError:  # a text with nothing in it is refused
        return
    prove(article, flags_of(article))
