"""Who counts as an unnamed source: a person brought in without a name, not a body's spokesman."""

import re

from briefs.domain.scan import Attribution, SourceKind
from briefs.domain.spans import How
from briefs.steps.flag.context import Context
from briefs.steps.flag.lexicon import phrase_pattern, singular, words

_WORD = re.compile(r"[^\W\d_]+")


def is_unnamed_person(context: Context, attribution: Attribution) -> bool:
    """Tell whether the source is one person or more, brought in without a name and speaking for nobody."""
    source = attribution.source
    if attribution.kind is not SourceKind.ANONYMOUS or source is None or source.how is not How.STATED:
        return False
    shown = context.words(source).lower()
    found = _WORD.findall(shown)
    if any(word in words("speaking_for") for word in found):
        return False
    if phrase_pattern("anonymity").search(shown):
        return True
    head = _head(found)
    return bool(found) and found[0] in words("unnamed_openings") and singular(head) in words("unnamed_roles")


def _head(found: list[str]) -> str:
    """Return the last word before whatever hangs on a noun: "a local official in Sable" → "official"."""
    end = next((i for i, word in enumerate(found) if i and word in words("hangs_on_noun")), len(found))
    return found[end - 1] if found else ""
