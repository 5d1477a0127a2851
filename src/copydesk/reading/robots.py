"""robots.txt → Rules: which addresses of a host a robot may ask, how slowly, and until when that holds (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from copydesk.reading.addresses import Refusal, checked_address
from copydesk.reading.asking import MOVED, Answer, Question
from copydesk.text.decoding import decode

HOPS_MAX = 5  # redirects of a robots.txt that are followed; behind more of them it counts as absent
HELD_MAX = 86_400  # seconds: RFC 9309 asks for no more than a day
HELD_MIN = 3_600
LINE_MAX = 2_000
AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*:?\s*(.*)", re.IGNORECASE)
OTHERS = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one host lets a robot ask until `until`. `closed` says why nothing may be asked; no `parsed`: anything may."""

    until: datetime
    parsed: Protego | None = None
    closed: str | None = None

    def refusal(self, url: str, user_agent: str) -> str | None:
        """Why an address may not be asked, None when it may."""
        if self.closed is not None:
            return self.closed
        if self.parsed is None or self.parsed.can_fetch(url, token(user_agent)):
            return None
        return f"robots.txt does not let {token(user_agent)} ask for it"

    def delay(self, user_agent: str) -> float:
        """Seconds that the host wants between two requests, 0.0 when it names none."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(token(user_agent))
        return max(self.parsed.crawl_delay(token(user_agent)) or 0.0, rate.seconds / rate.requests if rate else 0.0)


def token(user_agent: str) -> str:
    """The name by which robots.txt knows us: what stands before the version."""
    found = re.match(r"[A-Za-z_-]+", user_agent)
    return found.group(0).lower() if found else "copydesk"


def fetch_rules(origin: str, user_agent: str, asker: Callable[[Question], Answer], now: datetime) -> Rules:
    """The rules of one origin. Absent (4xx) lets everything be asked, out of reach (5xx, 429, no answer) nothing.

    Raises Refusal for an origin that may not be connected to at all.
    """
    url, hops = f"{origin}/robots.txt", 0
    while True:
        try:
            answer = asker(Question(url=url, kind="robots"))
            if answer.status not in MOVED or answer.location is None:
                return read_rules(answer, user_agent, now)
            url, hops = checked_address(answer.location, url), hops + 1
        except Refusal as refusal:
            if refusal.lasting and hops == 0:
                raise
            return _closed(refusal.reason, now)
        if hops > HOPS_MAX:
            return Rules(until=now + timedelta(seconds=HELD_MAX))


def read_rules(answer: Answer, user_agent: str, now: datetime) -> Rules:
    """The rules that an answer amounts to, redirects aside."""
    held = HELD_MAX if answer.max_age is None else min(max(answer.max_age, HELD_MIN), HELD_MAX)
    until = now + timedelta(seconds=held)
    if answer.status == 200:
        return Rules(until=until, parsed=Protego.parse(ours(decode(answer.content, answer.charset), token(user_agent))))
    if answer.status == 429 or answer.status >= 500:
        return _closed(f"it answered {answer.status}", now)
    return Rules(until=until)


def ours(text: str, name: str) -> str:
    """A robots.txt in which every robot but `name` and "*" has the same name.

    So that thousands of robots with thousands of rules each, which hostile files have, are parsed as three groups.
    """
    lines: list[str] = []
    for line in text.splitlines():
        agent = AGENT_LINE.match(line[:LINE_MAX])
        if agent is not None:
            named = agent.group(1).partition("#")[0].strip().lower().partition("/")[0].strip()
            line = f"User-agent: {named if named in (name, '*') else OTHERS}"
            if lines and lines[-1] == line:
                continue
        if len(line) <= LINE_MAX:
            lines.append(line)
    return "\n".join(lines)


def _closed(why: str, now: datetime) -> Rules:
    return Rules(
        until=now + timedelta(seconds=HELD_MIN), closed=f"robots.txt is out of reach ({why}), so nothing is asked"
    )
