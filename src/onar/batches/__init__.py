"""Many documents: worker processes, folders that can be interrupted and go on, what was found in them.

- :mod:`~onar.batches.batch` restores a folder with the workers of :mod:`~onar.batches.parallel`; its
  :mod:`~onar.batches.manifest` says what is done; :mod:`~onar.batches.summary` tells what was found.
- :mod:`~onar.batches.collection` hands on what one document taught to the next.

Start reading at :func:`onar.batches.batch.run`.
"""
