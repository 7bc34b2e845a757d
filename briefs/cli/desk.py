"""`briefs desk`: the review application on this machine."""

import logging
import secrets
import sys
from contextlib import suppress
from pathlib import Path

import click

from briefs.cli.options import reporting
from briefs.cli.terminal import printable
from briefs.config import desk_key_file
from briefs.errors import ConfigError

DEFAULT_PORT = 8765


@click.command("desk")
@click.argument("outputs", type=click.Path(path_type=Path), default=Path("outputs"))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="0: any free port."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Another than this machine's own needs a token."
)
@click.option(
    "--token", envvar="BRIEFS_DESK_TOKEN", help="What people type once to come in; made where none is given."
)
@click.option(
    "--name", "names", multiple=True, metavar="HOST", help="A further name by which browsers reach the desk."
)
@click.option(
    "--import", "imports", is_flag=True, help="Read back what was written into the Markdown files, and end."
)
@click.option("--open", "opens", is_flag=True, help="Open a browser.")
def command(
    outputs: Path, port: int, host: str, token: str | None, names: tuple[str, ...], imports: bool, opens: bool
) -> None:
    """Read briefs, check claims and sign them off in a browser.

    OUTPUTS is the folder that `briefs run` wrote. The desk serves this machine alone and makes no request
    to anybody. What is decided is kept in OUTPUTS/desk.sqlite at once; JSON, Markdown and HTML follow.

    On another --host everybody needs the token, which is printed once. The connection is not encrypted:
    put a server that speaks https in front where the network is not yours.
    """
    with reporting():
        if not outputs.is_dir():
            raise ConfigError(f"{outputs}: is not a folder; name the one that `briefs run` wrote")
        if imports:
            sys.exit(_import(outputs))
        _serve(outputs, host, port, token, names, opens=opens)


def _serve(
    outputs: Path, host: str, port: int, token: str | None, names: tuple[str, ...], *, opens: bool
) -> None:
    from briefs.desk.security import Keys  # noqa: PLC0415
    from briefs.desk.server import listen, needs_token, serve, show  # noqa: PLC0415 - loads the web server
    from briefs.store.desk import DeskStore  # noqa: PLC0415
    from briefs.store.secret import secret_for_now  # noqa: PLC0415

    asks = needs_token(host) or token is not None
    if token is not None and len(token) < 16:
        raise ConfigError("--token: at least 16 characters, or none given: then one is made")
    made = token is None
    token = (token or secrets.token_urlsafe(24)) if asks else None
    address = listen(host, port)
    DeskStore.open(outputs).close()  # says what is wrong with it before anything is served
    _log()

    def ready() -> None:
        click.echo(f"Desk of {printable(str(outputs))}: {address.url} (end with Ctrl-C)")
        if asks and made:
            click.echo(f"Token, to be typed once in each browser: {token}")
        sys.stdout.flush()
        if opens:
            show(address.url)

    with suppress(KeyboardInterrupt):  # how a desk is ended
        serve(outputs, address, Keys(secret_for_now(desk_key_file()), token), names, ready)
    click.echo("Desk ended; everything is written.", err=True)


def _import(outputs: Path) -> int:
    """Read the Markdown files back and say what came of it; return the exit code."""
    from briefs.desk.importing import read_back  # noqa: PLC0415 - only where it is asked for

    failed = False
    files = recorded = 0
    for found in read_back(outputs):
        files, recorded = files + 1, recorded + found.recorded
        if found.error is not None:
            failed = True
            click.echo(f"briefs: {printable(found.error)}", err=True)
            continue
        click.echo(printable(f"{found.name}: {found.recorded} recorded"))
        for note in found.notes:
            click.echo(printable(f"  {note}"))
    click.echo(f"{files} edited Markdown {'file' if files == 1 else 'files'} read, {recorded} recorded.")
    return 1 if failed else 0


def _log() -> None:
    """Say on standard error what goes wrong with files; nothing of a request or of an article."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("briefs: %(message)s"))
    logger = logging.getLogger("briefs.desk")
    logger.addHandler(handler)
    logger.propagate = False
