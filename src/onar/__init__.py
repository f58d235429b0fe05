"""Onar restores Turkish text damaged by OCR."""

from onar._version import __version__
from onar.changes import Change, Restoration, apply, revert
from onar.errors import InputError, KnowledgeError, OnarError, RefusedError, RuleError
from onar.restore import Restorer, restore

__all__ = [
    "Change", "InputError", "KnowledgeError", "OnarError", "RefusedError", "Restoration", "Restorer",
    "RuleError", "__version__", "apply", "restore", "revert",
]
