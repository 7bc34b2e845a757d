"""What is asked of those who are criticised, and under which claim."""

import pytest
from composing import Said, Written, article, composed, place, questions

from briefs.domain.article import Copy
from briefs.domain.claims import ClaimType
from briefs.domain.scan import Criticism, Scan
from briefs.domain.spans import Mention


def criticised(copy: Copy, asked: str) -> Written:
    """Return an article that criticises a body."""
    claim = Said(
        "The Harbour Authority ignored three warnings about the cranes.", ClaimType.EVENT, event="ignored"
    )
    text = claim.quote
    where = place(text, "Harbour Authority")
    target = Mention(start=where.start, end=where.end, name="Harbour Authority")
    where = place(text, text.removeprefix("The "))  # as the scan has it, from the name on
    scan = Scan(criticisms=(Criticism(target=target, place=where, asked=asked),))
    return article(claim, copy=copy, scan=scan)


@pytest.mark.parametrize(
    ("copy", "ask"), [(Copy.OWN, "the author"), (Copy.PUBLISHED, "the press office of the Harbour Authority")]
)
def test_criticism_without_an_answer_asks_for_one(copy: Copy, ask: str) -> None:
    """Right of reply: our author is asked whether they were heard, in published copy they are asked themselves."""
    made = composed(criticised(copy, "unsaid"))
    assert ask in {q.ask for q in questions(made)}
    quoting = [q.text for q in questions(made) if "Harbour Authority ignored" in q.text]
    assert quoting
    assert all("“The Harbour Authority ignored" in text for text in quoting)
    assert [(c.name, c.asked) for c in made.overview.criticised] == [("Harbour Authority", "unsaid")]


def test_an_answer_is_asked_for_where_the_charge_stands() -> None:
    """Of two claims that criticise somebody, the one prints the question that has words enough; one points there."""
    claims = (
        Said("The storm began in 2029, when the Harbour Authority failed.", event="began", score=0.9),
        Said("It is a sign of the inability of the Harbour Authority to keep its cranes.", score=0.2),
    )
    text = "\n\n".join(c.quote for c in claims)
    first = place(text, "Harbour Authority")
    target = Mention(start=first.start, end=first.end, name="Harbour Authority")
    charges = ("Harbour Authority failed", "the inability of the Harbour Authority to keep its cranes")
    said = tuple(Criticism(target=target, place=place(text, c), asked="unsaid") for c in charges)
    made = composed(article(*claims, scan=Scan(criticisms=said)))
    [reply] = [q for q in questions(made) if q.ask == "the press office of the Harbour Authority"]
    assert charges[1] in reply.text
    assert reply in made.briefs[1].questions
    assert reply.id in made.briefs[0].see_questions


def test_criticism_with_an_answer_asks_for_none() -> None:
    """Somebody who was heard in the article is not asked again."""
    made = composed(criticised(Copy.PUBLISHED, "yes"))
    assert not any("answer" in q.text or "from your side" in q.text for q in questions(made))
