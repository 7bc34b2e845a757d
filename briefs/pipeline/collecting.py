"""How often a process that holds thousands of claims looks for garbage among what it holds."""

import gc

_YOUNG, _MIDDLE, _OLD = 5_000, 10, 20
"""What has lived long is looked through once in a million new objects: a thousand articles."""


def collect_seldom() -> None:
    """Look less often for objects that hold one another and nobody else, in the whole process.

    Claims, and what was worked out of them, live long and hold no cycles, but there are hundreds of thousands
    of objects in them: looking through them all took a sixth of the time of relating an article. Objects that
    nobody holds are given back at once, as ever. For a command, never for a library.
    """
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
