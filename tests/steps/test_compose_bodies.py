"""Bodies found by their words and country are those that looking at each would give."""

from hypothesis import given
from hypothesis import strategies as st

from briefs.domain.scan import Entity
from briefs.steps.compose.bodies import Bodies, words_of
from briefs.steps.compose.reading import countries

NAMES = st.lists(
    st.text("abB ", min_size=1, max_size=6).filter(str.strip)
    | st.sampled_from(["Norwegian Board", "Board", "Board of Health", "French Health Office"]),
    max_size=6,
    unique=True,
)


@given(NAMES, st.text("abB ", max_size=12) | st.just("the Board of Health in Lund"))
def test_the_same_as_looking_at_each(names: list[str], words: str) -> None:
    """Whatever the names are, parts of one another too."""
    text = " ".join(f"Sweden’s {name}" for name in names)
    entities, place = [], 0
    for name in names:
        place = text.index(name, place)
        entities.append(Entity(start=place, end=place + len(name), name=name, label="ORG"))
    bodies = Bodies(text, entities, countries)
    assert bodies.within(words) == [n for n, name in enumerate(names) if name in words]
    wanted = frozenset({"board", "health"})
    called = bodies.called(wanted)
    assert called.numbers == {n for n, name in enumerate(names) if wanted & words_of(name)}
    homes = {n: countries(f"{bodies.owner(n) or ''} {names[n]}")[:1] for n in sorted(called.numbers)}
    for country, number in called.first_of.items():
        assert number == min(n for n, home in homes.items() if home == [country])
