"""Going through the changes of a log: a page for the browser, questions in the terminal.

- :mod:`~onar.review.html` makes one page that works offline; :mod:`~onar.review.terminal` asks line by line.
- Both show groups of like changes first, in the bands of :mod:`~onar.review.groups`.
- Both keep what was decided in the decisions file that ``onar apply`` reads (:mod:`onar.changelog.decisions`).

``giivenlik → güvenlik``, 37 times, is settled by one key. Start reading at :func:`onar.review.html.render`.
"""
