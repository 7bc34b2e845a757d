"""A family's figures over time as a small drawing: places and words only, the template draws them.

Every mark carries the number of its row in the table beside it, so that nothing is said by colour or place
alone. A figure with two bounds is a line from one to the other, one with an open bound an arrow.
"""

import math
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from briefs.domain.story import Account, Thread
from briefs.steps.render.story_view import article_name, day
from briefs.steps.render.wording import date_words

WIDTH, HEIGHT = 360, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 10, 14, 34
_STEP = 26
"""Units between two marks of one lane, so that neither hides the other."""
_ARROW = 16
_SHAPES: tuple[Literal["round", "square", "diamond"], ...] = ("round", "square", "diamond")


class Tick(NamedTuple):
    """A value on an axis, with its words."""

    at: float
    words: str
    anchor: Literal["start", "middle", "end"] = "middle"


class Mark(NamedTuple):
    """One figure; places count from the top left corner, `top` is that of the upper bound."""

    x: float
    top: float
    bottom: float
    open: Literal["", "up", "down"]
    """Which bound the words leave open."""
    shape: Literal["round", "square", "diamond"]
    label: str


class Chart(NamedTuple):
    """What is drawn, and what it shows in words."""

    title: str
    description: str
    values: tuple[Tick, ...]
    days: tuple[Tick, ...]
    border: float | None
    """Where the lane of undated articles begins; none where all have a date, or none has."""
    marks: tuple[Mark, ...]


class _Point(NamedTuple):
    row: int
    told: Account
    low: float
    high: float
    open: Literal["", "up", "down"]
    when: date | None


def chart(thread: Thread) -> Chart | None:
    """Return the drawing of a family's figures; none where there are not two different ones to compare.

    A monthly rate and a total are not drawn on one scale.
    """
    points = [p for row, told in enumerate(thread.claims, 1) if (p := _point(row, told)) is not None]
    mixed = len({p.told.figure.rate for p in points if p.told.figure}) > 1
    if mixed or len({(p.low, p.high, p.open) for p in points}) < 2:
        return None
    steps = _steps(points)
    floor, ceiling = steps[0], steps[-1]
    height = HEIGHT - _TOP - _BOTTOM

    def y(value: float) -> float:
        return round(_TOP + height * (ceiling - value) / (ceiling - floor), 1)

    dated = sorted((p for p in points if p.when is not None), key=lambda p: (p.when or date.min, p.row))
    undated = [p for p in points if p.when is None]
    right = WIDTH - _RIGHT
    border = right - _STEP * (len(undated) + 0.5) if undated and dated else None
    places = _places(dated, _LEFT + 14, (border or right) - 16)
    begin = border if border is not None else _LEFT
    gap = (right - begin) / (len(undated) + 1)
    places |= {p.row: round(begin + gap * n, 1) for n, p in enumerate(undated, 1)}
    return Chart(
        title=f"Figures by date of publication: {thread.short}",
        description=" ".join(_sentence(p) for p in points),
        values=tuple(Tick(y(value), _number(value)) for value in steps),
        days=_days(dated, places, undated, (begin + right) / 2),
        border=round(border, 1) if border is not None else None,
        marks=tuple(
            Mark(
                x=places[p.row],
                top=y(p.high),
                bottom=y(p.low),
                open=p.open,
                shape=_SHAPES[(p.told.side - 1) % len(_SHAPES)],
                label=str(p.row),
            )
            for p in points
        ),
    )


def _point(row: int, told: Account) -> _Point | None:
    figure = told.figure
    if figure is None or (figure.low is None and figure.high is None):
        return None
    bounds = [float(bound) for bound in (figure.low, figure.high) if bound is not None]
    if not all(math.isfinite(bound) for bound in bounds):
        return None
    is_open: Literal["", "up", "down"] = "up" if figure.high is None else "down" if figure.low is None else ""
    return _Point(row, told, min(bounds), max(bounds), is_open, _date(told.place.published))


def _date(published: str | None) -> date | None:
    """Return the day of an ISO date; the first day of a month or year that stands alone."""
    words = (published or "")[:10]
    try:
        return date.fromisoformat({4: f"{words}-01-01", 7: f"{words}-01"}.get(len(words), words))
    except ValueError:
        return None


def _places(dated: Sequence[_Point], left: float, right: float) -> dict[int, float]:
    """Return where each dated figure stands, by row: true to time as far as marks do not hide each other."""
    days = [(p.when or date.min).toordinal() for p in dated]
    if not days:
        return {}
    span = days[-1] - days[0]
    wanted = [left + (right - left) * ((each - days[0]) / span if span else 0.5) for each in days]
    if not span:
        wanted = [place - _STEP * (len(days) - 1) / 2 for place in wanted]
    placed: list[float] = []
    for place in wanted:
        placed.append(max(place, placed[-1] + _STEP) if placed else place)
    over = max(0.0, placed[-1] - right)
    limit = right
    for n in range(len(placed) - 1, -1, -1):
        if over:
            placed[n] = min(placed[n], limit)
        limit = placed[n] - _STEP
    return {p.row: round(place, 1) for p, place in zip(dated, placed, strict=True)}


def _days(
    dated: Sequence[_Point], places: dict[int, float], undated: Sequence[_Point], lane: float
) -> tuple[Tick, ...]:
    ticks = []
    if dated:
        first, last = dated[0], dated[-1]
        same = first.when == last.when
        middle = (places[first.row] + places[last.row]) / 2
        ticks.append(
            Tick(
                middle if same else places[first.row] - 8,
                _day(first),
                "middle" if same else "start",
            )
        )
        if not same:
            ticks.append(Tick(places[last.row] + 8, _day(last), "end"))
    if undated:
        ticks.append(Tick(round(lane, 1), "undated"))
    return tuple(ticks)


def _day(point: _Point) -> str:
    """Return a day in few letters: "14 Mar 2024"."""
    words = date_words((point.told.place.published or "")[:10]).split()
    return " ".join(word[:3] if word.isalpha() else word for word in words)


def _sentence(point: _Point) -> str:
    told = point.told
    text = told.figure.text if told.figure else ""
    return f"Row {point.row}: {text}, {article_name(told.place)}, {day(told.place)}."


def _steps(points: Sequence[_Point]) -> list[float]:
    """Return a few round values that hold all figures between them (Heckbert, Graphics Gems, 1990)."""
    low, high = min(p.low for p in points), max(p.high for p in points)
    if low > 0 and low < 0.5 * high:
        low = 0.0
    spread = (high - low) or abs(high) or 1.0
    raw = spread / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.999)
    if all(bound == int(bound) for p in points for bound in (p.low, p.high)):
        step = max(step, 1.0)
    first, last = math.floor(low / step), math.ceil(high / step)
    if first * step == low and low != 0:
        first -= 1
    if last * step == high or any(p.open == "up" for p in points):  # room for a mark, or for its arrow
        last += 1
    return [number * step for number in range(first, last + 1)]


def _number(value: float) -> str:
    for size, word in ((1e9, "bn"), (1e6, "m")):
        if abs(value) >= size:
            return f"{value / size:g} {word}"
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"
