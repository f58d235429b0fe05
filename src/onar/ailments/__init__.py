"""Damage of other kinds than the wrong alphabet: mixed-up code pages, fonts with maps of their own, lost letters, fillers.

- :mod:`~onar.ailments.glyphs` and :mod:`~onar.ailments.fillers` mend what needs no reading (:mod:`~onar.changelog.mended`);
  :mod:`~onar.ailments.diagnose` tells what ails a passage, :mod:`~onar.ailments.ward` who reads it.
- What is a sign of which damage stands in tables of ``seeds``.

``yaþlý`` was ``yaşlı``. Start reading at :mod:`onar.ailments.ward`.
"""
