"""For whom a source speaks is found as by holding its words against every target."""

from hypothesis import given
from hypothesis import strategies as st

from briefs.language.criticism_reply import _officials, _Speakers
from briefs.language.criticism_target import countries

KEYS = st.lists(
    st.sampled_from(["board", "kirn health board", "ab", "a", "france/state", "norway/state", "lund"]),
    unique=True,
)
SOURCES = st.lists(
    st.sampled_from(
        ["The", "Board’s", "board's", "director", "Kirn", "health", "board", "French", "ab", "'s"]
    )
    | st.sampled_from(sorted(_officials())[:3]),
    max_size=5,
).map(" ".join)


@given(KEYS, SOURCES)
def test_the_same_as_holding_it_against_every_target(keys: list[str], source: str) -> None:
    """By its words, by "the board's", and as a country's official."""
    words = source.replace("’", " ").replace("'", " ").split()
    official = any(word.lower() in _officials() for word in words)
    wanted = set()
    for key in keys:
        country, _, body = key.partition("/")
        kind = key.split()[-1]
        if body:
            speaks = official and any(countries().get(word) == country for word in words)
        else:
            speaks = key in source.lower() or f"{kind}'s " in source or f"{kind}’s " in source
        wanted |= {key} if speaks else set()
    assert set(_Speakers(keys).speak_for(source)) == wanted
