"""A zip package whose bytes depend on nothing but its content: no clock, no order of a run."""

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold."""
_FIRST = ("[Content_Types].xml", "_rels/.rels")
"""Where programs look first (ECMA-376, part 2); the other parts follow by name."""


def repacked(package: bytes) -> bytes:
    """Return a zip file with the same parts in a fixed order, each of one time and set of permissions."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as held, ZipFile(made, "w") as target:
        names = sorted(held.namelist(), key=lambda name: (name not in _FIRST, name))
        for name in names:
            part = ZipInfo(name, date_time=_EPOCH)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 3  # as on Unix, wherever it is made
            part.external_attr = 0o644 << 16
            target.writestr(part, held.read(name), compresslevel=6)
    return made.getvalue()
