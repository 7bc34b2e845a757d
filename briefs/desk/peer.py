"""Whose program it is that has connected over loopback: on Linux the kernel tells (proc(5), /proc/net/tcp).

Both ends of such a connection stand in its tables, each with the user id of its socket's owner. Where there
is no such table, or it does not hold the connection, nothing is known of the owner.
"""

import os
import struct
from collections.abc import Iterable
from contextlib import suppress
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
        """Tell whether the connection is known to be neither this user's nor the administrator's."""
        tables = []
        for each in _TABLES:
            with suppress(OSError):
                tables.append(each.read_text("ascii"))
        return is_stranger(tables, self._client, self._server, os.geteuid() if tables else _ROOT)


def is_stranger(tables: Iterable[str], client: End, server: End, user: int) -> bool:
    """Tell whether the owner of the client's end stands in the tables, and is neither `user` nor root.

    A socket that its program has closed belongs to nobody: then nobody could read the answer either.
    """
    ends = set(zip(_written(client), _written(server), strict=True))
    for table in tables:
        for line in table.splitlines()[1:]:
            columns = line.split()
            if (columns[_LOCAL], columns[_REMOTE]) in ends:
                return columns[_INODE] == "0" or int(columns[_OWNER]) not in (user, _ROOT)
    return False


def _written(end: End) -> tuple[str, str]:
    """Return an end as the tables write it, in a socket of its own family and in one for both."""
    packed = ip_address(end.address).packed
    return _figures(packed, end.port), _figures((_MAPPED + packed)[-16:], end.port)


def _figures(packed: bytes, port: int) -> str:
    """Return the hexadecimal figures of an address, whose words the kernel writes as numbers of its own."""
    words = struct.iter_unpack("=I", packed)
    return f"{''.join(f'{word:08X}' for (word,) in words)}:{port:04X}"
