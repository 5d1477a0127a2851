"""Articles, Markup → copy links, lines and voices: who took text from whom, passage by passage."""

from copydesk.tracing.altered import find_altered_language
from copydesk.tracing.corpus import build_corpus
from copydesk.tracing.fingerprints import find_near_copies
from copydesk.tracing.options import TracingOptions
from copydesk.tracing.trace import trace
from copydesk.tracing.wording import read_wording

VERSION = "2"
WORDING = "1"  # version of what `read_wording` gives

__all__ = [
    "VERSION",
    "WORDING",
    "TracingOptions",
    "build_corpus",
    "find_altered_language",
    "find_near_copies",
    "read_wording",
    "trace",
]
