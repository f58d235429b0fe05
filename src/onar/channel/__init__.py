"""What OCR does to Turkish: the confusion table, its prices, and how they are learnt from pairs.

- :mod:`~onar.channel.rules` reads the rows of ``seeds/confusions.tsv`` and a user's own; :mod:`~onar.channel.confusions` prices
  readings by them; :mod:`~onar.channel.shares` bends them to the document at hand.
- :mod:`~onar.channel.pairing` and :mod:`~onar.channel.learn` make the table from print and OCR text.

``ü`` is read ``ii`` two times in three. Start reading at :mod:`onar.channel.confusions`.
"""
