"""A request → let through or refused: which host was meant, who asks, from where, and how much is sent."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
UPLOAD_MAX = 50_000_000  # bytes of one request
TOKEN_MIN = 16  # characters
SAFE = ("GET", "HEAD")
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # "no-referrer" would take the Origin off our own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Who is let in: names that the desk answers to, the token that others must show, and how much may be sent.

    `any_address` lets a request name any numeric address: for a desk that listens on all of the machine's.
    """

    hosts: frozenset[str] = LOOPBACK
    token: str | None = None
    any_address: bool = False
    upload_max: int = UPLOAD_MAX
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def csrf(self, session: str) -> str:
        """What a form of this visitor carries, so that no other site can send it."""
        return hmac.new(self.secret, session.encode(), sha256).hexdigest()


class TooLargeError(Exception):
    """More was sent than may be."""


class Guard:
    """Stands before the application; every answer leaves with the headers that keep a page to itself."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        visit = _Visit(scope)
        refused = self._refuse(scope, visit)
        if refused is not None:
            await refused(scope, receive, self._sending(send, visit, ""))
            return
        fresh = "" if visit.session else secrets.token_urlsafe(24)
        session = visit.session or fresh
        scope.setdefault("state", {})["csrf"] = self._rules.csrf(session)
        sending = self._sending(send, visit, fresh)
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await sending(message)

        try:
            await self._app(scope, self._bounded(receive), watched)
        except TooLargeError:
            if not started:
                await _say(413, f"more than {self._rules.upload_max:,} bytes were sent")(scope, receive, sending)

    def _refuse(self, scope: Scope, visit: _Visit) -> Response | None:
        """The answer to a request that is not let through, None when it is."""
        if not self._known(visit.host):
            return _say(421, "this desk does not answer to that name")
        if self._rules.token is not None and not _same(visit.shown, self._rules.token):
            return self._admit(scope, visit)
        if scope["method"] not in SAFE:
            here = {f"{scope['scheme']}://{visit.host}", f"https://{visit.host}"}
            if (visit.origin is not None and visit.origin not in here) or visit.site not in ("", "same-origin", "none"):
                return _say(403, "that was sent from another site")
            if not visit.length.isascii() or not visit.length.isdigit():
                return _say(411, "say how much you send") if visit.length else None
            if int(visit.length) > self._rules.upload_max:
                return _say(413, f"more than {self._rules.upload_max:,} bytes were sent")
        return None

    def _known(self, host: str) -> bool:
        name = _name_of(host)
        if name in self._rules.hosts:
            return True
        if not self._rules.any_address:
            return False
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return True

    def _admit(self, scope: Scope, visit: _Visit) -> Response:
        """Keeps a token that stands in the address as a cookie, and takes it out of the address."""
        token = self._rules.token
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = next((v for k, v in pairs if k == "token"), "")
        if token is None or not _same(given, token) or scope["method"] not in SAFE:
            return _say(401, "this desk asks for its token: open the address that copydesk serve printed")
        rest = urlencode([(k, v) for k, v in pairs if k != "token"])
        path = "/" + scope["path"].lstrip("/\\")  # "//elsewhere" would lead away
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), status_code=303)
        answer.set_cookie(visit.token_cookie, token, httponly=True, samesite="lax", max_age=30 * 86_400)
        return answer

    def _bounded(self, receive: Receive) -> Receive:
        sent = 0

        async def counted() -> Message:
            nonlocal sent
            message = await receive()
            sent += len(message.get("body", b""))
            if sent > self._rules.upload_max:
                raise TooLargeError
            return message

        return counted

    def _sending(self, send: Send, visit: _Visit, fresh: str) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if "cache-control" not in headers:
                    headers["cache-control"] = "no-store"
                if fresh:
                    headers.append("set-cookie", f"{visit.session_cookie}={fresh}; HttpOnly; Path=/; SameSite=Lax")
            await send(message)

        return sending


class _Visit:
    """What a request says of itself."""

    def __init__(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        self.host = headers.get("host", "").lower()
        self.origin = headers.get("origin")
        self.site = headers.get("sec-fetch-site", "")
        self.length = headers.get("content-length", "")
        port = (scope.get("server") or ("", 0))[1]
        self.session_cookie, self.token_cookie = f"copydesk-{port}", f"copydesk-token-{port}"  # cookies know no ports
        cookies = _cookies(headers.getlist("cookie"))
        self.session = cookies.get(self.session_cookie, "")[:100]
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        self.shown = bearer.strip() if scheme.lower() == "bearer" else cookies.get(self.token_cookie, "")


def _cookies(lines: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        for part in line[:8_000].split(";"):
            try:
                found.update({name: morsel.value for name, morsel in SimpleCookie(part.strip()).items()})
            except CookieError:
                continue
    return found


def _name_of(host: str) -> str:
    """The host without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() and (name.endswith("]") or ":" not in name) else host


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _say(status: int, words: str) -> Response:
    return PlainTextResponse(words + "\n", status_code=status)
