"""A host's name → the addresses that may be connected to: public ones, and those that the user allows."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import TypeAlias

from copydesk.errors import OptionsError
from copydesk.reading.addresses import Refusal

Resolver: TypeAlias = Callable[[str, int], Sequence[str]]
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

TRIED_MAX = 4  # addresses of one host
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
                raise Refusal(
                    f"{where} is no public address ({kind}); name it in private_hosts to have it asked", lasting=True
                )
            inner = inner or allowed
        if port < SYSTEM_PORTS and port not in WEB_PORTS and not inner:
            raise Refusal(f"port {port} belongs to another service than the web", lasting=True)
        return found[:TRIED_MAX]
