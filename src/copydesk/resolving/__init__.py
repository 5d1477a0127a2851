"""Markup, CopyLinks, Story → Entity, Moment, Quote."""
