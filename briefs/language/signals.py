"""Signals: plain yes/no facts about each sentence, each with the words that show it."""

from briefs.domain.scan import DateMention, Entity, Quantity, Signals
from briefs.language.parse import ParsedArticle


def signals(
    parsed: ParsedArticle,
    entities: tuple[Entity, ...],
    quantities: tuple[Quantity, ...],
    dates: tuple[DateMention, ...],
) -> tuple[Signals, ...]:
    """Return one `Signals` for each sentence of article text, in order."""
    return tuple(Signals(sentence=each.sentence.index) for each in parsed.sentences)
