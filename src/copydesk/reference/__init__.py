"""Shipped tables and typed look-ups."""
