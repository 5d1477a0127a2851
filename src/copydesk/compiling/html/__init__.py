"""Brief → brief.html: one file to read and print."""

from copydesk.compiling.html.page import to_html

__all__ = ["to_html"]
