"""What Turkish is: its word forms, how likely they are beside each other, how they inflect, how their letters follow.

- :mod:`~onar.language.lexicon` holds the forms, :mod:`~onar.language.context` their neighbours, :mod:`~onar.language.letters` the
  letters of words no list knows, :mod:`~onar.language.suffixes` what follows a name, a number, an acronym.
- The knowledge itself stands in ``wordlists``; it is opened in :mod:`~onar.language.knowledge` and :mod:`~onar.language.tables`.
- Nothing here knows of OCR.

``sınır güvenliği`` is likelier than ``sinir güvenliği``. Start reading at :mod:`onar.language.lexicon`.
"""
