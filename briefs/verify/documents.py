"""The documents that briefs quote as evidence, in the folder that the newsroom keeps them in."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from briefs.domain.brief import ArticleBriefs, Evidence
from briefs.domain.documents import Document
from briefs.readers.shelf import read_shelf
from briefs.verify.verdict import Problem, Verdict, short

Documents = Mapping[str, Document]
"""Documents by their path within the folder."""


def documents_of(folder: Path | None) -> Documents | None:
    """Return the documents of a folder; none where none is named. Raises ConfigError if it is no folder."""
    if folder is None:
        return None
    return {document.path: document for document in read_shelf(folder).documents}


def check_documents(name: str, result: ArticleBriefs, documents: Documents | None) -> Verdict:
    """Check every quotation of a document in a JSON file against that document, where it is at hand."""
    quoted = [(brief.id, each) for brief in result.briefs for each in brief.evidence if each.span is not None]
    if documents is None:
        missing = len(quoted)
        how = "name their folder with --evidence"
    else:
        missing = sum(each.path not in documents for _, each in quoted)
        how = "they are not in the folder of --evidence"
    quotations = "1 quotation of a document" if missing == 1 else f"{missing} quotations of documents"
    notes = (f"{name}: not checked: {quotations}; {how}",) if missing else ()
    problems = [
        Problem(file=name, what=what, where=brief)
        for brief, each in quoted
        for what in _wrong(each, (documents or {}).get(each.path or ""))
    ]
    return Verdict(problems=tuple(problems), notes=notes)


def _wrong(evidence: Evidence, document: Document | None) -> Iterator[str]:
    if document is None:
        return
    if evidence.text_sha256 != document.text_sha256:
        yield f"{document.path} has changed since; run briefs again"
    elif evidence.span is None or evidence.span.of(document.text) != evidence.quote:
        yield f"“{short(evidence.quote, 60)}” is not in {document.path} where the brief puts it"
