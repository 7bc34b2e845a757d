"""All figures of quality in one table.

    python -m benchmarks.quality --data DIR [--only NAME ...] [--write]

DIR holds the annotated sets, each named with its source in the module that reads it; none of them is part of
this project. With --write the table goes into docs/quality.md between its two marks, with the date.
"""

import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks import attribution, numbers, pages, planted, questions, sentences, worth
from benchmarks.figures import Figure, data_parser

PAGE = Path(__file__).parent.parent / "docs" / "quality.md"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
BENCHMARKS: dict[str, Callable[[Path], list[Figure]]] = {
    "attribution": attribution.figures,
    "worth": worth.figures,
    "sentences": sentences.figures,
    "numbers": numbers.figures,
    "pages": pages.figures,
    "questions": questions.figures,
    "planted": planted.figures,
}


class Measured(NamedTuple):
    """A benchmark's figures."""

    name: str
    figures: Sequence[Figure]


def main() -> None:
    """Measure, print, and write the table where asked."""
    parser = data_parser(__doc__)
    parser.add_argument("--only", nargs="+", choices=sorted(BENCHMARKS), metavar="NAME")
    parser.add_argument("--write", action="store_true", help="put the table into docs/quality.md")
    given = parser.parse_args()
    if given.write and given.only:
        parser.error("--write needs all benchmarks: leave out --only")
    measured = []
    for name in given.only or BENCHMARKS:
        begun = time.perf_counter()
        measured.append(Measured(name, BENCHMARKS[name](given.data)))
        print(f"{name} ({time.perf_counter() - begun:.0f} s)")
        for figure in measured[-1].figures:
            print(f"  {figure}", flush=True)
    if given.write:
        _write(table(measured))


def table(measured: Sequence[Measured]) -> str:
    """Return the figures as a Markdown table, each group under the command that makes it."""
    today = datetime.now(UTC).date().isoformat()
    lines = [
        f"Measured on {today}. In brackets 95 % intervals by bootstrap over documents or sentences.",
        "",
        "| question | measure | figure | aim | simple floor | people, best known | data |",
        "|---|---|--:|--:|---|---|---|",
    ]
    for name, figures in measured:
        lines.append(f"| | `python -m benchmarks.{name} --data DIR` | | | | | |")
        lines += [_row(figure) for figure in figures]
    return "\n".join(lines)


def _row(figure: Figure) -> str:
    value = f"{figure.value:.3f}"
    if figure.interval is not None:
        value += f" [{figure.interval.low:.2f}, {figure.interval.high:.2f}]"
    if figure.reached:
        value = f"**{value}**"
    aim = "" if figure.aim is None else f"{'≤' if figure.at_most else '≥'} {figure.aim:g}"
    data = f"{figure.data}: {figure.counts}"
    cells = (figure.question, figure.measure, value, aim, figure.floor, figure.people, data)
    return "| " + " | ".join(re.sub(r"\s*\|\s*", " / ", cell) for cell in cells) + " |"


def _write(figures: str) -> None:
    page = PAGE.read_text("utf-8")
    head, _, rest = page.partition(BEGIN)
    _, mark, tail = rest.partition(END)
    if not mark:
        raise SystemExit(f"{PAGE}: the marks {BEGIN} and {END} are not there")
    PAGE.write_text(f"{head}{BEGIN}\n{figures}\n{END}{tail}", "utf-8")


if __name__ == "__main__":
    main()
