"""The log: changes and how a text is made of them, as JSON lines or a sheet; a person's decisions; views of both.

- :mod:`~onar.changelog.changes` puts changes in and takes them out; :mod:`~onar.changelog.log` and :mod:`~onar.changelog.sheet`
  keep them, :mod:`~onar.changelog.decisions` what was decided.
- :mod:`~onar.changelog.views` shows them as a diff, :mod:`~onar.changelog.critic` as CriticMarkup.

``revert(apply(text, changes), changes)`` is ``text``. Start reading at :mod:`onar.changelog.changes`.
"""
