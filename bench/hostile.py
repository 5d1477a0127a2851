"""Hostile answers of a real server on loopback → what became of each: how long it took, how much memory stayed in use.

    python -m bench.hostile      the list in words: answer, what became of it, seconds
    python -m bench hostile      the seconds as figures; `n` counts what was skipped
"""

from __future__ import annotations

import gzip
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, repeat

from bench.loopback import RSS, Asked, Route, answer, drip, endless, head, item, page, redirect, rss, serving, silence
from bench.rows import Request, Row
from copydesk.model.captures import Capture, Skipped
from copydesk.model.fetching import FeedState, FetchOutcome, PageState
from copydesk.reading import FetchingOptions
from copydesk.reading.fetching import Fetcher
from copydesk.reading.gates import Resolver, resolve
from copydesk.reading.network import Transport

# Small limits. Time is short only for those who play for it, so that a slow machine changes no other end.
OPTIONS = FetchingOptions(
    private_hosts="127.0.0.1, localhost", delay=0.0, interval=0.0, patience=5.0, page_bytes=300_000, feed_bytes=300_000,
    entries=100,
)  # fmt: skip
HURRY = replace(OPTIONS, connect_seconds=2.0, read_seconds=0.5, total_seconds=1.5)
BOMB = 50_000_000  # bytes that a packed bomb would unpack to
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One hostile answer: what it is, who answers so, and words that must be in what becomes of it.

    `route` answers under /x, `others` under their own paths; a `kind` "feed" is fetched as one. `became` "" is for an
    answer that is taken, without its venom; `absent` must then be in no capture. One that is `slow` gets little time.
    """

    name: str
    route: Route
    became: str
    kind: str = "page"
    others: Mapping[str, Route] = field(default_factory=dict)
    absent: bytes = b"\x00never\x00"
    start: str = "{base}/x"
    feed_bytes: int = OPTIONS.feed_bytes
    resolver: Callable[[], Resolver] | None = None
    slow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What a case came to."""

    outcomes: tuple[FetchOutcome, ...]
    asked: tuple[Asked, ...]
    seconds: float

    @property
    def captures(self) -> list[Capture]:
        return [capture for outcome in self.outcomes for capture in outcome.captures]

    @property
    def skipped(self) -> list[Skipped]:
        return [lost for outcome in self.outcomes for lost in outcome.skipped]

    @property
    def words(self) -> str:
        """What became of it, in a line."""
        pages = {state.url for outcome in self.outcomes if outcome.feed is not None for state in outcome.pages}
        taken = [f"taken: {len(self.captures)} captures"] if self.captures else []
        asked = [f"{len(pages)} pages to ask"] if pages else []
        later = [state.answer for outcome in self.outcomes for state in outcome.pages if state.answer.startswith("left")]
        reasons = list(dict.fromkeys([*(lost.reason for lost in self.skipped), *later]))
        return "; ".join([*taken, *asked, *reasons[:3]]) or "no harm: nothing in it"


def to(address: str) -> Route:
    return redirect(address)


def rebinding() -> Resolver:
    """A name that is at an allowed address when first asked for, and at another that is not ever after."""
    asked: list[str] = []

    def answers(host: str, port: int) -> Sequence[str]:
        if host != "rebinding.example":
            return resolve(host, port)
        asked.append(host)
        return ["127.0.0.1"] if len(asked) <= 1 else ["127.0.0.9"]

    return answers


def mixed() -> Resolver:
    return lambda host, port: ["93.184.216.34", "10.0.0.8"] if host == "mixed.example" else resolve(host, port)


