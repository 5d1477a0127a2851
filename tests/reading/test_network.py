from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterable

import httpcore
import httpx
import pytest

from bench.loopback import answer, page, serving
from copydesk.reading import FetchingOptions
from copydesk.reading.addresses import Refusal
from copydesk.reading.gates import Gate, why_unshared
from copydesk.reading.network import Transport


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("::1", "loopback"),
        ("0.0.0.0", "unspecified"),
        ("::", "unspecified"),
        ("169.254.169.254", "link-local"),
        ("fe80::1", "link-local"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("10.0.0.1", "private"),
        ("172.16.0.1", "private"),
        ("192.168.255.255", "private"),
        ("100.64.0.1", "private"),
        ("100.100.100.200", "private"),
        ("168.63.129.16", "private"),
        ("192.0.0.192", "private"),
        ("fd00:ec2::254", "private"),
        ("fec0::1", "private"),
        ("255.255.255.255", "private"),
        ("240.0.0.1", "private"),
        ("::ffff:10.0.0.1", "private"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::127.0.0.1", "loopback"),
        ("2002:7f00:1::", "loopback"),
        ("64:ff9b::a9fe:a9fe", "link-local"),
        ("2001:0:0:0:0:0:80ff:fffe", "loopback"),
    ],
)
def test_an_address_that_is_not_of_the_public_net_is_known_in_every_wrapping(address: str, kind: str) -> None:
    assert why_unshared(ipaddress.ip_address(address)) == kind


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_a_public_address_is_public(address: str) -> None:
    assert why_unshared(ipaddress.ip_address(address)) is None


def test_a_host_with_one_inner_address_among_its_public_ones_is_refused() -> None:
    gate = Gate("", lambda host, port: ["1.1.1.1", "10.0.0.8"])
    with pytest.raises(Refusal, match="no public address") as caught:
        gate.addresses("port.example", 443)
    assert caught.value.lasting


def test_an_inner_host_is_asked_when_the_user_names_it_or_its_network() -> None:
    def inner(host: str, port: int) -> list[str]:
        return ["10.1.2.3"]

    assert Gate("desk.intranet.example", inner).addresses("Desk.intranet.example", 80) == ["10.1.2.3"]
    assert Gate(" 192.0.2.0/24, 10.1.0.0/16 ", inner).addresses("any.example", 8080) == ["10.1.2.3"]
    with pytest.raises(Refusal):
        Gate("other.intranet.example, 10.2.0.0/16", inner).addresses("desk.intranet.example", 80)


def test_a_port_of_another_service_is_not_spoken_to() -> None:
    gate = Gate("", lambda host, port: ["1.1.1.1"])
    assert gate.addresses("port.example", 8443) == ["1.1.1.1"]
    with pytest.raises(Refusal, match="another service"):
        gate.addresses("port.example", 25)


def test_what_the_resolver_says_first_is_what_is_connected_to() -> None:
    """A name that changes between the judging and the connecting finds nobody who asks it again."""
    told: list[str] = []

    def changing(host: str, port: int) -> list[str]:
        told.append(host)
        return ["127.0.0.1"] if len(told) == 1 else ["10.0.0.1"]

    with serving({"/a": answer(page("the quay"))}) as site:
        port = int(site.base.rpartition(":")[2])
        transport = Transport(FetchingOptions(private_hosts="127.0.0.1"), changing)
        response = transport.handle_request(httpx.Request("GET", f"http://quay.example:{port}/a"))
        assert response.status_code == 200
        assert told == ["quay.example"]
        assert site.asked[0].headers["host"] == f"quay.example:{port}"
        with pytest.raises(Refusal, match="private"):
            transport.handle_request(httpx.Request("GET", f"http://quay.example:{port}/a"))
        assert len(site.asked) == 1
        transport.close()


class _Line(httpcore.NetworkStream):
    """A connection on which TLS begins and fails."""

    def __init__(self) -> None:
        self.named: str | None = None

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self.named = server_hostname
        assert ssl_context.verify_mode == ssl.CERT_REQUIRED
        assert ssl_context.check_hostname
        raise httpcore.ConnectError("as the test wants it")

    def close(self) -> None:
        """Nothing is open."""


class _Backend(httpcore.NetworkBackend):
    def __init__(self, line: _Line) -> None:
        self.line = line
        self.connected: list[str] = []

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        self.connected.append(host)
        return self.line


def test_tls_is_checked_against_the_name_though_the_address_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = _Backend(_Line())
    monkeypatch.setattr("copydesk.reading.network.httpcore.SyncBackend", lambda: backend)
    transport = Transport(FetchingOptions(), lambda host, port: ["1.1.1.1"])
    monkeypatch.setattr(transport._doors, "watch", lambda opened: None)
    with pytest.raises(httpcore.ConnectError):
        transport.handle_request(httpx.Request("GET", "https://port.example/a"))
    assert (backend.connected, backend.line.named) == (["1.1.1.1"], "port.example")
