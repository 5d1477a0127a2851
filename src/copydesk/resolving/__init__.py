"""Markup, CopyLinks, Story → Entity, Moment, Quote, across articles; the story's clock."""

from copydesk.resolving.learning import kinds_in, learn_kinds
from copydesk.resolving.likeness import name_likeness, same_name
from copydesk.resolving.locating import Toponym, locate_toponyms
from copydesk.resolving.options import ResolvingOptions
from copydesk.resolving.registering import gather_register, registered_in
from copydesk.resolving.resolve import resolve
from copydesk.resolving.toponyms import find_toponyms

VERSION = "5"

__all__ = [
    "VERSION",
    "ResolvingOptions",
    "Toponym",
    "find_toponyms",
    "gather_register",
    "kinds_in",
    "learn_kinds",
    "locate_toponyms",
    "name_likeness",
    "registered_in",
    "resolve",
    "same_name",
]
