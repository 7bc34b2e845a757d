"""What verifying gives: what no longer holds, what a person should know, and how much was checked."""

from briefs.domain.spans import Frozen
from briefs.text.equality import collapsed


class Problem(Frozen):
    """Something that no longer holds: in which file, what, and where; `str()` is one line for a person."""

    file: str
    what: str
    where: str = ""
    """The brief, line or words that it is about."""

    def __str__(self) -> str:
        line = f"{self.file}: {self.what}" + (f" ({self.where})" if self.where else "")
        return " ".join(line.split())


class Counts(Frozen):
    """How much was checked."""

    files: int = 0
    articles: int = 0
    briefs: int = 0
    quotations: int = 0
    """Quotations and offsets compared with the article's text, those in Markdown included."""

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            files=self.files + other.files,
            articles=self.articles + other.articles,
            briefs=self.briefs + other.briefs,
            quotations=self.quotations + other.quotations,
        )


class Verdict(Frozen):
    """The outcome of verifying a file or a folder; it holds when there is no problem."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    counts: Counts = Counts()

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(
            problems=self.problems + other.problems,
            notes=self.notes + other.notes,
            counts=self.counts + other.counts,
        )

    @property
    def holds(self) -> bool:
        """Tell whether everything that was checked is as it was."""
        return not self.problems

    @property
    def summary(self) -> str:
        """Return how much was checked and what came of it, in one line."""
        checked = f"{_many(self.counts.files, 'file')}, {_many(self.counts.briefs, 'brief')}, "
        checked += f"{_many(self.counts.quotations, 'quotation')} checked; "
        return checked + ("all exact" if self.holds else _many(len(self.problems), "problem"))


def short(words: str, most: int = 80) -> str:
    """Return words on one line of at most `most` characters, for a problem to show."""
    line = collapsed(words)
    return line if len(line) <= most else f"{line[: most - 3]}…"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
