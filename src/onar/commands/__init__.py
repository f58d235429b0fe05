"""One module a command of the terminal; each has a click command called ``command``, and :mod:`onar.cli` names them.

- A command parses its options, calls what does the work, and hands the result to a view: nothing is computed here.
- Text goes to standard output, everything else through :mod:`onar.commands.console` to standard error.

``onar restore tez.txt`` runs ``onar.commands.restore.command``. Start reading at :mod:`onar.cli`.
"""
