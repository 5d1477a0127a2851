"""The one way to the net: names are resolved, their addresses judged, and exactly the judged ones connected to."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator

import httpcore
import httpx

from copydesk.reading.addresses import Refusal
from copydesk.reading.gates import Gate, Resolver, resolve
from copydesk.reading.options import FetchingOptions

WIRE_SPARE = 1_000_000  # bytes of headers and chunk marks that an answer may have besides twice its body's limit


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
