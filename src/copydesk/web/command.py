"""copydesk serve: a desk in the browser."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path

import click
import uvicorn

from copydesk import desk
from copydesk.errors import DeskError
from copydesk.web.app import make_app
from copydesk.web.guard import LOOPBACK, TOKEN_MIN, Rules

TOKEN_VARIABLE = "COPYDESK_TOKEN"


@click.command("serve", epilog="Example: copydesk serve --desk newsroom")
@click.option(
    "--desk",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The desk's folder (default: the nearest one from here upwards).",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; any address but this machine's own needs a token.",
)
@click.option("--port", type=click.IntRange(0, 65_535), default=8642, show_default=True, help="0 takes a free one.")
@click.option(
    "--token",
    envvar=TOKEN_VARIABLE,
    help=f"What a reader must show ({TOKEN_MIN} characters or more); better set as {TOKEN_VARIABLE}.",
)
def command(folder: Path | None, host: str, port: int, token: str | None) -> None:
    """Open a desk in the browser.

    Prints the address and answers until it is stopped. Only this machine is answered, unless --host says otherwise; then
    every reader needs the token, which the printed address carries.
    """
    rules = make_rules(host, token)
    app = make_app(folder if folder is not None else desk.find_desk(Path()), rules)
    listening = _listen(host, port)
    click.echo(f"copydesk listens on {address_of(host, listening.getsockname()[1], token)}  (stop with Ctrl+C)")
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", server_header=False, date_header=False, lifespan="on")
    )
    server.run(sockets=[listening])


def make_rules(host: str, token: str | None) -> Rules:
    """Who is let in when the desk listens there. Raises DeskError for an open desk without a token."""
    if token is not None and len(token) < TOKEN_MIN:
        raise DeskError(f"the token has {len(token)} characters; give {TOKEN_MIN} or more")
    if is_loopback(host):
        return Rules(hosts=LOOPBACK | {bracketed(host)}, token=token)
    if token is None:
        raise DeskError(
            f"{host} can be reached by others: give a token of {TOKEN_MIN} characters or more as {TOKEN_VARIABLE}"
        )
    names = LOOPBACK | {bracketed(host), socket.gethostname().lower(), socket.getfqdn().lower()}
    return Rules(hosts=names, token=token, any_address=host in ("0.0.0.0", "::", ""))


def is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def bracketed(host: str) -> str:
    """The host as it stands in an address."""
    return f"[{host}]" if ":" in host else host.lower()


def address_of(host: str, port: int, token: str | None) -> str:
    """What a reader opens."""
    shown = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "[::1]"}.get(host, bracketed(host))
    return f"http://{shown}:{port}/" + (f"?token={token}" if token else "")


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises DeskError where something else does."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        raise DeskError(f"{host}:{port} cannot be listened on ({error.strerror}): give another --port") from error
    return listening
