"""Evidence in words for people: what a document says to a claim, and what the document is called."""

from collections.abc import Iterable, Sequence

from briefs.domain.brief import Brief, Evidence, Stance
from briefs.steps.render import wording
from briefs.steps.render.tame import visible


def stance(evidence: Evidence) -> str:
    """Return what a passage says to a claim; of an earlier fact-check only that there is one."""
    return "checked before by others" if evidence.review else wording.STANCES[evidence.stance]


def document(evidence: Evidence) -> str:
    """Return a document's title with the name of its file, where that is not the title itself."""
    title = visible(evidence.document)
    if evidence.path is None or evidence.path == evidence.document:
        return title
    return f"{title} ({visible(evidence.path)})"


def differing_documents(evidence: Iterable[Evidence]) -> str:
    """Return the titles of the documents that differ from a claim; empty where none does."""
    differing = (visible(each.document) for each in evidence if each.stance is Stance.REFUTES)
    return wording.listing(list(dict.fromkeys(differing)))


def searched(lines: Sequence[str]) -> str:
    """Return how many documents were searched, without their names: "8 documents"."""
    return visible(lines[0].partition(":")[0]) if lines else "no documents"


def all_searched(briefs: Iterable[Brief]) -> str:
    """Return what was searched for the claims of an article, with names; empty where nothing was."""
    return "; ".join(dict.fromkeys(visible(line) for brief in briefs for line in brief.searched))
