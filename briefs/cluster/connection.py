"""Ray, started or reached, quietly: nothing is sent anywhere, and nobody else gets in.

A Ray of the run's own listens on loopback alone, wants a token that this run made up, has no dashboard and
reports no usage. It is handed no key from the environment. What it moves between processes goes from one to
the other: its shared memory, which could spill to disk, is not used. Its folder, with its logs, is this
user's and goes with it. It dies with this process, however that ends.
"""

import logging
import os
import re
import secrets
import shutil
import signal
import socket
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from briefs.cluster.address import Address
from briefs.errors import ConfigError
from briefs.leftovers import in_use

_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",  # would pack the working folder and send it
    "RAY_DEDUP_LOGS": "0",
    "RAY_LOG_TO_DRIVER": "0",
}
_LOOPBACK_ONLY = {
    # By its name for other systems, but everywhere it is what makes Ray take 127.0.0.1 for this computer's
    # address. Read when Ray is imported.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
}
_OWN = {
    **_LOOPBACK_ONLY,
    "RAY_AUTH_MODE": "token",
    "RAY_OBJECT_STORE_ALLOW_SLOW_STORAGE": "1",  # it is not used
    "RAY_DASHBOARD_STARTUP_TIMEOUT_S": "120",  # of a helper; past it Ray writes its log to the screen
}
_INLINE = 512 * 2**20 - 2**16
"""Bytes that go with a message, not by shared memory; the largest message that Ray sends."""
_OBJECT_STORE = 80 * 2**20
"""Bytes of shared memory: about the least that Ray takes."""
_LOOPBACK = "127.0.0.1"
_HERE = {_LOOPBACK, "localhost"}
_ANSWERS = 10.0
"""Seconds in which a cluster must take a connection."""
_SECRET = re.compile(r"key|secret|token|passw|credential", re.IGNORECASE)
_PREFIX = "briefs-ray-"
_STARTS = 3
"""How often Ray is started at most."""
_LONGEST_PLACE = 9
"""Characters of a TMPDIR that can be used: a socket's path has room for 103 on macOS (107 on Linux), of which
our folder's name and Ray's own below it take 94 where process numbers have seven digits."""
_DYING = 5.0
"""Seconds that Ray's processes have to end by themselves."""


class Cluster:
    """A Ray that is started or reached by `connected`."""

    def __init__(self, ray: ModuleType, address: Address) -> None:
        self.ray: Any = ray
        self.address = address

    def processors(self) -> str:
        """Return in words how many processors the cluster has and how many are free."""
        there = self.ray.cluster_resources().get("CPU", 0)
        free = self.ray.available_resources().get("CPU", 0)
        return f"{there:g} processors, {free:g} of them free"


@contextmanager
def connected(address: Address, workers: int) -> Iterator[Cluster]:
    """Start a Ray for `workers` workers, or reach one; at the end, stop it or leave it.

    Raises ConfigError where Ray is not installed, does not start, or is not reached.
    """
    os.environ.update(_QUIET)
    if not address.own:
        _look(address)
        if address.host in _HERE:
            os.environ.update(_LOOPBACK_ONLY)
        ray = _imported()
        _connect(ray, address)
        try:
            yield Cluster(ray, address)
        finally:
            ray.shutdown()
        return
    token = secrets.token_hex(32)
    os.environ.update({**_OWN, "RAY_AUTH_TOKEN": token})
    ray = _imported()
    with _folder() as folder:
        try:
            _start(ray, folder, workers, token)
            yield Cluster(ray, address)
        finally:
            ray.shutdown()
            _see_off(token, folder)


def _imported() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import ray  # noqa: PLC0415 - the extra, and a second and more
    except ImportError as error:
        raise ConfigError("--on: needs the package ray; pip install 'briefs[ray]'") from error
    # What happens to workers is told by the run, in its own words.
    quiet = logging.getLogger("ray")
    quiet.handlers = [logging.NullHandler()]
    quiet.propagate = False
    return ray


def _start(ray: Any, folder: Path, workers: int, token: str) -> None:
    """Start Ray; again where a busy machine was too slow for Ray's own patience of half a minute."""
    for left in reversed(range(_STARTS)):
        try:
            with _without_secrets():
                _init(ray, folder, workers)
            break
        except Exception as error:  # Ray raises bare ones too
            ray.shutdown()
            _see_off(token, folder)
            if not left:
                reason = _one_line(error)
                raise ConfigError(f"--on ray: Ray did not start ({reason}); run without --on") from error
    if any(each["NodeManagerAddress"] != _LOOPBACK for each in ray.nodes()):
        raise ConfigError("--on ray: this version of Ray would listen to other computers; run without --on")


