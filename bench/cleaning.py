"""Pages a second of cleaning, what hostile pages cost, and cleaning's share of a whole run; peers in the same run."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from random import Random

import trafilatura

from bench.rows import Request, Row, time_rounds
from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.model.captures import Capture, Stated
from copydesk.text.decoding import decode
from evals.rows import read_records

PAGES_MAX = 60
ROUNDS = 3
FUZZED = 500
SEED = 20310504
SENTENCES = (
    "The harbour board of Port Vessel said on Tuesday that the north quay would stay shut until the dredging is done.",
    "“We have waited two winters for this,” said Odile Brandt, who has moored her boat there since the flood.",
    "About 40 crews will be moved to Kestrel Bay, where berths cost a third less, according to the board’s own figures.",
    "Nobody from the dredging firm could be reached, and the town clerk declined to say who signed the contract.",
)


def run(request: Request) -> Iterator[Row]:
    """Rows for the first set of pages that is found, then the hostile pages, which need no data."""
    folders = sorted((request.data / "pages").glob("*/html")) if request.data.is_dir() else []
    if not folders:
        print(f"bench: no pages under {request.data}", file=sys.stderr)
    else:
        captures = [
            Capture(id=record["id"], path=record["id"], content=gzip.decompress(page.read_bytes()), medium="html",
                    stated=(Stated(by="container", url=record.get("url")),))
            for record in read_records(folders[0].parent / "gold.jsonl.gz")
            if (page := folders[0] / f"{record['id']}.html.gz").is_file()
        ][:PAGES_MAX]  # fmt: skip
        yield from _speed(captures)
        yield from _share_of_run(captures)
    for name in HOSTILE:
        for system in ("copydesk", "trafilatura"):
            yield from _cost(name, system)


def _speed(captures: Sequence[Capture]) -> Iterator[Row]:
    """Median over the rounds. `pages_per_s` is cleaning alone; `pile_pages_per_s` with the search for repeated lines."""
    from resiliparse.extract.html2text import extract_plain_text

    options = CleaningOptions()
    repeats = find_repeats(captures, options)

    def pile() -> None:
        met = find_repeats(captures, options)
        for capture in captures:
            clean(capture, met, options)

    seconds = time_rounds(
        {
            "copydesk": lambda: [clean(capture, repeats, options) for capture in captures],
            "pile": pile,
            "trafilatura": lambda: [trafilatura.extract(capture.content, favor_precision=True) for capture in captures],
            "resiliparse": lambda: [extract_plain_text(decode(capture.content, None), main_content=True) for capture in captures],
        },
        ROUNDS,
    )
    n = len(captures)
    for system in ("copydesk", "trafilatura", "resiliparse"):
        yield Row(bench="cleaning", system=system, metric="pages_per_s", value=n / seconds[system], n=n)
    yield Row(bench="cleaning", system="copydesk", metric="pile_pages_per_s", value=n / seconds["pile"], n=n)
    for peer in ("trafilatura", "resiliparse"):
        yield Row(bench="cleaning", system="ratio", metric=f"time_to_{peer}", value=seconds["copydesk"] / seconds[peer], n=n)


def _share_of_run(captures: Sequence[Capture]) -> Iterator[Row]:
    """What part of the time of a whole brief is cleaning, repeated lines and all."""
    from copydesk import pipeline
    from copydesk.engines import choose_engine
    from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
    from copydesk.language.tagger import Tagger
    from copydesk.options import Options

    tagger, options = Tagger(), Options()
    list(tagger.tag(["Load the models first."]))

    def tools() -> pipeline.Tools:
        return pipeline.Tools(tagger=tagger, encoder=CachedEncoder(MiniLmEncoder()), engine=choose_engine("serial", 1),
                              now=lambda: datetime.now(UTC))  # fmt: skip

    seconds = time_rounds(
        {
            "cleaning": lambda: pipeline.clean_all(captures, tools(), options),
            "whole": lambda: pipeline.make_brief(captures, (), tools(), options),
        },
        ROUNDS,
    )
    yield Row(bench="cleaning", system="copydesk", metric="share_of_run", value=seconds["cleaning"] / seconds["whole"], n=len(captures))


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
        paragraphs.append("<p>" + " ".join(f"{word} {i + k}" if k % 5 == 4 else word for k, word in enumerate(words)) + "</p>\n")
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
    whole = page_of("".join(f"<p class='p{i}' title=\"{i}\">{s} <a href='#{i}'>{s[:20]}</a></p>" for i, s in enumerate(SENTENCES * 4))).encode()
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
        page[at:at] = random.choice([b"\x00", b"\x1b[2J", b"\r", b"\xe2\x80\xae", b"\xff\xfe", b"&#0;", b"&#x110000;", b"\x0c", b"\xef\xbb\xbf"])


def _repeat(page: bytearray, random: Random) -> None:
    at = _place(page, random)
    page[at:at] = bytes(page[at : at + random.randint(1, 400)]) * random.choice([2, 50])


def _comment(page: bytearray, random: Random) -> None:
    at = _place(page, random)
    page[at:at] = random.choice([b"<!--", b"<![CDATA[", b"<script>", b"</body>", b"<?xml ", b"<style>", b"<textarea>", b"<meta charset=utf-7>"])


SPOILS: tuple[Callable[[bytearray, Random], None], ...] = (_cut, _flip, _unclose, _nest, _swell, _control, _repeat, _comment)
HOSTILE: dict[str, Callable[[], list[bytes]]] = {
    "5mb": lambda: [large_page()], "100k_links": lambda: [linked_page()], "500_fuzzed": lambda: list(fuzzed_pages()),
}  # fmt: skip


def _cost(name: str, system: str) -> Iterator[Row]:
    """Seconds and peak memory of reading hostile pages, in a process of their own with everything loaded before."""
    code = f"from bench.cleaning import measure_here; measure_here({name!r}, {system!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if done.returncode:
        print(f"bench: {system} broke on {name}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    for metric in ("seconds", "peak_mb", "grown_mb"):
        yield Row(bench="cleaning", system=system, metric=f"{name}.{metric}", value=figures[metric], n=figures["n"])


def measure_here(name: str, system: str) -> None:
    """Prints what reading these pages takes of this process: seconds, its peak memory, and the growth of that."""
    from resource import RUSAGE_SELF, getrusage
    from time import perf_counter

    options = CleaningOptions()

    def read(content: bytes) -> None:
        if system == "trafilatura":
            trafilatura.extract(content, favor_precision=True)
        else:
            capture = Capture(id="page", path="page.html", content=content, medium="html")
            clean(capture, find_repeats([capture], options), options)

    pages = HOSTILE[name]()
    read(page_of("".join(f"<p>{s}</p>" for s in SENTENCES)).encode())
    before = getrusage(RUSAGE_SELF).ru_maxrss
    begun = perf_counter()
    for page in pages:
        read(page)
    taken, peak = perf_counter() - begun, getrusage(RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": taken, "peak_mb": peak / 1024, "grown_mb": (peak - before) / 1024, "n": len(pages)}))
