"""A hand-made article with a hand-made scan, for tests of extraction."""

import re
from typing import Any, Self

from briefs.domain.article import Article, BlockRole, Copy, FurnitureKind, sha256
from briefs.domain.claims import Extraction
from briefs.domain.scan import (
    Attribution,
    Clause,
    Criticism,
    DateMention,
    Entity,
    Hedge,
    Quantity,
    Reference,
    Scan,
    Signals,
    Source,
    SourceKind,
    Speech,
    Superlative,
)
from briefs.domain.segmentation import Paragraph, Segmentation, Sentence
from briefs.domain.spans import How, Mention, Span
from briefs.steps.extract import extract


def article_of(text: str) -> Article:
    """Return a bare article with this text."""
    data = text.encode("utf-8", "surrogatepass")
    return Article(
        id="a",
        text_sha256=sha256(data),
        source_sha256=sha256(data),
        slug="a",
        title="",
        language="en",
        copy_kind=Copy.OWN,
        source_path="a.txt",
        text=text,
    )


class Draft:
    """An article given as sentences; scan findings are added by the words they stand at.

    A sentence that starts with "# " is a headline, one that starts with "@" is advertising, and "/"
    before a sentence opens a new paragraph.
    """

    def __init__(self, *sentences: str) -> None:
        text, cut, paragraph = "", [], 0
        for i, given in enumerate(sentences):
            role = BlockRole.HEADLINE if given.startswith("# ") else BlockRole.BODY
            opens = i > 0 and (given[0] in "/@#" or sentences[i - 1][0] in "@#")
            paragraph += opens
            words = re.sub(r"^(?:# |/|@)", "", given)
            text += ("\n" if opens else " ") if i else ""
            cut.append(
                Sentence(
                    start=len(text),
                    end=len(text) + len(words),
                    index=i,
                    paragraph=paragraph,
                    role=role,
                    furniture=FurnitureKind.ADVERTISING if given.startswith("@") else None,
                )
            )
            text += words
        self.text = text
        self.segmentation = Segmentation(sentences=tuple(cut), paragraphs=_paragraphs(cut), chunks=())
        self._found: dict[str, list[Any]] = {}
        self._signals: dict[int, dict[str, Any]] = {s.index: {} for s in cut if s.furniture is None}

    def at(self, words: str, nth: int = 0) -> Span:
        """Return the place of the `nth` occurrence of `words`, from 0."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return Span(start=start, end=start + len(words))

    def _add(self, name: str, value: object) -> Self:
        self._found.setdefault(name, []).append(value)
        return self

    def figure(self, words: str, low: float, unit: str | None = None, nth: int = 0, **more: Any) -> Self:
        """Add a quantity."""
        place = self.at(words, nth)
        more.setdefault("high", low)
        made = Quantity(start=place.start, end=place.end, text=words, low=low, unit=unit, **more)
        return self._add("quantities", made)

    def date(self, words: str, iso: str | None = None, nth: int = 0, **more: Any) -> Self:
        """Add a date."""
        place = self.at(words, nth)
        return self._add("dates", DateMention(start=place.start, end=place.end, text=words, iso=iso, **more))

    def name(self, words: str, label: Any = "PERSON", best: str | None = None, nth: int = 0) -> Self:
        """Add an entity."""
        place = self.at(words, nth)
        return self._add(
            "entities", Entity(start=place.start, end=place.end, name=best or words, label=label)
        )

    def refers(self, words: str, name: str, nth: int = 0) -> Self:
        """Add a pronoun or description that stands for `name`."""
        place = self.at(words, nth)
        made = Reference(
            start=place.start, end=place.end, name=name, how=How.RESOLVED, antecedent=self.at(name)
        )
        return self._add("references", made)

    def hedge(self, words: str, kind: Any = "allegation", nth: int = 0) -> Self:
        """Add a hedge."""
        place = self.at(words, nth)
        return self._add("hedges", Hedge(start=place.start, end=place.end, kind=kind))

    def superlative(self, words: str, kind: Any = "record") -> Self:
        """Add a first, record or extreme."""
        place = self.at(words)
        return self._add("superlatives", Superlative(start=place.start, end=place.end, kind=kind))

    def clause(self, words: str, sentence: int, subject: str | None = None) -> Self:
        """Add a clause of a sentence."""
        place = self.at(words)
        who = self.at(subject) if subject else None
        return self._add("clauses", Clause(start=place.start, end=place.end, sentence=sentence, subject=who))

    def criticism(self, target: str, words: str, answer: str | None = None) -> Self:
        """Add a criticism of `target` at `words`."""
        place = self.at(target)
        made = Criticism(
            target=Mention(start=place.start, end=place.end, name=target),
            place=self.at(words),
            answer=self.at(answer) if answer else None,
        )
        return self._add("criticisms", made)

    def says(
        self,
        source: str,
        content: str,
        *more_content: str,
        cue: str | None = None,
        name: str | None = None,
        kind: SourceKind = SourceKind.NAMED,
        how: How = How.STATED,
        speech: Speech = Speech.INDIRECT,
        via: str | None = None,
        nth: int = 0,
    ) -> Self:
        """Add an attribution of the `nth` words `content` to the words `source`."""
        who = self.at(source)
        through = self.at(via) if via else None
        made = Attribution(
            kind=kind,
            source=Source(start=who.start, end=who.end, name=name or source, how=how),
            cue=self.at(cue) if cue else None,
            content=tuple(self.at(words, nth) for words in (content, *more_content)),
            via=(Mention(start=through.start, end=through.end, name=via or ""),) if through else (),
            speech=speech,
        )
        return self._add("attributions", made)

    def signal(self, sentence: int, **found: Any) -> Self:
        """Set signals of a sentence; a string or a tuple of strings stands for their places."""
        for key, value in found.items():
            if isinstance(value, str):
                self._signals[sentence][key] = (self.at(value),)
            elif isinstance(value, tuple):
                self._signals[sentence][key] = tuple(self.at(words) for words in value)
            else:
                self._signals[sentence][key] = value
        return self

    def scan(self) -> Scan:
        """Return the scan as added so far."""
        found: dict[str, Any] = {name: tuple(values) for name, values in self._found.items()}
        signals = tuple(Signals(sentence=i, **values) for i, values in self._signals.items())
        return Scan(signals=signals, **found)

    def extract(self) -> Extraction:
        """Run the step."""
        return extract(article_of(self.text), self.segmentation, self.scan())


def _paragraphs(sentences: list[Sentence]) -> tuple[Paragraph, ...]:
    grouped: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        grouped.setdefault(sentence.paragraph, []).append(sentence)
    return tuple(
        Paragraph(
            start=each[0].start,
            end=each[-1].end,
            index=i,
            role=each[0].role,
            first=each[0].index,
            last=each[-1].index,
        )
        for i, each in grouped.items()
    )
