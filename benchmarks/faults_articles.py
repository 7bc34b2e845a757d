"""Short invented articles for the fault benchmarks: some tell of one event in two figures, each has a source.

Put together from lists by a fixed seed, so that a round can be repeated; nothing in them is anybody's.
"""

import random
from pathlib import Path

_PLACES = ("Port Sable", "Lower Orla", "Halmen", "Kell", "Tarnbridge", "Vellmar", "Skerry", "Quayside")
_WHO = ("Ana Petrel", "Ivo Marn", "Cora Lund", "Nils Ferrow", "Ilse Brandvold", "Jonas Esk")
_BODIES = ("harbour board", "ferry line", "school council", "water works", "grain board")
_THINGS = ("grain crates", "sailings", "pupils", "lamps", "permits", "boats")
_LOST = ("lost", "counted", "cancelled", "returned")
_MONTHS = ("January", "March", "May", "August", "October")
_STORIES = 12
"""Events that the articles tell of: fewer than there are articles, so that some tell of the same one."""


def write(folder: Path, number: int, seed: int, version: int = 1) -> None:
    """Write `number` articles; of a later `version`, every third has another figure."""
    folder.mkdir(parents=True, exist_ok=True)
    for at in range(number):
        (folder / f"{at:03}.txt").write_text(article(at, seed, version), "utf-8")


def article(at: int, seed: int, version: int = 1) -> str:
    """Return the article of a number."""
    told = random.Random(f"{seed} {at % _STORIES}")  # noqa: S311 - no secret
    own = random.Random(f"{seed} article {at}")  # noqa: S311
    place, body, thing = told.choice(_PLACES), told.choice(_BODIES), told.choice(_THINGS)
    done, month, count = told.choice(_LOST), told.choice(_MONTHS), told.randrange(20, 90) * 100
    count += own.choice((0, 0, 350)) + (70 if version > 1 and at % 3 == 0 else 0)
    who, other = own.sample(_WHO, 2)
    second = f" “We {done} what the register shows,” said {other}." if at % 5 == 0 else ""
    return (
        f"{body.capitalize()} answers for {thing}\n\n"
        f"The {body} of {place} {done} {count:,} {thing} in {month} 2024, {who} said.{second}\n"
    )


def write_evidence(folder: Path, seed: int) -> None:
    """Write a few documents that bear on what the articles say."""
    folder.mkdir(parents=True, exist_ok=True)
    for at in range(_STORIES):
        told = random.Random(f"{seed} {at}")  # noqa: S311
        place, body, thing = told.choice(_PLACES), told.choice(_BODIES), told.choice(_THINGS)
        done, month, count = told.choice(_LOST), told.choice(_MONTHS), told.randrange(20, 90) * 100
        (folder / f"register-{at:02}.txt").write_text(
            f"Register of the {body} of {place}\n\n"
            f"In {month} 2024 the {body} of {place} {done} {count:,} {thing}.\n",
            "utf-8",
        )