def _init(ray: Any, folder: Path, workers: int) -> None:
    ray.init(
        "local",
        num_cpus=workers,
        num_gpus=0,
        object_store_memory=_OBJECT_STORE,
        include_dashboard=False,
        configure_logging=False,
        log_to_driver=False,
        namespace="briefs",
        _temp_dir=str(folder),
        _node_ip_address=_LOOPBACK,
        _system_config={
            "max_direct_call_object_size": _INLINE,
            "task_rpc_inlined_bytes_limit": _INLINE,
            "automatic_object_spilling_enabled": False,
            "worker_niceness": 0,  # 15 by default: as willing to wait as no process of --jobs is
        },
    )


def _look(address: Address) -> None:
    """Raise ConfigError where nobody listens: Ray itself would go on trying for minutes."""
    try:
        socket.create_connection((address.host, address.port), _ANSWERS).close()
    except OSError as error:
        reason = error.strerror or str(error) or "no answer"
        raise ConfigError(
            f"--on {address.given}: nobody answers there ({reason}); start the cluster, or check the address"
        ) from None


def _connect(ray: Any, address: Address) -> None:
    try:
        ray.init(address.given, configure_logging=False, log_to_driver=False, namespace="briefs")
    except Exception as error:  # Ray's client raises nearly everything
        raise ConfigError(
            f"--on {address.given}: there is no Ray that answers ({_one_line(error)}); check the address, "
            "and that all machines have the same versions of Ray and Python"
        ) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__


@contextmanager
def _without_secrets() -> Iterator[None]:
    """Keep keys out of the environment that Ray's processes inherit: one actor is handed the one it needs."""
    kept = {name: os.environ.pop(name) for name in tuple(os.environ) if _is_secret(name)}
    try:
        yield
    finally:
        os.environ.update(kept)


def _see_off(token: str, folder: Path) -> None:
    """Wait for the last process of a Ray that was shut down: a dying one may make its folder again."""
    patience = time.monotonic() + _DYING
    while left := _holding(token, folder):
        if time.monotonic() > patience:
            for each in left:
                with suppress(OSError):
                    os.kill(each, signal.SIGKILL)
        time.sleep(0.05)


def _holding(token: str, folder: Path) -> list[int]:
    """Return the other processes that know the token or have a file of the folder open (Linux; else none).

    Both were made up by this run. Processes that give themselves another title write over their environment.
    """
    others = (each for each in Path("/proc").glob("[0-9]*") if int(each.name) != os.getpid())
    return [int(each.name) for each in others if _knows(each, token) or _has_open(each, folder)]


def _knows(process: Path, token: str) -> bool:
    try:
        return token.encode() in (process / "environ").read_bytes()
    except OSError:  # it has ended, or is another user's
        return False


def _has_open(process: Path, folder: Path) -> bool:
    try:
        links = list((process / "fd").iterdir())
    except OSError:
        return False
    for each in links:
        with suppress(OSError):
            if os.readlink(each).startswith(f"{folder}{os.sep}"):
                return True
    return False


def _is_secret(name: str) -> bool:
    return _SECRET.search(name) is not None and not name.startswith("RAY_")


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder for Ray's sockets and logs; whoever was killed left one behind, which goes too."""
    place = Path(tempfile.gettempdir())
    if len(str(place)) > _LONGEST_PLACE and Path("/tmp").is_dir():  # noqa: S108 - made by mkdtemp, for this user alone
        place = Path("/tmp")  # noqa: S108
    for left in place.glob(f"{_PREFIX}[0-9]*-*"):
        _remove_left(left)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
    within = folder / "r"  # Ray opens its own folder to everybody; this one nobody else gets into
    within.mkdir()
    try:
        yield within
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_left(folder: Path) -> None:
    with suppress(OSError):
        ours = not folder.is_symlink() and folder.lstat().st_uid == os.geteuid()
        if ours and not in_use(folder.name.removeprefix(_PREFIX)):
            shutil.rmtree(folder, ignore_errors=True)
