"""A real HTTP server on loopback that answers as it is told, down to the single byte: well, slowly, broken or hostile."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import TypeAlias

MARKUP = "text/html; charset=utf-8"
RSS = "application/rss+xml"
HANGS_MAX = 20.0  # seconds after which the server lets go of whoever did not


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came in; names of headers in lower case."""

    path: str
    headers: Mapping[str, str]


Pieces: TypeAlias = Iterable[bytes]
Route: TypeAlias = bytes | Callable[[Asked], "bytes | Pieces"]


@dataclass(slots=True)
class Site:
    """What the server at `base` answers by path, and what it was asked. A path without a route is a 404."""

    base: str = ""
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        """The paths asked for so far, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    @property
    def host(self) -> str:
        return self.base.removeprefix("http://")


def answer(body: bytes | str, *headers: str, type: str = MARKUP, status: str = "200 OK") -> bytes:
    """A well-formed answer with its length."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {type}", f"Content-Length: {len(content)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def head(*headers: str, status: str = "200 OK", type: str = MARKUP) -> bytes:
    """The head of an answer alone; what follows is the caller's."""
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {type}", *headers]).encode() + b"\r\n\r\n"


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer("", f"Location: {to}", status=status)


def page(words: str) -> str:
    """A page of a few sentences about `words`."""
    return (
        f"<!doctype html><html><head><title>{words}</title></head><body><article><h1>{words}</h1>"
        f"<p>The harbour office of Vessel said on Monday that {words} will reopen after the repairs.</p></article></body></html>"
    )


def rss(*items: str, title: str = "Vessel Post", more: str = "") -> str:
    """An RSS feed of items as `item` makes them."""
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>{more}{"".join(items)}</channel></rss>'


def item(link: str, more: str = "") -> str:
    return f"<item><title>About {link[-20:]}</title><link>{link}</link><guid>{link}</guid>{more}</item>"


def drip(pieces: Pieces, seconds: float) -> Iterator[bytes]:
    """The pieces with a pause before each."""
    for piece in pieces:
        time.sleep(seconds)
        yield piece


def endless(piece: bytes) -> Iterator[bytes]:
    return repeat(piece)


def silence() -> Iterator[bytes]:
    """Nothing, and no end of it."""
    return drip(repeat(b""), 0.05)


@contextlib.contextmanager
def serving(routes: Mapping[str, Route] | None = None) -> Iterator[Site]:
    """A server of its own port while the block runs."""
    site = Site(routes=dict(routes or {}))

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                _handle(self.request, site)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Handler) as server:
        site.base = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield site
        finally:
            server.shutdown()


def _handle(connection: socket.socket, site: Site) -> None:
    connection.settimeout(HANGS_MAX)
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece:
            return
        received += piece
    began = time.monotonic()
    lines = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    path = lines[0].split(" ")[1]
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    asked = Asked(path=path, headers=headers)
    site.asked.append(asked)
    route = site.routes.get(path, answer("not here", status="404 Not Found"))
    said = route(asked) if callable(route) else route
    for piece in [said] if isinstance(said, bytes) else said:
        connection.sendall(piece)
        if time.monotonic() - began > HANGS_MAX:
            break
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        connection.recv(65536)
