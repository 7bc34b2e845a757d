"""Hold the pipeline's findings against the manifest, and print what is missed.

Run from the project's folder: `python tests/corpus/score.py [FILE…]`, with names of corpus files to look at
only those. Words are compared after white space is collapsed. A claim counts as found when the tool quotes
it, or a run of sentences that holds it, or half of it at least, or lists such a place under `also_at`. A
speaker counts as right when the kind is and one name holds the other, so that "the city's fire service"
answers for "fire service"; where only a neighbouring sentence could lend the speaker, it is not scored. A
figure counts as met when its bounds and approximation are right and its unit, period and denominator, where
given, name the expected words; a date when its value is right, or rightly absent.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from golden import GoldArticle, GoldClaim, GoldDate, GoldQuantity, collapse, manifest

from briefs.domain.article import Article
from briefs.domain.brief import Finding
from briefs.domain.claims import ExtractedClaim, Extraction
from briefs.domain.scan import Attribution, Quantity, Scan
from briefs.domain.spans import How
from briefs.steps.extract import extract
from briefs.steps.flag import flag
from briefs.steps.ingest import Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment


class Found(NamedTuple):
    """What the pipeline found in one article."""

    article: Article
    scan: Scan
    extraction: Extraction
    findings: tuple[Finding, ...]


class Mark(NamedTuple):
    """One expectation: what it is about, whether it was met, and the words to look at."""

    measure: str
    met: bool
    about: str


def find(gold: GoldArticle) -> Found:
    """Run the pipeline on one article of the corpus as far as its flags."""
    article = ingest(gold.path.read_bytes(), Origin(id=gold.file, path=gold.file))
    cut = segment(article)
    scanned = scan(article, cut)
    extraction = extract(article, cut, scanned)
    return Found(article, scanned, extraction, flag(article, cut, scanned, extraction))


def marks(gold: GoldArticle, found: Found) -> Iterator[Mark]:
    """Yield every expectation of one article."""
    yield from _reading(gold, found)
    for claim in gold.claims:
        yield from _claim(claim, found)
    quoted = [collapse(c.claim.quote.text) for c in found.extraction.claims]
    for sentence in gold.not_claims:
        yield Mark("left out", not any(sentence in q for q in quoted), sentence)
    for piece in gold.furniture:
        yield Mark("furniture kept out", not any(piece.begins in q for q in quoted), piece.begins)
    yield from _flags(gold, found)
    for figure in gold.quantities:
        yield _quantity(figure, found)
    for day in gold.dates:
        yield _date(day, found)
    for target in gold.criticised:
        same = [c for c in found.scan.criticisms if _names(target.name, c.target.name)]
        yield Mark("criticised", bool(same), f"{target.name}: {target.words}")
        if same:
            asked = any(c.asked == target.asked for c in same)
            yield Mark("asked", asked, f"{target.name}: {target.asked}, got {same[0].asked}")


def _quantity(gold: GoldQuantity, found: Found) -> Mark:
    text = found.article.text
    near = [q for q in found.scan.quantities if _near(gold.text, q, text)]
    same = [q for q in near if (q.low, q.high) == (gold.low, gold.high)]
    wrong = [_differs(gold, q) for q in same]
    about = f"{gold.text} {gold.low}..{gold.high}: "
    if not near:
        return Mark("quantities", False, about + "not found")
    if not same:
        return Mark("quantities", False, about + f"got {near[0].low}..{near[0].high} in {near[0].text!r}")
    return Mark("quantities", "" in wrong, about + wrong[0])


def _near(words: str, quantity: Quantity, text: str) -> bool:
    """Tell whether a quantity's figure stands inside, or around, a place of the expected words."""
    around = collapse(text[max(0, quantity.start - 40) : quantity.end + 60])
    figure = collapse(quantity.text)
    return (figure in words and words in around) or words in figure


def _differs(gold: GoldQuantity, got: Quantity) -> str:
    pairs = (
        ("unit", gold.unit, got.unit),
        ("kind", gold.kind, got.kind),
        ("period", gold.period, got.period),
        ("denominator", gold.denominator, got.denominator),
    )
    wrong = [
        f"{name} {want!r}, got {have!r}" for name, want, have in pairs if want and not _agree(want, have)
    ]
    if gold.approximate != got.approximate:
        wrong.append(f"approximate {gold.approximate}")
    return "; ".join(wrong)


