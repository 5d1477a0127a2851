"""Everything found → Dossier, and the brief as JSON, HTML, Markdown and CSV."""

from copydesk.compiling.brief_json import from_json, to_json
from copydesk.compiling.check import check_brief
from copydesk.compiling.dossier import compile_dossier
from copydesk.compiling.facts_csv import to_csv
from copydesk.compiling.html import to_html
from copydesk.compiling.json_schema import load_schema
from copydesk.compiling.markdown import to_markdown

VERSION = "3"

__all__ = [
    "VERSION",
    "check_brief",
    "compile_dossier",
    "from_json",
    "load_schema",
    "to_csv",
    "to_html",
    "to_json",
    "to_markdown",
]
