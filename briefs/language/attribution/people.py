"""What a noun phrase that stands as a source means: its best name, its kind, its role."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import NamedTuple

from spacy.tokens import Token

from briefs.domain.scan import Entity, Reference, SourceKind
from briefs.domain.spans import How, Span
from briefs.language.attribution.found import Found, Phrase, child
from briefs.language.attribution.sources import phrase
from briefs.language.parse import ParsedArticle, ParsedSentence
from briefs.language.roles import roles

_FIRST = frozenset({"i", "we", "me", "us", "my", "our"})
_SECOND = frozenset({"you", "your", "let", "nobody", "one"})
_PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers"})
_PLURAL = frozenset({"they", "them", "their"})
_THINGS = frozenset({"it", "its", "this", "that", "these", "those", "which", "what"})
_SOME = frozenset({"some", "many", "most", "several", "few"})
_SOME_BEFORE = 40
"""Words before "others", in its sentence and the last, among which "some engineers" is looked for."""
_SPEAKS_FOR = frozenset({"spokesperson", "spokesman", "spokeswoman", "representative"})


class Identity(NamedTuple):
    """Who or what a source is."""

    name: str
    kind: SourceKind
    how: How
    role: str | None = None
    noun: str = ""
    """Lemma of the common noun that names it; empty for a name."""
    thing: bool = False
    """Nothing says that it is a person, a body or a document: "the scale of the losses"."""


class Who:
    """Names and references of an article by place, to say what a phrase means."""

    def __init__(
        self, parsed: ParsedArticle, entities: tuple[Entity, ...], references: tuple[Reference, ...]
    ) -> None:
        self.text = parsed.text
        self._sentences = parsed.sentences
        self.entities = entities
        self.references = references
        self._starts = [entity.start for entity in entities]
        self._referring = [reference.start for reference in references]
        self.labels = {entity.name: entity.label for entity in reversed(entities)}
        self.times = Counter(entity.name for entity in entities)
        """How often the article names each."""
        self._bodies: dict[str, set[str]] = {}
        for name, label in self.labels.items():
            for word in name.lower().split() if label == "ORG" else ():
                self._bodies.setdefault(word, set()).add(name)
        self.surnames = {
            entity.name.split()[-1]: entity.name for entity in entities if entity.label == "PERSON"
        }
        self._roles: dict[str, str] = {}
        for entity in entities:
            if entity.role and entity.name not in self._roles:
                self._roles[entity.name] = entity.role

    def sentence(self, found: Found) -> ParsedSentence:
        """Return the sentence of an attribution's cue."""
        return self._sentences[found.number]

    def within(self, span: Span) -> tuple[Entity, ...]:
        """Return the names that start within `span`, in order."""
        return self.entities[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def entity_at(self, offset: int) -> Entity | None:
        """Return the name that holds the character at `offset`, or none."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self.entities[index].end:
            return self.entities[index]
        return None

    def reference_at(self, offset: int) -> Reference | None:
        """Return the reference that holds the character at `offset`, or none."""
        index = bisect_right(self._referring, offset) - 1
        if index >= 0 and offset < self.references[index].end:
            return self.references[index]
        return None

    def role(self, name: str) -> str | None:
        """Return the first role that the article gives to the person of this name."""
        return self._roles.get(name)

    def named(self, name: str, how: How) -> Identity:
        """Return the identity of a name, its kind read from what the article and the word lists say."""
        label = self.labels.get(name)
        if label == "PERSON":
            return Identity(name, SourceKind.NAMED, how, self.role(name))
        if label == "GROUP":
            return Identity(name, SourceKind.ANONYMOUS, how)
        if label in ("WORK", "LAW"):
            return Identity(name, SourceKind.DOCUMENT, how)
        return Identity(name, SourceKind.MEDIA if is_outlet(name) else SourceKind.ORGANISATION, how)

    def identify(self, source: Phrase) -> Identity | None:
        """Return who or what a phrase stands for; none where it is nobody ("you", "this")."""
        head, how = source.head, How.STATED
        if source.antecedent is not None:
            antecedent = self._human(source, source.antecedent)
            outer = phrase(source.sentence, antecedent, before=source.sentence.tokens.doc[head.left_edge.i])
            if outer is None:
                return None
            inner = self.identify(outer)
            return inner._replace(how=How.RESOLVED) if inner is not None else None
        place = source.sentence.offset + head.idx
        entity = self._named_within(source)
        if entity is not None:
            return self.named(entity.name, how)
        reference = self.reference_at(place)
        if reference is not None:
            return self.named(reference.name, How.RESOLVED)
        others = self._others(source) if head.lower_ == "others" else None
        if others is not None:
            return others
        return self._pronoun(source) if head.pos_ in ("PRON", "DET") else self._described(source)

    def _others(self, source: Phrase) -> Identity | None:
        """Return whom a bare "others" means after "some engineers": the other engineers."""
        head = source.head
        if head.left_edge.i != head.i or head.right_edge.i != head.i:
            return None
        here = head.sent.start
        first = head.doc[here - 1].sent.start if here > 0 else here
        for each in reversed(head.doc[max(first, head.i - _SOME_BEFORE) : head.i]):
            noun = each.head
            if each.lower_ in _SOME and each.i < noun.i < head.i and noun.tag_ == "NNS":
                found = self._described(Phrase(source.sentence.place(noun), noun, source.sentence))
                words = head.doc[each.i + 1 : noun.i + 1].text
                if found.thing:
                    return None
                return found._replace(name=f"other {' '.join(words.split())}", how=How.RESOLVED)
        return None

    def _human(self, source: Phrase, antecedent: Token) -> Token:
        """Return the person whom "who" stands for where the parser takes the body after "president of"."""
        if source.head.lower_ != "who":
            return antecedent
        node = antecedent
        for _ in range(6):
            entity = self.entity_at(source.sentence.offset + node.idx)
            named = entity is not None and entity.label == "PERSON"
            if named or (roles().human(node.lemma_.lower()) and node.dep_ != "appos"):
                return node
            if node.dep_ not in ("pobj", "prep", "appos", "compound", "conj") or node.head.i == node.i:
                break
            node = node.head
        return antecedent

    def _pronoun(self, source: Phrase) -> Identity | None:
        """Return what an unresolved pronoun still tells: "they" a plural subject, "we" the author."""
        lower = source.head.lower_
        if lower in _FIRST:
            return Identity("the author", SourceKind.NAMED, How.RESOLVED)
        if lower in _PERSONAL:
            return Identity(lower, SourceKind.ANONYMOUS, How.STATED, noun="person")
        if lower in _PLURAL:
            return self._they(source, ("NNS", "NNPS"))
        if lower == "it":
            found = self._they(source, ("NN", "NNP"))
            bodies = (SourceKind.ORGANISATION, SourceKind.MEDIA, SourceKind.DOCUMENT)
            if found.kind in bodies:
                return found
            return Identity(lower, SourceKind.UNATTRIBUTED, How.STATED, thing=True)
        return None if lower in _SECOND or lower in _THINGS else self._described(source)

    def _named_within(self, source: Phrase) -> Entity | None:
        """Return the name that the phrase's head is part of, or the person it is explained by."""
        place = source.sentence.offset + source.head.idx
        entity = self.entity_at(place)
        if entity is not None and not (entity.label == "GROUP" and source.head.pos_ == "ADJ"):
            return entity
        appositive = child(source.head, "appos")
        if appositive is not None:
            entity = self.entity_at(source.sentence.offset + appositive.idx)
            if entity is not None and entity.label in ("PERSON", "ORG"):
                return entity
        # "The maker of the crane, Corvo Systems, warned": the parser may hang the name on "crane".
        after = self._after_comma(source)
        if after is not None:
            return after
        # "Deputy of the Upper House Jane Roe" whose parse takes the office for the head.
        if source.head.lower_ in roles().people or source.head.lemma_.lower() in roles().people:
            return next((e for e in self.within(source.span) if source.head.text in (e.role or "")), None)
        return None

    def _after_comma(self, source: Phrase) -> Entity | None:
        """Return the body whose name ends a phrase after a comma: "the maker of the crane, Corvo Systems"."""
        if source.head.pos_ != "NOUN" or source.head.left_edge.lower_ != "the":
            return None
        named = self.within(source.span)
        last = named[-1] if named else None
        if last is None or last.label not in ("PERSON", "ORG") or last.end != source.span.end:
            return None
        return last if self.text[last.start - 2 : last.start] == ", " else None

    def _they(self, source: Phrase, tags: tuple[str, ...]) -> Identity:
        """Return what "they" or "it" stands for: the one subject of its number before it in its sentence."""
        sentence, head = source.sentence, source.head
        subjects = [
            token
            for token in sentence.tokens
            if token.i < head.i and token.dep_ in ("nsubj", "nsubjpass") and token.tag_ in tags
        ]
        if len(subjects) == 1:
            outer = phrase(sentence, subjects[0], before=subjects[0].head)
            found = self.identify(outer) if outer is not None else None
            if found is not None:
                return found._replace(how=How.RESOLVED)
        return Identity(head.lower_, SourceKind.ANONYMOUS, How.STATED, noun="people")

    def _described(self, source: Phrase) -> Identity:
        lemma = source.head.lemma_.lower()
        name = core(source, self.text)
        kind = self._kind(source, lemma)
        role = None
        if lemma in _SPEAKS_FOR and kind is None:
            body = self._speaks_for(source)
            kind, role = (SourceKind.ORGANISATION, body) if body is not None else (None, None)
        if kind is None and roles().human(lemma):
            kind = SourceKind.ANONYMOUS
        return Identity(name, kind or SourceKind.ANONYMOUS, How.STATED, role, noun=lemma, thing=kind is None)

    def _speaks_for(self, source: Phrase) -> str | None:
        """Return the one body of the article that "a ministry spokesman" speaks for, or none."""
        words = {token.lower_ for token in source.head.subtree if token.lemma_.lower() in roles().bodies}
        bodies = {name for word in words for name in self._bodies.get(word, ())}
        return bodies.pop() if len(bodies) == 1 else None

    def _kind(self, source: Phrase, lemma: str) -> SourceKind | None:
        known = roles()
        names = [entity.name for entity in self.within(source.span) if entity.label == "ORG"]
        organised = lemma in known.bodies or source.head.pos_ == "PROPN"
        rules = (
            (lemma in _SPEAKS_FOR and bool(names), SourceKind.ORGANISATION),
            (lemma in known.media_people and any(map(is_outlet, names)), SourceKind.MEDIA),
            (lemma in known.media, SourceKind.MEDIA),
            (known.human(lemma) and lemma not in _SPEAKS_FOR, SourceKind.ANONYMOUS),
            (lemma in known.documents, SourceKind.DOCUMENT),
            (organised, SourceKind.ORGANISATION),
        )
        return next((kind for holds, kind in rules if holds), None)


def is_outlet(name: str) -> bool:
    """Tell whether a name is an outlet's, by the list of outlets or by its own words."""
    known = roles()
    words = name.split()
    opens = len(words) > 1 and words[0] in known.media_openers
    return name in known.outlets or opens or words[-1] in known.media_marks


_SEEN = re.compile(r" (?:seen|reviewed|obtained|viewed|read|published|provided) by ")


def core(source: Phrase, text: str) -> str:
    """Return a phrase's words without relative clauses, appositions and asides: "a retired colonel"."""
    head = source.head
    end = head.i + 1
    for each in head.children:
        if each.i < head.i:
            continue
        if end not in (each.i, each.left_edge.i):
            break
        if each.dep_ not in ("prep", "case", "conj", "cc", "nummod", "amod") or each.pos_ == "VERB":
            break
        end = each.right_edge.i + 1
    last = head.doc[end - 1]
    span = Span(
        start=source.span.start,
        end=max(
            source.sentence.offset + head.idx + len(head),
            min(source.span.end, source.sentence.offset + last.idx + len(last)),
        ),
    )
    words = _SEEN.split(" ".join(span.of(text).split()).split(", who")[0])[0].rstrip(" ,;:")
    first = _first(source.sentence, source.span.start)
    if (first is not None and first.pos_ in ("DET", "PRON")) or (
        first is not None and first.tag_ in ("NNS", "JJ") and first.is_sent_start and not first.ent_type_
    ):
        words = words[:1].lower() + words[1:]
    return words


def _first(sentence: ParsedSentence, offset: int) -> Token | None:
    return next((token for token in sentence.tokens if sentence.offset + token.idx == offset), None)
