"""Markup, CopyLinks, Story → Entity, Moment, Quote, across articles; the story's clock."""

from copydesk.resolving.likeness import name_likeness, same_name
from copydesk.resolving.options import ResolvingOptions
from copydesk.resolving.resolve import resolve

VERSION = "1"

__all__ = ["VERSION", "ResolvingOptions", "name_likeness", "resolve", "same_name"]
