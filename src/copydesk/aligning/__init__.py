"""Story, Markup, Entities, Moments, Quotes, Voices → Claim → Fact, Conflict."""

from copydesk.aligning.align import align
from copydesk.aligning.options import AligningOptions

VERSION = "10"
__all__ = ["VERSION", "AligningOptions", "align"]
