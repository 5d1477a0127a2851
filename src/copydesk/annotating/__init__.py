"""Article → Markup."""

from copydesk.annotating.annotate import annotate
from copydesk.annotating.options import AnnotatingOptions

__all__ = ["VERSION", "AnnotatingOptions", "annotate"]

VERSION = "6"
