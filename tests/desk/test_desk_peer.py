"""Another user of this machine cannot ask a desk on loopback that has no token."""

import errno
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from desk_pages import desk
from starlette.testclient import TestClient
from test_desk_process import running

from briefs.desk.peer import End, Peer, is_stranger
from briefs.desk.security import PEER

_HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
_ROW = "   {}: {} {} 01 00000000:00000000 00:00000000 00000000 {:5}        0 {} 1 0000 20 4 30 10 -1\n"
_LITTLE = sys.byteorder == "little"
_FOUR = "0100007F" if _LITTLE else "7F000001"
_MAPPED = f"0000000000000000{'FFFF0000' if _LITTLE else '0000FFFF'}{_FOUR}"
_SIX = f"000000000000000000000000{'01000000' if _LITTLE else '00000001'}"
_CLIENT, _SERVER = End("127.0.0.1", 0xA395), End("127.0.0.1", 0x223D)


def _table(address: str, owner: int, inode: int = 7) -> str:
    """Return a table with both ends of a connection; the desk is user 500's."""
    ends = f"{address}:A395", f"{address}:223D"
    server = _ROW.format(0, ends[1], ends[0], 500, 6)
    return _HEAD + server + _ROW.format(1, *ends, owner, inode)


@pytest.mark.parametrize(
    ("tables", "strange"),
    [
        ([_table(_FOUR, 500)], False),
        ([_table(_FOUR, 0)], False),
        ([_table(_FOUR, 501)], True),
        ([_HEAD, _table(_MAPPED, 501)], True),  # a socket for both families
        ([_table(_FOUR, 0, inode=0)], True),  # closed: the kernel writes 0 for whosever it was
        (
            [_HEAD + _ROW.format(0, f"{_FOUR}:223D", f"{_FOUR}:A395", 500, 6)],
            True,
        ),  # torn: ours alone stands there
        ([_HEAD], False),
        ([], False),
    ],
)
def test_the_tables_tell_whose_a_connection_is(tables: list[str], strange: bool) -> None:
    """The user and root come in; so does a connection of which nothing at all is known."""
    assert is_stranger(tables, _CLIENT, _SERVER, 500) is strange


def test_another_connection_of_a_stranger_is_not_this_one() -> None:
    """Neither the other end of the connection nor another port or family is taken for the peer."""
    for client in (End("127.0.0.1", 0x223D), End("127.0.0.1", 0xA396), End("::1", 0xA395)):
        assert not is_stranger([_table(_FOUR, 501)], client, _SERVER, 500)
    beside = _table(_FOUR, 501).replace(":A395", ":A397") + _table(_FOUR, 500).removeprefix(_HEAD)
    assert not is_stranger([beside], _CLIENT, _SERVER, 500)
    server = _SERVER._replace(address="::1")
    assert is_stranger([_table(_SIX, 501)], End("::1", 0xA395), server, 500)


@pytest.mark.parametrize(
    ("error", "strange"), [(FileNotFoundError, False), (PermissionError, False), (OSError, True)]
)
def test_a_table_that_cannot_be_read_lets_nobody_in(
    monkeypatch: pytest.MonkeyPatch, error: type[OSError], strange: bool
) -> None:
    """Whoever opens connections until the desk has no file left is not let in for that; elsewhere is no table."""

    def read(*_: object) -> str:
        raise error(errno.EMFILE, "no file left")

    monkeypatch.setattr(Path, "read_text", read)
    assert Peer(_CLIENT, _SERVER).is_stranger is strange


@pytest.mark.parametrize(("token", "status"), [(None, 403), ("sixteen-characters", 200)])
def test_a_stranger_is_refused_unless_the_desk_has_a_token(
    folder: Path, token: str | None, status: int
) -> None:
    """Nothing is shown; with a token it is the token that counts."""
    with desk(folder, token=token) as browser:
        assert isinstance(browser.client, TestClient)
        browser.client.app_state[PEER] = SimpleNamespace(is_stranger=True)
        assert browser.client.get("/login", follow_redirects=False).status_code == status


@contextmanager
def _user(number: int) -> Iterator[None]:
    """Be another user: sockets that are made meanwhile are theirs."""
    os.seteuid(number)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="takes root to be another user, and Linux to tell"
)
def test_a_real_connection_of_another_user_is_refused(folder: Path) -> None:
    """The kernel's own tables tell it, whatever family the socket is of; root itself is served."""
    with running(folder) as served:
        port = int(served.url.rstrip("/").rpartition(":")[2])

        def asked(family: int, address: str, user: int) -> bytes:
            with _user(user):
                made = socket.socket(family, socket.SOCK_STREAM)
            with made:
                made.settimeout(20)
                made.connect((address, port))
                made.sendall(b"GET /who HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
                return made.recv(12)

        families = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::ffff:127.0.0.1")]
        for family, address in families if socket.has_ipv6 else families[:1]:
            assert asked(family, address, 65534) == b"HTTP/1.1 403"
            assert asked(family, address, 0) == b"HTTP/1.1 200"
