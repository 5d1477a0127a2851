"""The one way to the net: names are resolved, their addresses judged, and exactly the judged ones connected to."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import httpcore
import httpx

from copydesk.errors import OptionsError
from copydesk.reading.addresses import Refusal
from copydesk.reading.options import FetchingOptions

Resolver: TypeAlias = Callable[[str, int], Sequence[str]]
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

TRIED_MAX = 4  # addresses of one host
WIRE_SPARE = 1_000_000  # bytes of headers and chunk marks that an answer may have besides twice its body's limit
WEB_PORTS = frozenset({80, 443})
SYSTEM_PORTS = 1024  # below it other services live, which must not be spoken to in the name of the web
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
COMPATIBLE = ipaddress.IPv6Network("::/96")
UNSHARED = (  # what Python's own tables leave out: addresses of providers' own services, and carriers' inner nets
    ipaddress.ip_network("168.63.129.16/32"),
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("100.64.0.0/10"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("fec0::/10"),
    ipaddress.ip_network("5f00::/16"),
)


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host as the system gives them. Raises OSError when it has none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def why_unshared(address: Address) -> str | None:
    """Why an address is not one of the public net, None when it is; one wrapped in another is judged itself."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and (address in NAT64 or (address in COMPATIBLE and int(address) > 1)):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return why_unshared(inner)
    for kind, holds in (
        ("loopback", address.is_loopback),
        ("unspecified", address.is_unspecified),
        ("link-local", address.is_link_local),
        ("multicast", address.is_multicast),
        ("private", address.is_private or any(address in network for network in UNSHARED)),
        ("reserved", address.is_reserved or not address.is_global),
    ):
        if holds:
            return kind
    return None


class Gate:
    """Says which addresses of a host may be connected to: all of them public, or allowed by the user.

    Raises OptionsError for a network in `private_hosts` that is none.
    """

    def __init__(self, private_hosts: str, resolver: Resolver = resolve) -> None:
        self._resolver = resolver
        self._names: set[str] = set()
        self._networks: list[Network] = []
        for allowed in filter(None, (part.strip().lower() for part in private_hosts.split(","))):
            try:
                self._networks.append(ipaddress.ip_network(allowed, strict=False))
            except ValueError:
                if "/" in allowed or "*" in allowed:
                    raise OptionsError(
                        f"[fetching] private_hosts has {allowed!r}; expected names and networks like 'desk.example, 10.1.0.0/16'"
                    ) from None
                self._names.add(allowed)

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses to connect to. Raises Refusal when the host has none, or one that is neither public nor allowed."""
        name = host.lower().strip("[]").rstrip(".")
        try:
            found = list(dict.fromkeys(self._resolver(name, port)))
        except (OSError, UnicodeError) as error:
            raise Refusal(f"{name}: the host is not found ({getattr(error, 'strerror', None) or error})") from None
        if not found:
            raise Refusal(f"{name}: the host is not found (it has no address)")
        inner = False
        for text in found:
            try:
                address = ipaddress.ip_address(text)
            except ValueError:
                raise Refusal(f"{name}: its address {text[:60]!r} cannot be read") from None
            kind = why_unshared(address)
            allowed = name in self._names or any(address in network for network in self._networks)
            if kind is not None and not allowed:
                where = name if name == text else f"{name}, at {text},"
                raise Refusal(f"{where} is no public address ({kind}); name it in private_hosts to have it asked", lasting=True)
            inner = inner or allowed
        if port < SYSTEM_PORTS and port not in WEB_PORTS and not inner:
            raise Refusal(f"port {port} belongs to another service than the web", lasting=True)
        return found[:TRIED_MAX]


class Bounded(httpcore.NetworkStream):
    """A connection that ends at its deadline, and after so many bytes, however the server drips or pours."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float, left: int, doors: Doors) -> None:
        self._inner = inner
        self._deadline = deadline
        self._left = left
        self._doors = doors
        doors.watch(inner.get_extra_info("socket"))

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        piece = self._inner.read(max_bytes, self._remaining(timeout))
        self._left -= len(piece)
        if self._left < 0:
            raise Refusal("an answer larger on the wire than any that is taken")
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._remaining(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._remaining(timeout))
        return Bounded(inner, self._deadline, self._left, self._doors)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)

    def _remaining(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise Refusal("the answer had not ended when its time was up")
        return left if timeout is None else min(left, timeout)


class Doors(httpcore.NetworkBackend):
    """Connects to judged addresses only; the name stays in Host and in TLS. What is open can be cut off at once."""

    def __init__(self, gate: Gate, options: FetchingOptions) -> None:
        self._gate = gate
        self._options = options
        self._plain = httpcore.SyncBackend()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        deadline = time.monotonic() + self._options.total_seconds
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._gate.addresses(host, port):
            limit = min(timeout or self._options.connect_seconds, max(deadline - time.monotonic(), 0.001))
            try:
                stream = self._plain.connect_tcp(address, port, limit, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            largest = max(self._options.page_bytes, self._options.feed_bytes)
            return Bounded(stream, deadline, 2 * largest + WIRE_SPARE, self)
        raise failure

    def watch(self, opened: socket.socket) -> None:
        """Keeps an open connection in sight until it is closed."""
        with self._lock:
            self._open = {known for known in self._open if known.fileno() >= 0}
            self._open.add(opened)

    def cut_off(self) -> None:
        """Ends every open connection, whoever reads from it."""
        with self._lock:
            for open_one in self._open:
                try:
                    open_one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # closed by now


class Transport(httpx.BaseTransport):
    """httpx's transport over judged connections: one a request, no cookies, no proxy, no redirect of its own."""

    def __init__(self, options: FetchingOptions, resolver: Resolver = resolve) -> None:
        self._doors = Doors(Gate(options.private_hosts, resolver), options)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=None,
            max_keepalive_connections=0,  # a deadline belongs to one answer, and a name is judged anew for each
            network_backend=self._doors,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(status_code=answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._doors.cut_off()
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
