"""Addresses as people and feeds write them → addresses to ask, and the key under which a page is known."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

ADDRESS_MAX = 4000
SCHEMES = ("http", "https")
UNWRITTEN = re.compile(r"[\x00-\x20\x7f-\x9f]")
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
PARAMETERS_MAX = 100

# What is added to an address to see where readers come from, and never says which page is meant.
TRACKING = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "igsh", "mc_cid",
    "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi", "mkt_tok", "oly_anon_id", "oly_enc_id", "vero_id", "wickedid", "s_cid",
    "xtor", "wt_mc", "ocid", "cmpid", "cmp", "icid", "smid", "ref_src", "ref_url", "rss", "ns_campaign", "ns_mchannel",
    "ns_source", "ns_linkname", "ns_fee", "sr_share", "guccounter", "guce_referrer", "guce_referrer_sig",
})  # fmt: skip
TRACKING_STARTS = ("utm_", "at_", "pk_", "mtm_", "hsa_", "itm_")


class Refusal(Exception):  # noqa: N818 (an answer, not a fault)
    """Why an address is not asked, or its answer not taken; `lasting` when asking again would end the same way.

    It never leaves this folder: there it becomes a Skipped with its reason.
    """

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason[:300])
        self.reason = reason[:300]
        self.lasting = lasting


def checked_address(written: str, base: str | None = None) -> str:
    """The address to ask, without its fragment; a relative one is read from `base` on.

    Raises Refusal for what is no address of http or https, names a user or password, or is longer than any page's.
    """
    import httpx  # takes a quarter of a second that a run without addresses should not pay

    text = written.strip()
    if len(text) > ADDRESS_MAX:
        raise Refusal(f"an address of more than {ADDRESS_MAX:,} characters", lasting=True)
    if UNWRITTEN.search(text):
        raise Refusal("an address with spaces or control characters in it", lasting=True)
    try:
        url = httpx.URL(urljoin(base, text) if base else text)
        port = url.port
    except (httpx.InvalidURL, ValueError) as error:
        raise Refusal(f"no address that can be asked ({error})", lasting=True) from None
    if url.scheme not in SCHEMES:
        raise Refusal(
            f"an address of {url.scheme + ':' if url.scheme else 'no scheme'}; only http: and https: are asked",
            lasting=True,
        )
    if not url.host:
        raise Refusal("an address without a host", lasting=True)
    if url.userinfo:
        raise Refusal("an address with a user or password in it", lasting=True)
    if port is not None and not 0 < port < 1 << 16:
        raise Refusal(f"an address with port {port}", lasting=True)
    return str(url.copy_with(fragment=None))


def origin_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def host_of(url: str) -> str:
    """The host of an address in lower case, "" when there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def untracked(url: str) -> str:
    """The address without what only tells where its reader came from, and without its fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return parts._replace(query=_kept(parts.query), fragment="").geturl()


def page_key(url: str) -> str:
    """One key for all spellings of a page's address: is this page known already?

    Folded are scheme, case of the host, its "www.", default port, fragment, tracking parameters, order of the others,
    needless escapes, dots in the path, and a slash at its end. For comparing only: the key need not be an address.
    Never fails: what is no address is its own key.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    shown = f"{host}:{port}" if port is not None and port not in (80, 443) else host
    path = _plain(parts.path)
    if "/." in path:
        path = posixpath.normpath(path)
    path = path.rstrip("/")
    query = _plain("&".join(sorted(filter(None, _kept(parts.query).split("&")))))
    return f"{shown}{path}?{query}" if query else f"{shown}{path}"


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are one outlet's, as far as names tell: one is the other, or lies below it."""
    first, second = (re.sub(r"^(?:www|feeds?|rss|m|amp)\.", "", host) for host in (one, other))
    return (
        bool(first)
        and bool(second)
        and (first == second or first.endswith("." + second) or second.endswith("." + first))
    )


def _kept(query: str) -> str:
    """A query without its tracking parameters; as it was when it has none, or too many to look at."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=PARAMETERS_MAX)
        kept = [(name, value) for name, value in pairs if not _tracks(name.lower())]
        return query if len(kept) == len(pairs) else urlencode(kept)
    except ValueError:
        return query


def _tracks(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_STARTS)


def _plain(text: str) -> str:
    """Escapes undone where none is needed, in upper case where one is."""

    def spell(found: re.Match[str]) -> str:
        character = chr(int(found.group(1), 16))
        return character if character in UNRESERVED else found.group(0).upper()

    return ESCAPE.sub(spell, text)
