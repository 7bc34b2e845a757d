"""Leftovers: what a killed process has left on the disk, told by the number in its name."""

import os


def in_use(name: str) -> bool:
    """Tell whether another process, whose number `name` begins with ("4711-2"), may still use what has it.

    This process does not count: it knows what it uses itself, and an earlier one may have had its number.
    """
    number = name.split("-", maxsplit=1)[0]
    if not number.isdecimal() or int(number) == os.getpid() or os.name != "posix":
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is another user's
        return True
    return True
