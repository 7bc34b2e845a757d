"""An article about a mill, its briefs in a folder, and edits to them: what the tests of verify share."""

from collections.abc import Callable
from pathlib import Path

from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs, Brief, Made, Overview, Sourcing
from briefs.domain.claims import Claim, ClaimType, Disposition, LedgerEntry, Priority, brief_id
from briefs.domain.scan import OWN_VOICE
from briefs.domain.spans import Quote
from briefs.seal import seal
from briefs.steps.ingest import Origin, ingest
from briefs.verify import Verdict

TEXT = (
    "Mill at Ostrava closes\n\n"
    "The Ostrava mill, which made 15,000,000 reams a year, closed on 4 May. Its owner Ana Růžičková said: "
    "“We lost the last buyer, and with it the mill.” Nobody was dismissed *that day*.\n\n"
    "About 1,200 people worked there & in two smaller mills."
)
QUOTES = (
    "The Ostrava mill, which made 15,000,000 reams a year, closed on 4 May.",
    "Its owner Ana Růžičková said: “We lost the last buyer, and with it the mill.”",
    "About 1,200 people worked there & in two smaller mills.",
)
IDS = tuple(brief_id("mill.txt", quote, 0) for quote in QUOTES)
BODY = f"""\
# Mill at Ostrava closes

The article calls the loss of its buyer “the last buyer, and with it the mill”.

| | Claim |
|---|---|
| high | About 1,200 people worked there & in two smaller mills. |

<a id="{IDS[0]}"></a>

### 1. The mill closed

> **The Ostrava mill, which made 15,000,000 reams a year, closed on 4 May.** Its owner Ana Růžičková said:
> “We lost the last buyer, and with it the mill.” Nobody was dismissed \\*that day\\*.

- Question: which records show that it “closed on 4 May”?

<a id="{IDS[1]}"></a>

### 2. The owner's words

> The Ostrava mill, which made 15,000,000 reams a year, closed on 4 May. **Its owner Ana Růžičková said: “We lost the last buyer, and with it the mill.”** Nobody was dismissed \\*that day\\*.

- Desk:

<a id="{IDS[2]}"></a>

### 3. The people

> About 1,200 people worked there &amp; in two smaller mills.

## What was left out

Nothing.
"""


def made_from(article: Article) -> ArticleBriefs:
    """Return the briefs of the three claims."""
    text = article.text
    briefs = []
    for quoted in QUOTES:
        start = text.index(quoted)
        quote = Quote(start=start, end=start + len(quoted), text=quoted)
        priority = Priority(score=0.5, reasons=())
        claim = Claim(quote=quote, standalone=quoted, type=ClaimType.EVENT, priority=priority)
        briefs.append(Brief(id=brief_id(article.id, quoted, 0), claim=claim, attribution=OWN_VOICE))
    entry = LedgerEntry(
        sentence=0,
        start=0,
        end=len(text),
        disposition=Disposition.CLAIM,
        reason="-",
        briefs=IDS,
        verifiable=True,
        worth=1,
    )
    overview = Overview(sourcing=Sourcing(summary="-"))
    made = Made(engine="offline", tool_version="0")
    return ArticleBriefs(article=article, overview=overview, ledger=(entry,), briefs=tuple(briefs), made=made)


class Desk:
    """A folder with an article, and another with its briefs."""

    def __init__(self, folder: Path) -> None:
        self.article = folder / "mill.txt"
        self.article.write_text(TEXT, "utf-8")
        self.out = folder / "out"
        self.out.mkdir()
        frozen = ingest(self.article.read_bytes(), Origin(id="mill.txt", path=str(self.article)))
        self.result = made_from(frozen)
        self.json = self.out / "mill.json"
        self.markdown = self.out / "mill.md"
        self.json.write_text(self.result.model_dump_json(indent=2), "utf-8")
        self.markdown.write_text(seal(BODY, self.result), "utf-8")

    def edit(self, path: Path, change: Callable[[str], str]) -> None:
        """Change a file; a change that changes nothing is a mistake of the test."""
        before = path.read_bytes().decode("utf-8")
        after = change(before)
        assert after != before
        path.write_bytes(after.encode("utf-8"))


def whats(verdict: Verdict) -> str:
    """Return all problems as one text."""
    return "\n".join(str(problem) for problem in verdict.problems)
