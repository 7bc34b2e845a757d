"""Whose program it is that has connected over loopback: on Linux the kernel tells (proc(5), /proc/net/tcp).

Both ends of such a connection stand in its tables, each with the user id of its socket's owner. Where there
is no such table, or it holds neither end, nothing is known of the owner. Where it cannot be read, or holds
our end alone, the peer counts as a stranger: exhausting our files, or tearing the connection, lets nobody in.
"""

import os
import struct
from collections.abc import Collection
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_ROOT = 0
_MAPPED = bytes(10) + b"\xff\xff"
"""Before an IPv4 address in an IPv6 socket (RFC 4291, section 2.5.5.2)."""
_LOCAL, _REMOTE, _OWNER, _INODE = 1, 2, 7, 9
"""Columns of the tables."""


class End(NamedTuple):
    """One end of a connection."""

    address: str
    """An IP address in figures."""
    port: int


class Peer:
    """Who sits at the other end of a connection; looked up once, as that takes milliseconds."""

    def __init__(self, client: End, server: End) -> None:
        """Take the peer's end and ours."""
        self._client, self._server = client, server

    @cached_property
    def is_stranger(self) -> bool:
        """Tell whether the connection is another user's, who is not the administrator."""
        # Twice, for a row may be passed over while the kernel hands the table out in pieces.
        return self._seems_strange() and self._seems_strange()

    def _seems_strange(self) -> bool:
        tables = []
        for each in _TABLES:
            try:
                tables.append(each.read_text("ascii"))
            except (FileNotFoundError, PermissionError):  # no Linux, or one that tells nobody
                continue
            except OSError:
                return True
        return is_stranger(tables, self._client, self._server, os.geteuid() if tables else _ROOT)


def is_stranger(tables: Collection[str], client: End, server: End, user: int) -> bool:
    """Tell whether the owner of the client's end is neither `user` nor root, as far as the tables tell.

    A socket that its program has closed belongs to nobody, and one that is missing beside ours is gone: then
    nobody could read the answer either.
    """
    theirs = _row(tables, client, server)
    if theirs is None:
        return _row(tables, server, client) is not None
    return theirs[_INODE] == "0" or int(theirs[_OWNER]) not in (user, _ROOT)


def _row(tables: Collection[str], local: End, remote: End) -> list[str] | None:
    """Return the columns of an end of a connection, or none."""
    ends = set(zip(_written(local), _written(remote), strict=True))
    for table in tables:
        for line in table.splitlines()[1:]:
            columns = line.split()
            if (columns[_LOCAL], columns[_REMOTE]) in ends:
                return columns
    return None


def _written(end: End) -> tuple[str, str]:
    """Return an end as the tables write it, in a socket of its own family and in one for both."""
    packed = ip_address(end.address).packed
    return _figures(packed, end.port), _figures((_MAPPED + packed)[-16:], end.port)


def _figures(packed: bytes, port: int) -> str:
    """Return the hexadecimal figures of an address, whose words the kernel writes as numbers of its own."""
    words = struct.iter_unpack("=I", packed)
    return f"{''.join(f'{word:08X}' for (word,) in words)}:{port:04X}"
