"""Names of people, bodies and places, each under the best name that the article gives."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from briefs.domain.scan import Entity
from briefs.language.attribution.lexicon import lexicon
from briefs.language.gender import is_given
from briefs.language.name_runs import Label, Run, name_runs, part_of
from briefs.language.parse import ParsedArticle
from briefs.language.roles import roles
from briefs.language.spellings import acronyms, other_scripts, plain, surnames
from briefs.language.titles import role_after, role_of


def entities(parsed: ParsedArticle) -> tuple[Entity, ...]:
    """Return every named entity of the article, in order and without overlap.

    A person's surname stands under the full name, an acronym under the name it abbreviates. A name found
    only in a headline in capitals is left out: the parser takes any capitalised words there for names.
    """
    runs = name_runs(parsed)
    book = _Book(runs, parsed)
    found: list[Entity] = []
    for run in (known for each in runs for known in _known_within(each, book.labels)):
        label = book.labels[run.text]
        span = run.span
        if found and span.start < found[-1].end:
            continue
        name = book.name(run.text, label)
        role = role_of(run.sentence, run.first, run.last) if label == "PERSON" else None
        found.append(Entity(start=span.start, end=span.end, name=name, label=label, role=role))
    return tuple(found)


def _known_within(run: Run, labels: Mapping[str, Label]) -> Iterator[Run]:
    """Yield a run that is a known name, or in a headline the known names within a longer run."""
    if run.text in labels:
        yield run
    elif run.headline and run.last.i > run.first.i:
        tokens = list(run.first.doc[run.first.i : run.last.i + 1])
        position = 0
        while position < len(tokens):
            for end in range(min(len(tokens), position + 4), position, -1):
                part = part_of(run, tokens[position], tokens[end - 1])
                if part.text in labels:
                    yield part
                    position = end - 1
                    break
            position += 1


class _Book:
    """What the article as a whole says of each name."""

    def __init__(self, runs: Sequence[Run], parsed: ParsedArticle) -> None:
        votes: dict[str, Counter[Label]] = defaultdict(Counter)
        for run in runs:
            if not run.headline:
                votes[run.text].update(_votes(run))
        # Counter keeps the order of first sight, so that a tie is settled the same way every time.
        self.labels = {text: counts.most_common(1)[0][0] for text, counts in votes.items() if counts}
        self._full = surnames(self.labels, Counter(run.text for run in runs if not run.headline))
        for text, full in self._full.items():
            if text in votes and full:
                self.labels[text] = "PERSON"
        for text, label in list(self.labels.items()):
            first = text.split()[0]
            if label == "PLACE" and first != text and first in self.labels and first not in self._full:
                self.labels[first] = "PLACE"
        self._plain: dict[str, str] = {}
        for part, full in self._full.items():
            # The spelling that the article has first is the name; the others are its variants.
            self._plain.setdefault(plain(full), full)
            self._plain.setdefault(plain(part), self._plain[plain(full)])
        for text in votes.keys() - self.labels.keys():
            if plain(text) in self._plain:
                self.labels[text] = "PERSON"
        self._same = other_scripts(runs, self.labels)
        self._long = acronyms(parsed)
        for short, long in self._long.items():
            self.labels[short] = self.labels.setdefault(long, "ORG")

    def name(self, text: str, label: Label) -> str:
        """Return the best name of the article for `text`."""
        if label == "PERSON":
            full = self._full.get(text) or text
            full = self._plain.get(plain(full), full)
            return self._same.get(full, full)
        return self._long.get(text, text)


def _votes(run: Run) -> Counter[Label]:
    """Return what one appearance of a name says for each label: its words, its place, the parser."""
    settled = _by_words(run)
    if settled is not None:
        return Counter({settled: 10})
    counts: Counter[Label] = Counter()
    words = run.text.split()
    if len(words) in (2, 3) and (is_given(words[0]) or _INITIAL.fullmatch(words[0])):
        counts["PERSON"] += 3
    if _is_explained(run, words):
        counts["PERSON"] += 4
    elif _has_article(run) and run.label in ("PERSON", None):
        counts["PLACE" if len(words) == 1 else "ORG"] += 2
    if run.label is not None and not (run.label == "GROUP" and not run.text.endswith(_PEOPLES)):
        counts[run.label] += 1
    elif run.last.pos_ == "PROPN" and (len(words) > 1 or (run.text.isupper() and len(run.text) > 1)):
        counts[_default(run)] += 0
    if len(words) == 1 and run.label in ("PERSON", "GROUP", "ORG", None) and not run.text.isupper():
        before = run.first.nbor(-1).lower_ if run.first.i > run.sentence.tokens.start else ""
        if before in ("in", "near", "across", "throughout", "outside", "beyond"):
            counts["PLACE"] += 3
        elif run.last.tag_ != "NNS" and not roles().human(run.last.lemma_.lower()) and _speaks(run.last):
            counts["PERSON"] += 2
    return counts


_INITIAL = re.compile(r"[A-Z]\.(?:-?[A-Z]\.)*")
_BODIES = frozenset({"company", "firm", "supplier", "maker", "operator", "owner", "contractor", "group"})


def _is_explained(run: Run, words: Sequence[str]) -> bool:
    """Tell whether what follows a name says that it is a person: ", who", ", 44,", ", a spokeswoman for"."""
    if not 1 < len(words) < 5 or run.last.i + 2 >= run.sentence.tokens.end or _has_article(run):
        return False
    before = run.first.nbor(-1) if run.first.i > run.sentence.tokens.start else None
    comma, following = run.last.nbor(1), run.last.nbor(2)
    if before is not None and before.pos_ == "ADP" and run.label != "PERSON":
        return False
    if comma.lower_ == "of":
        return before is not None and before.lower_ in ("said", "says")
    if comma.text != ",":
        return False
    if following.lower_ in ("who", "whose", "whom") or (following.like_num and len(following) == 2):
        return True
    role = role_after(run.sentence, run.last)
    return role is not None and not _BODIES.intersection(role.split())


def _has_article(run: Run) -> bool:
    """Tell whether "the" stands before a name, and the name is not part of a longer noun phrase."""
    if run.first.i == run.sentence.tokens.start or run.first.nbor(-1).lower_ != "the":
        return False
    following = run.last.nbor(1) if run.last.i + 1 < run.sentence.tokens.end else None
    family = run.last.tag_ == "NNPS" and run.first.i == run.last.i
    return not family and (following is None or following.pos_ not in ("NOUN", "PROPN", "PART"))


def _speaks(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in lexicon().verbs.speech


_PEOPLES = (
    "an",
    "ans",
    "ish",
    "ese",
    "ic",
    "ics",
    "crat",
    "crats",
    "ist",
    "ists",
    "ern",
    "im",
    "ims",
    "ite",
    "ites",
    "i",
    "is",
    "ch",
)


def _default(run: Run) -> Label:
    words = run.text.split()
    return "PERSON" if len(words) in (2, 3) and all(word.isalpha() for word in words) else "ORG"


def _by_words(run: Run) -> Label | None:
    """Return what the words of a name say that it is, whatever the parser thinks."""
    known = roles()
    words = run.text.replace("’", "'").split()
    ends = {words[0], words[-1].removesuffix("'s")}
    if len(words) > 1 and (words[0] in known.media_openers or "&" in words or words[-1].endswith("works")):
        return "ORG"
    if run.text in known.peoples:
        return "GROUP" if run.text[-1] in "nshci" and run.label != "PLACE" else "PLACE"
    if run.text in known.outlets or ends & known.body_marks or words[-1] in known.media_marks:
        return "ORG"
    if run.text in known.countries or ends & known.place_marks:
        return "PLACE"
    before = run.first.nbor(-1) if run.first.i > run.sentence.tokens.start else None
    if before is None:
        return None
    office = before.lemma_.lower() in known.people and before.pos_ in ("NOUN", "PROPN") and len(words) > 1
    return "PERSON" if office or before.lower_ in known.titles else None
