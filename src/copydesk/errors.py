"""The one error tree of copydesk.

    CopydeskError
    ├── InputError          an input path, container or record list that cannot be used at all
    ├── OptionsError        a copydesk.toml, environment variable or option with a value that is not allowed
    ├── CorrectionsError    a corrections or about file that does not say what it must
    ├── ModelError          a language model that is missing or is not the file that was pinned
    ├── BriefError          a brief folder that is missing, unreadable, or lacks the id asked for
    ├── DeskError           a desk that is not where it was looked for, is being changed, or lacks what was asked for
    └── StoreError          a desk's store that cannot be opened, is newer than this version, or is busy

A broken call, file or project raises one of these. One bad item never does: it becomes `Skipped`.
A message holds what was found, where, what was expected, and what to do next.
"""

from __future__ import annotations


class CopydeskError(Exception):
    """Anything that copydesk raises on purpose."""


class InputError(CopydeskError):
    """An input that cannot be used at all."""


class OptionsError(CopydeskError):
    """An option with a value that is not allowed."""


class CorrectionsError(CopydeskError):
    """A corrections or about file that does not say what it must."""


class ModelError(CopydeskError):
    """A language model that is missing or is not the file that was pinned."""


class BriefError(CopydeskError):
    """A brief folder that is missing, unreadable, or lacks the id asked for."""


class StoreError(CopydeskError):
    """A store that cannot be opened, is newer than this version, or is busy."""


class DeskError(CopydeskError):
    """A desk that is not there, is being changed by somebody else, or lacks what was asked for."""
