"""Onar restores Turkish text damaged by OCR."""

from onar._version import __version__
from onar.changelog.changes import Change, Restoration, apply, revert
from onar.errors import InputError, KnowledgeError, OnarError, RefusedError, RuleError
from onar.explain import Explanation
from onar.restore import Restorer, explain, restore

__all__ = [
    "Change",
    "Explanation",
    "InputError",
    "KnowledgeError",
    "OnarError",
    "RefusedError",
    "Restoration",
    "Restorer",
    "RuleError",
    "__version__",
    "apply",
    "explain",
    "restore",
    "revert",
]
