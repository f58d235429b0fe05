"""What one reviewer has decided so far: kept in a file after every answer, taken back step by step.

- A decision is a :class:`~onar.changelog.decisions.Judgement`; the file is the decisions file that ``onar apply`` reads.
- The file is written whole beside its target and renamed after each decision: a crash loses nothing.
- What the file holds about other sources, or about changes that this log doesn't have, stays in it.
- Undo takes back what was decided in this sitting, a group in one stroke.

Accepting ``giivenlik → güvenlik`` everywhere is one step. Start reading at :meth:`Session.decide`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from onar.changelog.changes import Change, Decision
from onar.changelog.decisions import Decisions, Judgement, read, write
from onar.changelog.log import Log

__all__ = ["Session", "settle"]


class Session:
    """The decisions about one log, in a file."""

    def __init__(self, log: Log, path: str | Path) -> None:
        """Begin with the decisions in the file at *path*, if there is one, and those in the log."""
        self.log = log
        self.path = Path(path)
        stored = read(self.path) if self.path.exists() else ()
        self._others = tuple(item for item in stored if item.sha256 != log.sha256)
        mine = [judgement for item in stored if item.sha256 == log.sha256 for judgement in item.judgements]
        known = {change.id: change for change in log.changes}
        self._strangers = [item for item in mine if item.id not in known or known[item.id].before != item.before]
        self._said = {item.id: item for item in Decisions.of(log).judgements}
        self._said |= {item.id: item for item in mine if item not in self._strangers}
        self._steps: list[list[tuple[str, Judgement | None]]] = []

    def __len__(self) -> int:
        """Return how many changes of the log are decided."""
        return len(self._said)

    def judgement(self, change: Change) -> Judgement | None:
        """Return what was decided about *change*, or None."""
        return self._said.get(change.id)

    def undecided(self, changes: Iterable[Change]) -> list[Change]:
        """Return those of *changes* that nothing was decided about."""
        return [change for change in changes if change.id not in self._said]

    def decide(self, changes: Sequence[Change], decision: Decision, after: str | None = None) -> None:
        """Decide about *changes* in one step and write the file; *after* is the reviewer's own reading for an edit."""
        step = [(change.id, self._said.get(change.id)) for change in changes]
        for change in changes:
            self._said[change.id] = self._judge(change, decision, after)
        self._steps.append(step)
        self.save()

    @staticmethod
    def _judge(change: Change, decision: Decision, after: str | None) -> Judgement:
        # an edit that says what was proposed, or what was read, is an acceptance or a rejection
        if decision == "edit" and after in (change.after, change.before):
            decision = "accept" if after == change.after else "reject"
        return Judgement.of(change, decision, after if decision == "edit" else None)

    def undo(self) -> list[str]:
        """Take back the last step, write the file, and return the ids it was about; none if there was none."""
        if not self._steps:
            return []
        step = self._steps.pop()
        for name, before in step:
            if before is None:
                self._said.pop(name, None)
            else:
                self._said[name] = before
        self.save()
        return [name for name, _ in step]

    def save(self) -> None:
        """Write the file, whole or not at all; in text order, so that the same decisions give the same bytes."""
        own = [self._said[change.id] for change in self.log.changes if change.id in self._said]
        mine = Decisions(self.log.source, self.log.sha256, (*own, *self._strangers))
        write((*self._others, mine), self.path)

    def decided(self) -> Log:
        """Return the log with the decisions written into its changes."""
        return self.log.with_changes(settle(self.log.changes, self._said.values()))


def settle(changes: Iterable[Change], judgements: Iterable[Judgement]) -> Iterator[Change]:
    """Yield the *changes* with the *judgements* of the same id and word written into them.

    For a log at hand; :func:`onar.changelog.decisions.decide` also finds judgements from another version, given the text.
    """
    said = {item.id: item for item in judgements}
    for change in changes:
        own = said.get(change.id)
        if own is None or own.before != change.before:
            yield change
        elif own.decision != "reject" and own.after != change.after:
            yield replace(change, decision="edit", after=own.after, note=own.note)
        else:
            yield replace(change, decision=own.decision, note=own.note)
