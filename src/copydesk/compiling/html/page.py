"""Brief → the page."""

from __future__ import annotations

from html import escape

from copydesk.compiling.markdown import to_markdown
from copydesk.model.dossiers import Brief


def to_html(brief: Brief) -> str:
    """The brief as one page."""
    return f"<!doctype html><meta charset=utf-8><pre>{escape(to_markdown(brief))}</pre>"
