"""What an answer says, at its place in the article; what has none is dropped and counted."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefs.domain.article import Article
from briefs.domain.claims import ClaimType
from briefs.domain.proposals import ProposedClaim, ProposedOmission
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Quote, Span
from briefs.llm.wire import MOST_WORDS, WireClaim
from briefs.steps.propose.answers import LeftOut, ReadAnswer
from briefs.steps.propose.parts import Part
from briefs.text.locate import Found, Locator, words


class Placed(NamedTuple):
    """What stands of one answer."""

    claims: tuple[ProposedClaim, ...]
    omissions: tuple[ProposedOmission, ...]
    rejected: tuple[str, ...]
    """The checks that were not passed, once for each thing said."""


def place(article: Article, part: Part, answer: ReadAnswer, example: Sequence[str]) -> Placed:
    """Return the claims whose words stand in the part's sentences, and the omissions that name one.

    Words win over numbers. `example` is the words of the prompt's own example, folded as by `words`.
    """
    sentences = part.sentences
    locator = Locator(article.text, sentences, _joined(sentences))
    shown = f" {' '.join(example)} "
    claims: dict[Span, ProposedClaim] = {}
    rejected = list(answer.rejected)
    for said in answer.claims:
        found = locator.find(said.words, said.n - 1, cut_off=len(said.words) >= MOST_WORDS)
        if not isinstance(found, Found):
            rejected.append("example_echoed" if _is_echo(said.words, shown) else found)
            continue
        if found.span in claims:
            rejected.append("repeated")
            continue
        if found.sentence != said.n - 1:
            rejected.append("wrong_number")
        claims[found.span] = _proposed(article, sentences[found.sentence], found.span, said)
    chosen = {claim.sentence for claim in claims.values()}
    omissions = _omissions(sentences, answer.left_out, chosen, rejected)
    return Placed(tuple(claims.values()), omissions, tuple(rejected))


def _proposed(article: Article, sentence: Sentence, span: Span, said: WireClaim) -> ProposedClaim:
    return ProposedClaim(
        sentence=sentence.index,
        quote=Quote(start=span.start, end=span.end, text=span.of(article.text)),
        type=ClaimType(said.type),
        standalone=_standalone(said),
        source=said.source.strip(),
        via=tuple(name.strip() for name in said.via if name.strip()),
    )


def _standalone(said: WireClaim) -> str:
    """Return the claim's words with a name in brackets for each word that needs one; empty if none does."""
    wording = said.words
    for each in said.names:
        word = re.escape(each.word.strip())
        if word and each.name.strip():
            stand_in = f"[{each.name.strip()}]".replace("\\", r"\\")  # a template's own mark
            wording = re.sub(rf"(?<!\w){word}(?!\w)", stand_in, wording, count=1)
    return wording.strip() if wording != said.words else ""


def _omissions(
    sentences: Sequence[Sentence], left_out: Sequence[LeftOut], chosen: set[int], rejected: list[str]
) -> tuple[ProposedOmission, ...]:
    """Return the omissions that stand, and count in `rejected` those that do not."""
    found: dict[int, ProposedOmission] = {}
    for number, why in left_out:
        if not 1 <= number <= len(sentences):
            rejected.append("no_such_sentence")
            continue
        index = sentences[number - 1].index
        if index in chosen:
            rejected.append("chosen_and_left_out")
        elif index in found:
            rejected.append("repeated")
        else:
            found[index] = ProposedOmission(sentence=index, why=why)
    return tuple(found.values())


def _joined(sentences: Sequence[Sentence]) -> list[bool]:
    """Tell of each sentence whether words may run on into it from the one before."""
    joined = [False] * len(sentences)
    for place in range(1, len(sentences)):
        before, after = sentences[place - 1], sentences[place]
        joined[place] = before.paragraph == after.paragraph and before.index + 1 == after.index
    return joined


def _is_echo(said: str, shown: str) -> bool:
    return f" {' '.join(word.text for word in words(said))} " in shown
