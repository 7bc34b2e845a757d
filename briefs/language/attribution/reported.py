"""Indirect speech and thought: what a verb's own grammar says it attributes."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.attribution.clausal import around, clausal
from briefs.language.attribution.found import Found, Phrase, bounds, child, children, trimmed
from briefs.language.attribution.lexicon import lexicon
from briefs.language.attribution.objects import borne, judged, objects
from briefs.language.attribution.silence import ceased, generalises, silent
from briefs.language.attribution.sources import agent, hearsay, phrase, subject
from briefs.language.parse import ParsedSentence
from briefs.language.roles import roles


def reported(sentence: ParsedSentence, index: int, text: str) -> Iterator[Found]:
    """Yield the attributions that the verbs of one sentence make by their grammar."""
    verbs = lexicon().verbs
    for token in sentence.tokens:
        if token.pos_ != "VERB" or token.lemma_.lower() not in verbs.every or _is_put_to(token):
            continue
        found = (
            _passive(sentence, index, token) if _is_passive(token) else _active(sentence, index, token, text)
        )
        if found is not None:
            yield found
    found = _closing(sentence, index, text)
    if found is not None:
        yield found


def _closing(sentence: ParsedSentence, index: int, text: str) -> Found | None:
    """Return what a closing ", the board's tables show." attributes where its verb is tagged as a noun."""
    tokens = [token for token in sentence.tokens[-3:] if token.is_alpha]
    if (
        not tokens
        or tokens[-1].pos_ != "NOUN"
        or tokens[-1].lower_ not in ("show", "shows", "says", "reports")
    ):
        return None
    verb = tokens[-1]
    comma = next((t for t in reversed(sentence.tokens[-12:]) if t.text == "," and t.i < verb.i), None)
    if comma is None or verb.i - comma.i < 3 or comma.i - sentence.tokens.start < 4:
        return None
    first, head = comma.nbor(1), verb.nbor(-1)
    content = trimmed(text, sentence.sentence.start, sentence.offset + comma.idx)
    if content is None or head.pos_ not in ("NOUN", "PROPN"):
        return None
    return Found(
        index, Phrase(bounds(sentence, first, head), head, sentence), sentence.place(verb), verb, (content,)
    )


def _is_put_to(verb: Token) -> bool:
    """Tell whether a verb only says that somebody was asked: "Asked whether …, she said"."""
    return verb.lemma_ == "ask" and _is_passive(verb) and child(verb, "agent") is None


def _is_passive(verb: Token) -> bool:
    if child(verb, "nsubjpass", "auxpass") is not None:
        return True
    bare = verb.tag_ == "VBN" and child(verb, "aux", "nsubj") is None
    return bare and verb.dep_ in ("acl", "advcl", "relcl", "ROOT")


def _passive(sentence: ParsedSentence, index: int, verb: Token) -> Found | None:
    verbs, lemma = lexicon().verbs, verb.lemma_.lower()
    source = agent(sentence, verb)
    about = child(verb, "nsubjpass")
    if about is None and verb.dep_ == "acl":
        about = None
    clause = child(verb, "ccomp")
    if clause is not None and lemma in verbs.clause and clause.i > verb.i:
        return Found(
            index,
            source,
            sentence.place(verb),
            verb,
            (bounds(sentence, clause.left_edge, clause.right_edge),),
        )
    if about is None or about.lower_ in ("it", "there"):
        return None
    rest: Token | None = None
    if lemma in verbs.unsourced or source is not None:
        rest = child(verb, "xcomp", "oprd")
    if rest is None and lemma in verbs.judgement:
        rest = judged(verb)
        if rest is None and source is not None:
            # "described by some as …": the parser hangs "as" on "some".
            rest = next(
                (p for p in children(source.head, "prep") if p.lower_ in verbs.judgement[lemma]), None
            )
            source = _cut(source, rest) if rest is not None else source
        source = source or _for_whom(sentence, verb)
    topic = phrase(sentence, about, before=verb)
    if topic is None:
        return None
    if rest is not None and rest.i > verb.i and (lemma in verbs.unsourced or source is not None):
        pieces = (topic.span, bounds(sentence, rest.left_edge, rest.right_edge))
        return Found(index, source, sentence.place(verb), verb, pieces)
    if source is not None and lemma in verbs.object:
        return Found(index, source, sentence.place(verb), verb, (topic.span,))
    return None


def _cut(source: Phrase, before: Token) -> Phrase:
    last = before.nbor(-1)
    end = source.sentence.offset + last.idx + len(last)
    return source._replace(span=Span(start=source.span.start, end=max(source.span.start, end)))


def _for_whom(sentence: ParsedSentence, verb: Token) -> Phrase | None:
    """Return whose view it is in "For many, the strikes are seen as …"."""
    for each in children(verb, "prep"):
        inner = child(each, "pobj") if each.lower_ in ("for", "among") and each.i < verb.i else None
        if inner is not None and roles().human(inner.lemma_.lower()):
            return phrase(sentence, inner)
    return None


def _active(sentence: ParsedSentence, index: int, verb: Token, text: str) -> Found | None:
    unsaid = not hearsay(verb) and any(each.lower_ in lexicon().adverbs for each in children(verb, "advmod"))
    if unsaid or silent(verb) or ceased(verb):
        return None
    source = subject(sentence, verb)
    if source is not None and (generalises(source, verb) or _lays_down(source, verb)):
        return None
    if source is not None and source.head.lower_ == "it" and source.head.head.i != verb.i:
        # "It is important to note that …": the article's own voice.
        return None
    content = _content(sentence, verb, source, text)
    if not content or (source is None and (child(verb, "ccomp") is None or verb.tag_ in ("VB", "VBG"))):
        return None
    if source is not None and _is_its_own(source, verb, content):
        return None
    return Found(index, source, _cue(sentence, verb), verb, content)


def _lays_down(source: Phrase, verb: Token) -> bool:
    """Tell a provision, which is not speech: "the bill would end the grant, stating that …"."""
    return verb.tag_ == "VBG" and source.head.lemma_.lower() in roles().laws


def _is_its_own(source: Phrase, verb: Token, content: tuple[Span, ...]) -> bool:
    """Tell whether a source would say its own name, or only saw or knew what stands before "it"."""
    if any(source.span.start >= piece.start and source.span.end <= piece.end for piece in content):
        return True
    # "asked the ministry when it had seen the log": the ministry's sight, not its words.
    thinks = source.head.lower_ == "it" and verb.lemma_.lower() not in lexicon().verbs.speech
    return thinks and content[-1].end <= source.span.start


def _cue(sentence: ParsedSentence, verb: Token) -> Span:
    particle = child(verb, "prt")
    if particle is not None and particle.i == verb.i + 1:
        return bounds(sentence, verb, particle)
    return sentence.place(verb)


def _content(sentence: ParsedSentence, verb: Token, source: Phrase | None, text: str) -> tuple[Span, ...]:
    verbs, lemma = lexicon().verbs, verb.lemma_.lower()
    clause = _reported_clause(verb, source) or _told(verb)
    if clause is not None and clause.i > verb.i and clause.left_edge.lower_ == "which":
        clause = None
    if clause is not None and clause.i < verb.i and any(each.tag_ == "WRB" for each in verb.children):
        # "X asked the ministry when it had seen the log": what stands before is not what was seen.
        clause = None
    if clause is not None and lemma in verbs.commanding:
        return clausal(sentence, verb, clause, source, text)
    if lemma in verbs.clause:
        pieces = around(sentence, verb, source, text)
        if pieces:
            return pieces
    if lemma == "put" and child(verb, "mark") is not None:
        return _as_put(sentence, verb, text)
    found = _named(sentence, verb) or _open_clause(sentence, verb) or objects(sentence, verb)
    return found or (borne(sentence, verb, source) if source is not None else ())


def _reported_clause(verb: Token, source: Phrase | None) -> Token | None:
    """Return the clause that a verb reports: not the one in which its own source stands."""
    clauses = children(verb, "ccomp")
    for clause in (*clauses, *children(verb, "advcl")):
        # "Nobody knew: then she said that …": the parser may take both for what she said.
        if clause.left_edge.lower_ == "that" and clause.left_edge.i == verb.i + 1:
            return clause
    if len(clauses) > 1 and clauses[0].i < verb.i < clauses[-1].i and _is_report(clauses[0]):
        # "Farmers say the dam is safe, officials say it is not": each says their own.
        return clauses[-1]
    for clause in clauses:
        if source is None or not clause.left_edge.i <= source.head.i <= clause.right_edge.i:
            return clause
    return clauses[0] if clauses else None


def _is_report(verb: Token) -> bool:
    """Tell whether a clause itself says who says what."""
    speech = verb.lemma_.lower() in lexicon().verbs.clause
    return speech and child(verb, "nsubj") is not None and child(verb, "ccomp") is not None


def _told(verb: Token) -> Token | None:
    """Return the "that …" which the parser hangs on the person told, or on the letter that tells it."""
    if verb.lemma_.lower() not in lexicon().verbs.recipient:
        return None
    for each in children(verb, "dobj", "prep"):
        noun = each if each.dep_ == "dobj" else child(each, "pobj")
        for clause in children(noun, "acl", "relcl", "ccomp") if noun is not None else ():
            if clause.left_edge.lower_ == "that" and clause.left_edge.dep_ == "mark":
                return clause
    return None


def _named(sentence: ParsedSentence, verb: Token) -> tuple[Span, ...]:
    """Return what is named and what it is called: "called the plan a disgrace"."""
    named = child(verb, "oprd") or child(verb, "ccomp")
    thing = child(verb, "dobj") or named
    if (
        verb.lemma_.lower() not in lexicon().verbs.naming
        or named is None
        or thing is None
        or named.i < verb.i
    ):
        return ()
    return (_between(sentence, thing.left_edge, named.right_edge),)


def _open_clause(sentence: ParsedSentence, verb: Token) -> tuple[Span, ...]:
    """Return "to …" after a verb of will or command, with the person commanded."""
    verbs, lemma = lexicon().verbs, verb.lemma_.lower()
    clause, thing = child(verb, "xcomp"), child(verb, "dobj")
    if clause is None or clause.i < verb.i:
        return ()
    if lemma in verbs.directive and thing is not None and verb.i < thing.i < clause.i:
        return (_between(sentence, thing.left_edge, clause.right_edge),)
    if clause.tag_ == "VBG" and lemma in verbs.gerund:
        return (bounds(sentence, clause.left_edge, clause.right_edge),)
    if lemma in verbs.infinitive or lemma in verbs.recipient or lemma in verbs.directive:
        return (bounds(sentence, clause.left_edge, clause.right_edge),)
    return ()


def _as_put(sentence: ParsedSentence, verb: Token, text: str) -> tuple[Span, ...]:
    """Return the words around "as she put it"."""
    thing = child(verb, "dobj")
    if thing is None or thing.lower_ != "it":
        return ()
    aside = bounds(sentence, verb.left_edge, verb.right_edge)
    before = trimmed(text, sentence.sentence.start, aside.start)
    after = trimmed(text, aside.end, sentence.sentence.end)
    return tuple(piece for piece in (before, after) if piece is not None)


def _between(sentence: ParsedSentence, first: Token, last: Token) -> Span:
    return bounds(sentence, first, last) if first.i <= last.i else bounds(sentence, last, first)
