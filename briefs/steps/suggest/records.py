"""Whether missing evidence is a thing that somebody could have: one record, named for what it holds."""

import re

from briefs.domain.spans import Span
from briefs.steps.suggest.page import Page
from briefs.steps.suggest.words import content, documents, is_function_word, listed, lowered, stem, stems

_PHRASE_ENDS = re.compile(
    r"\s(?:of|for|from|about|on|in|at|by|with|to|that|which|who|whose|behind|before|after|between|under|over|where|when"
    r"|showing|listing|giving|against|attached|signed|sent|kept|published|filed)\s|[,;:(]",
    re.IGNORECASE,
)
_WHO_DID = re.compile(r"\b(?:list|record|number|count|names?)s? of \w[\w ’'-]*? (?:who|that|which)\s", re.I)


def not_a_record(page: Page, what: str, claim: Span) -> str | None:
    """Return the check that `what`, evidence said to be missing for `claim`, does not pass."""
    head = _head(what)
    if what.endswith("?") or not head or not _is_a_document(what, head):
        return "not_evidence"
    around = page.around(claim)
    stated = set(lowered(around.of(page.text)))
    if says_nothing(page, claim) and not asks_for_words(what):
        return "nothing_on_record"
    known = content(around.of(page.text)) | stems("generic") | stems("vague_documents")
    own = content(what) - known
    of_people = _WHO_DID.search(what)
    if of_people and not content(what[of_people.end() :]) - known:
        return "supposes_a_document"
    if head[-1] in listed("vague_documents") and head[-1] not in stated:
        rest = content(what) - {stem(head[-1])} - stems("generic")
        if not rest or (_is_of_words(head) and not own):
            return "vague_document"
    return None


def says_nothing(page: Page, claim: Span) -> bool:
    """Tell whether `claim` says that somebody did not speak, or is a saying about things in general."""
    around = page.around(claim)
    plain = around.of(page.text).lower()
    if any(phrase in plain for phrase in listed("silences")):
        return True
    held = page.segmentation.sentences_of(claim)
    found = [page.signals.get(each.index) for each in held]
    return bool(found) and all(
        each is not None and each.generic and not page.quantities.within(around) for each in found
    )


def asks_for_words(line: str) -> bool:
    """Tell whether `line` wants a record of speech or writing."""
    return bool(set(lowered(line)) & listed("of_speech"))


def _is_of_words(head: list[str]) -> bool:
    """Tell a statement or a list that is called nothing more than that: no "signed", no "shift"."""
    bare = {"statement", "statements", "list", "record", "records"}
    return set(head[:-1]) <= {"official", "public"} and head[-1] in bare


def _is_a_document(what: str, head: list[str]) -> bool:
    """Tell whether the phrase names a document, or a count whose document stands behind it."""
    if stem(head[-1]) in documents():
        return True
    behind = what[what.lower().index(head[-1]) + len(head[-1]) :]
    return stem(head[-1]) in stems("no_documents") and bool(content(behind) & documents())


def _head(what: str) -> list[str]:
    """Return the words of the noun phrase itself; what follows "of" or "for" says more about it."""
    first = _PHRASE_ENDS.split(f"{what.strip()} ", maxsplit=1)[0]
    return [word for word in lowered(first) if not is_function_word(word)]
