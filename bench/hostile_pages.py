"""Hostile pages, and what reading them takes of a process that does nothing else.

python -m bench.hostile_pages NAME SYSTEM prints seconds, memory before, peak memory and growth as one line of JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from random import Random
from time import perf_counter

from bench.memory import begin_anew, memory_mb

FUZZED = 500
SEED = 20310504
SENTENCES = (
    "The harbour board of Port Vessel said on Tuesday that the north quay would stay shut until the dredging is done.",
    "“We have waited two winters for this,” said Odile Brandt, who has moored her boat there since the flood.",
    "About 40 crews will be moved to Kestrel Bay, where berths cost a third less, according to the board’s own figures.",
    "Nobody from the dredging firm could be reached, and the town clerk declined to say who signed the contract.",
)


def page_of(body: str) -> str:
    """An invented page with some furniture around its body."""
    return (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>North quay stays shut</title></head><body><nav><a href='/'>Home</a>"
        f"<a href='/sport'>Sport</a></nav><h1>North quay stays shut</h1><div class='story'>{body}</div><footer>© Harbour Light</footer></body></html>"
    )


def large_page() -> bytes:
    """Five megabytes of paragraphs, no two alike."""
    paragraphs, size = [], 0
    for i in range(50_000):
        words = " ".join(SENTENCES[(i + j) % 4] for j in range(8)).split()
        paragraphs.append(
            "<p>" + " ".join(f"{word} {i + k}" if k % 5 == 4 else word for k, word in enumerate(words)) + "</p>\n"
        )
        size += len(paragraphs[-1].encode())
        if size > 5_000_000:
            break
    return page_of("".join(paragraphs)).encode()


def linked_page() -> bytes:
    """A story behind a hundred thousand links."""
    links = "".join(f"<li><a href='/story/{i}'>Story {i} from the archive</a></li>" for i in range(100_000))
    return page_of(f"<ul>{links}</ul>" + "".join(f"<p>{a} {b}</p>" for a in SENTENCES for b in SENTENCES)).encode()


def fuzzed_pages(count: int = FUZZED, seed: int = SEED) -> Iterator[bytes]:
    """Small pages, each broken in one to three ways; the same pages for the same seed."""
    random = Random(seed)
    whole = page_of(
        "".join(
            f"<p class='p{i}' title=\"{i}\">{s} <a href='#{i}'>{s[:20]}</a></p>" for i, s in enumerate(SENTENCES * 4)
        )
    ).encode()
    for _ in range(count):
        page = bytearray(whole)
        for spoil in random.sample(SPOILS, random.randint(1, 3)):
            spoil(page, random)
        yield bytes(page)


def _place(page: bytearray, random: Random) -> int:
    return random.randrange(len(page) + 1)


def _cut(page: bytearray, random: Random) -> None:
    del page[_place(page, random) :]


def _flip(page: bytearray, random: Random) -> None:
    for _ in range(random.randint(1, 200)):
        if page:
            page[random.randrange(len(page))] = random.randrange(256)


def _unclose(page: bytearray, random: Random) -> None:
    for i in [i for i, c in enumerate(page) if c in b"<>\"'/"]:
        if random.random() < 0.1:
            page[i] = 32


def _nest(page: bytearray, random: Random) -> None:
    tag = random.choice([b"div", b"table", b"b", b"ul", b"svg", b"p", b"blockquote"])
    at = _place(page, random)
    page[at:at] = (b"<" + tag + b">") * random.choice([10, 500, 5_000])


def _swell(page: bytearray, random: Random) -> None:
    at = _place(page, random)
    page[at:at] = b"<a " + b"x" * random.choice([100, 50_000]) + b"='" + b"y " * 20_000 + b"'>"


def _control(page: bytearray, random: Random) -> None:
    for _ in range(random.randint(1, 100)):
        at = _place(page, random)
        page[at:at] = random.choice(
            [b"\x00", b"\x1b[2J", b"\r", b"\xe2\x80\xae", b"\xff\xfe", b"&#0;", b"&#x110000;", b"\x0c", b"\xef\xbb\xbf"]
        )


def _repeat(page: bytearray, random: Random) -> None:
    at = _place(page, random)
    page[at:at] = bytes(page[at : at + random.randint(1, 400)]) * random.choice([2, 50])


def _comment(page: bytearray, random: Random) -> None:
    at = _place(page, random)
    page[at:at] = random.choice(
        [b"<!--", b"<![CDATA[", b"<script>", b"</body>", b"<?xml ", b"<style>", b"<textarea>", b"<meta charset=utf-7>"]
    )


SPOILS: tuple[Callable[[bytearray, Random], None], ...] = (
    _cut,
    _flip,
    _unclose,
    _nest,
    _swell,
    _control,
    _repeat,
    _comment,
)
HOSTILE: dict[str, Callable[[], list[bytes]]] = {
    "5mb": lambda: [large_page()], "100k_links": lambda: [linked_page()], "500_fuzzed": lambda: list(fuzzed_pages()),
}  # fmt: skip


def reader(system: str) -> Callable[[bytes], object]:
    """What reads a page, with only its own modules imported."""
    if system == "trafilatura":
        import trafilatura

        return lambda content: trafilatura.extract(content, favor_precision=True)
    from copydesk.cleaning import CleaningOptions, clean, find_repeats
    from copydesk.model.captures import Capture

    options = CleaningOptions()

    def read(content: bytes) -> object:
        capture = Capture(id="page", path="page.html", content=content, medium="html")
        return clean(capture, find_repeats([capture], options), options)

    return read


def measure(name: str, system: str) -> dict[str, float]:
    """Seconds and memory of reading the pages of this name, with everything loaded and one small page read before."""
    read = reader(system)
    read(page_of("".join(f"<p>{s}</p>" for s in SENTENCES)).encode())
    pages = HOSTILE[name]()
    begin_anew()  # making the pages is not reading them
    before = memory_mb()
    begun = perf_counter()
    for page in pages:
        read(page)
    figures = {"seconds": perf_counter() - begun, "n": len(pages)}
    after = memory_mb()
    if before is not None and after is not None:
        figures |= {"base_mb": before[0], "peak_mb": after[1], "grown_mb": after[1] - before[0]}
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(*sys.argv[1:3])))
