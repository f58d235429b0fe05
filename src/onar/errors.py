"""What can go wrong, drawn once.

    OnarError                    anything this library raises on purpose
    ├── RuleError                a rule table that can't be read: file, line and remedy
    ├── KnowledgeError           a word list or model that is missing or malformed
    ├── InputError               a source that can't be read, has another encoding, or is not what its log describes
    └── RefusedError             a document Onar declines to rewrite (encrypted, signed or visible text in a PDF)

Every message is one line that ends with what to do next. ``exit_code`` is what the command line answers with.
"""

from __future__ import annotations

__all__ = ["InputError", "KnowledgeError", "OnarError", "RefusedError", "RuleError"]


class OnarError(Exception):
    """Base of every error Onar raises on purpose."""

    exit_code = 3


class RuleError(OnarError):
    """A rule table that can't be read."""

    exit_code = 2


class KnowledgeError(OnarError):
    """A word list or model that is missing or malformed."""


class InputError(OnarError):
    """A source that can't be read, or that does not belong to the log at hand."""


class RefusedError(OnarError):
    """A document Onar declines to rewrite."""

    exit_code = 4
