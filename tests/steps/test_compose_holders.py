"""Who holds a count: neither what is no office, nor somebody who only speaks of it."""

import re

import pytest
from composing import Figure, Said, Written, composed, questions, written

from briefs.domain.claims import ClaimType
from briefs.domain.segmentation import Sentence

LOST = Figure("4,100 pilots", 4100, 4100, "pilots")


def test_who_is_meant_by_law_enforcement_is_asked_of_the_outlet() -> None:
    """It is no office: nobody there is asked for "your records", and the data is held by whoever is meant."""
    claim = Said(
        "Mara Holt, citing Orla law enforcement, said the port lost 4,100 pilots.",
        ClaimType.QUANTITY,
        "Mara Holt",
        content="the port lost 4,100 pilots",
        basis=("Orla law enforcement",),
        figures=(LOST,),
    )
    made = composed(written(claim))
    texts = [q.text for q in questions(made)]
    assert any("meant by “Orla law enforcement”, and where does it give 4,100 pilots" in t for t in texts)
    assert not any("cites you for" in text for text in texts)
    assert not any("law enforcement" in q.ask for q in questions(made))
    assert "whoever is meant by “Orla law enforcement”" in [m.holder for m in made.briefs[0].missing_evidence]


@pytest.mark.parametrize(
    ("after", "holder"),
    [
        ("“That is the official figure.”", "the office behind “official figure”"),
        ("“It is far above the official figure.”", "whoever made the count: Nils Ramm can say who"),
        ("“The official figure of dockers came in May.”", "whoever made the count: Nils Ramm can say who"),
        ("", "whoever made the count: Nils Ramm can say who"),
    ],
)
def test_a_speaker_does_not_hold_the_count_he_speaks_of(after: str, holder: str) -> None:
    """An office holds what is called official; else the speaker can say who counted."""
    quote = f"“We lost 4,100 pilots,” Nils Ramm said. {after}".strip()
    said = Said(quote, ClaimType.QUANTITY, "Nils Ramm", content="We lost 4,100 pilots", figures=(LOST,))
    held = [m.holder for m in composed(split(said)).briefs[0].missing_evidence if "count" in m.what]
    assert held == [holder]


def split(claim: Said) -> Written:
    """Return an article of one claim whose sentences are told apart."""
    made = written(claim)
    borders = [found.end() for found in re.finditer(r"[.](?= “)", claim.quote)]
    places = zip([0, *(border + 1 for border in borders)], [*borders, len(claim.quote)], strict=True)
    sentences = tuple(
        Sentence(start=start, end=end, index=index, paragraph=0) for index, (start, end) in enumerate(places)
    )
    whole = made.segmentation.paragraphs[0].model_copy(update={"last": len(sentences) - 1})
    told_apart = made.segmentation.model_copy(update={"sentences": sentences, "paragraphs": (whole,)})
    return made._replace(segmentation=told_apart)
