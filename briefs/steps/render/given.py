"""What the Markdown and the HTML template are both given: values, filters and words for people."""

import re
from collections.abc import Mapping

from jinja2 import Environment

from briefs.seal import words_sha256
from briefs.steps.render import drafting, evidence, head, wording
from briefs.steps.render.desk import (
    FORMER_LEDE,
    FORMER_TITLE,
    answer_fields,
    fields,
    filled_in,
    former_words,
    standing,
)
from briefs.steps.render.failed import on_screen
from briefs.steps.render.related import named
from briefs.steps.render.rest import left_out
from briefs.steps.render.view import Page
from briefs.text.selection import whole_words

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def values(shown: Page) -> Mapping[str, object]:
    """Return what a template prints of an article's briefs, by the name that it has there."""
    result = shown.result
    text = result.article.text
    return {
        "page": shown,
        "title": head.title(result.article),
        "places": shown.layout.places,
        "provenance": head.provenance(result.article),
        "counts": head.counts(shown),
        "promise": head.PROMISE,
        "sources": head.source_lines(result),
        "helper": drafting.helper(result),
        "failures": on_screen(result.made.failures),
        "ask": drafting.addressee(result),
        "holder": drafting.addressee(result, "{}, {}"),
        "decided": any(standing(section.brief.desk) for section in shown.sections),
        "chosen": any(section.choice for section in shown.sections),
        "differing": head.differing(shown),
        "documents": [s for s in shown.sections if evidence.differing_documents(s.brief.evidence)],
        "unheard": [c for c in result.overview.criticised if c.asked != "yes"],
        "groups": left_out(result),
        "made": head.made(result),
        "slice": lambda span: " ".join(span.of(text).split()),
        # A link may begin or end within a word: what stands between quotation marks is whole words.
        "linked": lambda link: " ".join((whole_words(text, link) or link).of(text).split()),
    }


def teach(environment: Environment) -> None:
    """Give a template environment the filters and the words that every template uses."""
    environment.filters.update(
        answer=lambda question: answer_fields(question.answer, question.answered_by),
        claim_count=lambda n: wording.count(n, "claim", "claims"),
        characters=lambda n: wording.count(n, "character", "characters"),
        desk=fields,
        filled_in=filled_in,
        former_words=former_words,
        standing=lambda section: standing(section.brief.desk),
        differing_documents=evidence.differing_documents,
        document=evidence.document,
        hash=lambda words: words_sha256(words)[:16],
        listing=wording.listing,
        outlets=named,
        other_spellings=head.other_spellings,
        places=lambda spans: wording.count(len(spans), "place", "places"),
        respect=lambda label: label.rpartition(": ")[2],
        searched=evidence.searched,
        stance=evidence.stance,
        stop=wording.stop,
        upperfirst=wording.upperfirst,
    )
    environment.tests.update(by_model=drafting.by_model, reworded=drafting.standalone_by_model)
    environment.globals.update(
        asked=wording.ASKED,
        former_lede=FORMER_LEDE,
        former_title=FORMER_TITLE,
        furniture=wording.FURNITURE,
        types=wording.CLAIM_TYPES,
    )


def writable(made: str) -> str:
    """Return a file's text with each half of a character, which UTF-8 cannot hold, shown as U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", made)
