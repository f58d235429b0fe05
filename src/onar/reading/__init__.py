"""From what was read to what was printed: candidates of each word, the best path through a sentence, how sure it is.

- :mod:`~onar.reading.lattice` asks :mod:`~onar.reading.candidates` what each atom may have been, found by plain folds or by the
  :mod:`~onar.reading.walk`; :mod:`~onar.reading.decode` chooses; :mod:`~onar.reading.memory` learns from the first reading.
- :mod:`~onar.reading.marks` judges the marks between the words, :mod:`~onar.reading.confidence` how sure a reading is,
  :mod:`~onar.reading.proposals` what the log is told.

``diizende`` → ``düzende``. Start reading at :mod:`onar.reading.decode`.
"""
