"""Files, folders, WARC, JSONL, feeds → Capture."""

from copydesk.reading.about import About, read_about
from copydesk.reading.corrections import read_corrections
from copydesk.reading.inputs import read
from copydesk.reading.options import ReadingOptions

VERSION = "1"

__all__ = ["VERSION", "About", "ReadingOptions", "read", "read_about", "read_corrections"]
