"""Files, folders, WARC, JSONL, feeds, addresses → Capture.

What goes to the net stands in `copydesk.reading.fetching`, which is imported where it is used: its libraries take time to
load that a run over files should not pay.
"""

from copydesk.reading.about import About, read_about
from copydesk.reading.addresses import page_key
from copydesk.reading.corrections import read_corrections
from copydesk.reading.inputs import read
from copydesk.reading.options import FetchingOptions, ReadingOptions
from copydesk.reading.registers import read_register

VERSION = "1"

__all__ = [
    "VERSION",
    "About",
    "FetchingOptions",
    "ReadingOptions",
    "page_key",
    "read",
    "read_about",
    "read_corrections",
    "read_register",
]