def _agree(want: str, got: str | None) -> bool:
    return got is not None and _names(want, collapse(got))


def _date(gold: GoldDate, found: Found) -> Mark:
    same = [d for d in found.scan.dates if collapse(d.text) == gold.text]
    same = same or [d for d in found.scan.dates if _names(gold.text, collapse(d.text))]
    met = any(d.iso == gold.iso and gold.month in (None, d.month) for d in same)
    return Mark("dates", met, f"{gold.text}: {gold.iso}, got {[(d.text, d.iso, d.month) for d in same]}")


def _reading(gold: GoldArticle, found: Found) -> Iterator[Mark]:
    article = found.article
    stated = {
        "title": (gold.title, article.title),
        "outlet": (gold.outlet, article.outlet),
        "byline": (gold.byline, article.byline),
        "published": (gold.published, article.published and article.published[:10]),
        "republished_from": (gold.republished_from, article.republished_from),
    }
    for field, (want, got) in stated.items():
        yield Mark(f"metadata: {field}", want == got, f"{want!r}, got {got!r}")
    for block in gold.blocks:
        roles = [b.role for b in article.blocks if block.text in collapse(b.of(article.text))]
        yield Mark("block roles", block.role in roles, f"{block.role.value}: {block.text}")
    marked = [collapse(f.of(article.text)) for f in article.furniture]
    text = collapse(article.text)
    for piece in gold.furniture:
        known = piece.begins not in text or any(piece.begins in m or m in piece.begins for m in marked)
        yield Mark("furniture recognised", known, f"{piece.kind.value}: {piece.begins}")


def _claim(gold: GoldClaim, found: Found) -> Iterator[Mark]:
    text = found.article.text
    held = [c for c in found.extraction.claims if _same(gold.quote, collapse(c.claim.quote.text))]
    also = [s for c in found.extraction.claims for s in c.claim.also_at]
    there = bool(held) or any(_same(gold.quote, collapse(s.of(text))) for s in also)
    yield Mark("claims", there, f"{gold.id}: {gold.quote}")
    if not held or gold.how is How.POSSIBLE:
        return
    got = _closest(gold, held).attribution
    shown = f"{got.kind.value} {got.source.name if got.source else None}"
    right = got.kind is gold.kind and (
        gold.speaker is None or (got.source is not None and _names(gold.speaker, got.source.name))
    )
    about = f"{gold.id}: want {gold.kind.value} {gold.speaker}, got {shown} | {gold.quote}"
    yield Mark("speakers", right, about)
    if gold.via or gold.basis:
        yield Mark("chains", _chained(gold, got), f"{gold.id}: want {gold.via} {gold.basis} | {gold.quote}")


def _closest(gold: GoldClaim, held: list[ExtractedClaim]) -> ExtractedClaim:
    return min(held, key=lambda c: abs(len(c.claim.quote.text) - len(gold.quote)))


def _chained(gold: GoldClaim, got: Attribution) -> bool:
    return all(any(_names(v, m.name) for m in got.via) for v in gold.via) and all(
        any(_names(b, m.name) for m in got.basis) for b in gold.basis
    )


def _flags(gold: GoldArticle, found: Found) -> Iterator[Mark]:
    raised = {f.flag.kind for f in found.findings}
    for flagged in gold.flags:
        yield Mark("flags", flagged.kind in raised, f"{flagged.kind.value}: {flagged.words}")
    expected = {f.kind for f in gold.flags}
    for finding in found.findings:
        if finding.flag.kind not in expected:
            yield Mark("no flag beyond those", False, f"{finding.flag.kind.value}: {finding.flag.note}")


def _same(want: str, got: str) -> bool:
    return want in got or (got in want and len(got) * 2 >= len(want))


def _names(one: str, other: str) -> bool:
    one, other = one.lower(), other.lower()
    return one in other or other in one


def main(files: list[str]) -> None:
    """Print what is missed, article by article, and the totals."""
    met: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for gold in manifest().articles:
        if files and gold.file not in files:
            continue
        sys.stdout.write(f"\n{gold.file}\n")
        for mark in marks(gold, find(gold)):
            asked[mark.measure] += 1
            met[mark.measure] += mark.met
            if not mark.met:
                sys.stdout.write(f"  {mark.measure}: {mark.about[:220]}\n")
    sys.stdout.write("\n")
    for measure, count in asked.items():
        sys.stdout.write(f"{met[measure]:4} of {count:4}  {measure}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