def _packed(window: int, size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    return b"".join([packer.compress(bytes(1 << 20).replace(b"\x00", b"a")) for _ in range(size >> 20)]) + packer.flush()


def _entities(body: str) -> bytes:
    return answer(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY f SYSTEM "file:///etc/passwd">'
        f'<!ENTITY n SYSTEM "http://127.0.0.1:9/evil">]><rss><channel><item><guid>1</guid><title>t</title>'
        f"<description>{body}</description></item></channel></rss>",
        type=RSS,
    )


def _many(count: int) -> bytes:
    items = "".join(f"<item><link>/p{n}</link><guid>{n}</guid></item>" for n in range(count))
    return answer(rss(items), type=RSS)


def cases() -> list[Case]:
    """Every hostile answer, in the order of the list."""
    cut = "the connection or the answer is broken"
    late = "fell silent, or the answer had not ended"
    return [
        # where it leads
        Case(name="redirects to itself", route=to("/x"), became="in a circle"),
        Case(name="redirects in a ring of three", route=to("/y"), became="in a circle",
             others={"/y": to("/z"), "/z": to("/x")}),
        Case(name="redirects without an end", route=to("/1"), became="more than 8 redirects",
             others={f"/{n}": to(f"/{n + 1}") for n in range(1, 30)}),
        Case(name="redirects to a private address", route=to("http://10.0.0.1/secret"), became="no public address (private)"),
        Case(name="redirects to the metadata service", route=to("http://169.254.169.254/latest/meta-data/"), became="no public address (link-local)"),
        Case(name="redirects to another loopback address", route=to("http://127.0.0.2/"), became="no public address (loopback)"),
        Case(name="redirects to loopback, IPv6", route=to("http://[::1]/"), became="no public address (loopback)"),
        Case(name="redirects to loopback, wrapped in IPv6", route=to("http://[::ffff:127.0.0.2]/"), became="no public address (loopback)"),
        Case(name="redirects to loopback, wrapped in NAT64", route=to("http://[64:ff9b::7f00:2]/"), became="no public address (loopback)"),
        Case(name="redirects to loopback, as a decimal number", route=to("http://2130706434/"), became="no public address (loopback)"),
        Case(name="redirects to loopback, in octal", route=to("http://0177.0.0.2/"), became="no address that can be asked"),
        Case(name="redirects to 0.0.0.0", route=to("http://0.0.0.0/"), became="no public address (unspecified)"),
        Case(name="redirects to a multicast address", route=to("http://224.0.0.1/"), became="no public address (multicast)"),
        Case(name="redirects to file:", route=to("file:///etc/passwd"), became="only http: and https:"),
        Case(name="redirects to javascript:", route=to("javascript:alert(1)"), became="only http: and https:"),
        Case(name="redirects to gopher:", route=to("gopher://127.0.0.1:25/"), became="only http: and https:"),
        Case(name="redirects to an address with a password", route=to("http://user:secret@127.0.0.1/"), became="user or password"),
        Case(name="redirects to another service's port", route=to("http://93.184.216.34:25/"), became="another service"),
        Case(name="redirects to an address of 9,000 characters", route=to("/" + "a" * 9000), became="more than 4,000 characters"),
        Case(name="redirects to nowhere", route=answer("", status="302 Found"), became="without an address"),
        Case(name="a host that is public and private at once", route=b"", start="http://mixed.example/x", resolver=mixed,
             became="no public address (private)"),
        Case(name="a host that is elsewhere when asked again (rebinding)", route=answer(page("a")),
             start="http://rebinding.example:{port}/x", resolver=rebinding, became="no public address (loopback)"),
        # how long it takes
        Case(name="says nothing", slow=True, route=lambda a: silence(), became=late),
        Case(name="drips its head, a byte at a time", slow=True, route=lambda a: drip((bytes([b]) for b in head() * 9), 0.05), became=late),
        Case(name="drips its body, a byte at a time", slow=True, became="time was up",
             route=lambda a: chain([head("Content-Length: 100000")], drip(repeat(b"a"), 0.05))),
        Case(name="stops in the middle", slow=True, route=lambda a: chain([head("Content-Length: 500"), b"<p>"], silence()), became=late),
        Case(name="a body without an end", route=lambda a: chain([head()], endless(b"<p>a</p>" * 4096)), became="larger than 300,000"),
        Case(name="chunks without an end", became="larger than 300,000",
             route=lambda a: chain([head("Transfer-Encoding: chunked")], endless(b"1000\r\n" + b"a" * 4096 + b"\r\n"))),
        Case(name="headers without an end", route=lambda a: chain([b"HTTP/1.1 200 OK\r\n"], endless(b"X: " + b"a" * 500 + b"\r\n")), became=cut),
        Case(name="one header without an end", route=lambda a: chain([b"HTTP/1.1 200 OK\r\nX: "], endless(b"a" * 4096)), became=cut),
        Case(name="100 Continue without an end", slow=True, became="asked again from",
             route=lambda a: endless(b"HTTP/1.1 100 Continue\r\n\r\n" * 2000)),
        Case(name="a length of 10 to the 18th", route=head("Content-Length: 1000000000000000000"), became="larger than 300,000"),
        # how it is packed
        Case(name="a gzip bomb", became="larger than 300,000",
             route=answer(_packed(31, BOMB), "Content-Encoding: gzip")),
        Case(name="a deflate bomb", became="larger than 300,000", route=answer(_packed(-15, BOMB), "Content-Encoding: deflate")),
        Case(name="gzip in gzip", route=answer(gzip.compress(gzip.compress(b"a" * 9999)), "Content-Encoding: gzip"), became="gzip within gzip"),
        Case(name="gzip that is none", route=answer("<p>not packed</p>", "Content-Encoding: gzip"), became="data are damaged"),
        Case(name="gzip cut off", route=answer(gzip.compress(page("a").encode())[:-20], "Content-Encoding: gzip"), became="break off"),
        Case(name="Brotli, which was not asked for", route=answer(b"\x0b\x02\x80hello\x03", "Content-Encoding: br"), became="not asked for"),
        Case(name="packed twice", route=answer(b"a", "Content-Encoding: gzip, gzip"), became="not asked for"),
        # how it is made
        Case(name="shorter than its length", route=head("Content-Length: 5000") + page("a").encode(), became=cut),
        Case(name="longer than its length", route=head("Content-Length: 20") + b"<p>The quay is</p>  HTTP/1.1 200 OK", became="",
             absent=b"HTTP/1.1"),
        Case(name="two lengths that differ", route=head("Content-Length: 5", "Content-Length: 9") + b"abcdefghi", became=cut),
        Case(name="chunks cut off", route=head("Transfer-Encoding: chunked") + b"20\r\n<p>only", became=cut),
        Case(name="a chunk with a wrong length", route=head("Transfer-Encoding: chunked") + b"zz\r\n<p>\r\n0\r\n\r\n", became=cut),
        Case(name="no HTTP at all", route=b"SSH-2.0-OpenSSH_9.9\r\n\r\n", became=cut),
        Case(name="HTTP/0.9", route=b"<p>bare</p>\r\n\r\n", became=cut),
        Case(name="a bare line feed and a second answer in a header", became="", absent=b"second",
             route=head("X: a\nSet-Cookie: b=c", "Content-Length: 17") + b"<p>the first.</p>HTTP/1.1 200 OK\r\n\r\nsecond"),
        Case(name="a NUL in a header", route=b"HTTP/1.1 200 OK\r\nX: a\x00b\r\nContent-Length: 1\r\n\r\na", became=cut),
        Case(name="a line break, escaped, in a redirect", route=to("/y%0d%0aX-Evil:%20yes"), became="404"),
        Case(name="TLS asked of a server that has none", slow=True, route=b"", start="https://{host}/x", became="out of reach"),
        Case(name="closes at once", route=b"", became=cut),
        Case(name="an upgrade to another protocol", route=b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", became=cut),
        # what it says it is
        Case(name="a PNG image called HTML", route=answer(b"\x89PNG\r\n\x1a\n" + bytes(900)), became="a PNG image"),
        Case(name="noise called HTML", route=answer(bytes(range(256)) * 40), became="binary data"),
        Case(name="a PDF document", route=answer(b"%PDF-1.7", type="application/pdf"), became="no page"),
        Case(name="nothing at all", route=answer(""), became="an empty answer"),
        Case(name="a wrong character set", route=answer("<html><body><p>Le môle rouvre à Vessel.</p></body></html>", type="text/html; charset=utf-16"), became=""),
        Case(name="a character set that there is not", route=answer(page("the mole"), type="text/html; charset=hex"), became=""),
        Case(name="304 to one who knows nothing", route=head(status="304 Not Modified"), became="nothing was known"),
        Case(name="206, a part that was not asked for", route=answer("<p>a", "Content-Range: bytes 0-3/9", status="206 Partial Content"), became="answered 206"),
        Case(name="a feed where a page was expected", route=answer(rss(item("/a")), type="text/xml"), became="a feed, not a page"),
        # when it wants to be asked again
        Case(name="429, Retry-After of 300 years", route=answer("", "Retry-After: 9999999999", status="429 Too Many Requests"), became="asked again from"),
        Case(name="503, Retry-After in the past", route=answer("", "Retry-After: Mon, 01 Jan 1990 00:00:00 GMT", status="503 Busy"), became="asked again from"),
        Case(name="503, Retry-After that is no time", route=answer("", "Retry-After: -1e999", status="503 Busy"), became="asked again from"),
        # robots.txt
        Case(name="robots.txt: 500", route=answer(page("a")), others={"/robots.txt": answer("", status="500 No")}, became="nothing is asked"),
        Case(name="robots.txt: says nothing", slow=True, route=answer(page("a")), others={"/robots.txt": lambda a: silence()}, became="nothing is asked"),
        Case(name="robots.txt: without an end", others={"/robots.txt": lambda a: chain([head()], endless(b"Disallow: /x\n" * 999))},
             route=answer(page("a")), became=""),
        Case(name="robots.txt: redirects to a private address", route=answer(page("a")),
             others={"/robots.txt": to("http://10.0.0.1/robots.txt")}, became="nothing is asked"),
        Case(name="robots.txt: redirects without an end", route=answer(page("a")),
             others={"/robots.txt": to("/r1")} | {f"/r{n}": to(f"/r{n + 1}") for n in range(1, 20)}, became=""),
        Case(name="robots.txt: 17,000 robots, each with 17,000 rules", route=answer(page("a")), became="",
             others={"/robots.txt": answer("".join(f"User-agent: r{n}\n" for n in range(17_000)) + "".join(f"Disallow: /{n}\n" for n in range(17_000)))}),
        Case(name="robots.txt: a rule of 60,000 stars", route=answer(page("a")), became="",
             others={"/robots.txt": answer("User-agent: *\n" + f"Disallow: /{'*a' * 900}b\n" * 60)}),
        Case(name="robots.txt: a delay of 30 years", route=answer(rss(item("/a"), item("/b")), type=RSS), kind="feed", became="left for a later run",
             others={"/robots.txt": answer("User-agent: *\nCrawl-delay: 999999999\n")}),
        # feeds
        Case(name="feed: nothing in it", kind="feed", route=answer(rss(), type=RSS), became="nothing in it"),
        Case(name="feed: a page", kind="feed", route=answer(page("a")), became="a page, not a feed"),
        Case(name="feed: JSON", kind="feed", route=answer("{}", type="application/json"), became="no feed"),
        Case(name="feed: breaks off", kind="feed", route=answer(rss(item("/a"))[:-40], type=RSS), became="a damaged feed"),
        Case(name="feed: not well-formed", kind="feed", route=answer("<rss><channel><item><link>/a</title></rss>", type=RSS), became="damaged"),
        Case(name="feed: 100,000 entries", kind="feed", route=_many(100_000), feed_bytes=20_000_000, became="more than 100 entries"),
        Case(name="feed: 3,000 entries in UTF-16", kind="feed", became="100 pages to ask; a feed of more than 100 entries",
             route=answer(rss(*(f"<item><link>/p{n}</link></item>" for n in range(3000))).replace("utf-8", "utf-16").encode("utf-16"), type=RSS)),
        Case(name="feed: 3,000 entries that do not end", kind="feed", became="100 pages to ask; a damaged feed",
             route=answer(rss(*(f"<item><link>/p{n}</link>" for n in range(3000))), type=RSS)),
        Case(name="feed: 5 MB, where .3 MB are allowed", kind="feed", route=answer(b" " * 5_000_000, type=RSS), became="larger than 300,000"),
        Case(name="feed: says UTF-16, is UTF-8", kind="feed", became="1 pages to ask",
             route=answer(rss(item("/a")).replace("utf-8", "utf-16"), type=RSS + "; charset=utf-16")),
        Case(name="feed: an entity from a file (XXE)", kind="feed", route=_entities("x &f;"), became="", absent=b"root:"),
        Case(name="feed: an entity from the net (XXE)", kind="feed", route=_entities("x &n;"), became=""),
        Case(name="feed: entities that multiply (billion laughs)", kind="feed", route=_entities("x &l9;"), became="", absent=b"haha"),
        Case(name="feed: one long entity, many times", kind="feed", absent=b"aaaa", became="",
             route=answer(f'<!DOCTYPE rss [<!ENTITY a "{"a" * 5_000}">]><rss><channel><item><guid>1</guid><description>x{"&a;" * 9000}</description></item></channel></rss>', type=RSS)),
        Case(name="feed: entities that multiply, in UTF-7", kind="feed", became="", absent=b"haha",
             route=lambda a: _entities("x &l9;").replace(b'version="1.0"', b'version="1.0" encoding="utf-7"').replace(b"<!E", b"+ADwAIQ-E")),
        Case(name="feed: a document type elsewhere", kind="feed", became="1 pages to ask",
             route=answer('<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">' + rss(item("/a")).partition("?>")[2], type=RSS)),
        Case(name="feed: 290,000 line breaks, then its root", kind="feed", became="no feed",
             route=answer("<?xml version='1.0'?>" + "\n" * 290_000 + rss(item("/a")).partition("?>")[2], type=RSS)),
        Case(name="feed: 40,000 elements in each other", kind="feed", route=answer(rss("<a>" * 40_000 + item("/a")), type=RSS), became="feed"),
        Case(name="feed: 28,000 attributes in one tag", kind="feed", became="more than 200 attributes",
             route=answer("<rss><channel " + "".join(f' a{n}="1"' for n in range(28_000)) + ">" + item("/a"), type=RSS)),
        Case(name="feed: 400,000 tags", kind="feed", became="more than 200,000 tags", feed_bytes=20_000_000,
             route=answer(rss("<a>" * 400_000 + item("/a")), type=RSS)),
        Case(name="feed: half-open marks, 290 kB of them", kind="feed", route=answer(rss("<item><description>" + "&lt;!-- &lt;a <![" * 16_000), type=RSS), became="feed"),
        Case(name="feed: links to file:, javascript:, a password, a private address", kind="feed", became="only http: and https:",
             route=answer(rss(item("file:///etc/passwd"), item("javascript:alert(1)"), item("http://a:b@127.0.0.1/"), item("http://192.168.1.1/admin")), type=RSS)),
        Case(name="feed: one page under 100 addresses", kind="feed", became="1 pages to ask",
             route=answer(rss(*(item(f"/a?utm_source={n}") for n in range(100))), type=RSS)),
    ]  # fmt: skip


def meet(case: Case) -> Became:
    """Fetches what the case's server answers, with small limits."""
    with serving({**case.others, "/x": case.route}) as site:
        url = case.start.format(base=site.base, host=site.host, port=site.host.partition(":")[2])
        options = replace(HURRY if case.slow else OPTIONS, feed_bytes=case.feed_bytes)
        began = time.monotonic()
        with Fetcher(options, transport=Transport(options, (case.resolver or (lambda: resolve))())) as fetcher:
            if case.kind == "feed":
                outcomes = tuple(fetcher.feed(FeedState(url=url), lambda key: None))
            else:
                outcomes = (fetcher.page(PageState(url=url)),)
        return Became(outcomes=outcomes, asked=tuple(site.asked), seconds=time.monotonic() - began)


def run(request: Request) -> Iterator[Row]:
    """Seconds until each hostile answer was done with."""
    for case in cases():
        became = meet(case)
        yield Row(bench="hostile", system="copydesk", metric=case.name, value=became.seconds, n=len(became.skipped))


def main() -> int:
    """Prints the list; 1 when something became of an answer that should not have."""
    wrong = 0
    for case in cases():
        became = meet(case)
        held = case.became in became.words and not any(case.absent in c.content for c in became.captures)
        wrong += not held
        print(f"{'    ' if held else 'BAD '}{case.name:62.62} {became.seconds:5.1f} s  {became.words[:150]}", flush=True)
    print(f"{len(cases())} hostile answers, {wrong} of them with another end than they should have")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
