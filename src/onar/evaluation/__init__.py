"""How good a restoration is, given the print: error rates, words repaired and harmed, by confusion, as a chart.

- :mod:`~onar.evaluation.evaluate` counts whole texts, :mod:`~onar.evaluation.evaluate_lines` line by line with alternatives.
- Counts can be added up; rates are made of them at the end.

Start reading at :func:`onar.evaluation.evaluate.score`.
"""
