"""The terminal's door: names the commands, loads the one that is called, and turns errors into one line and a code.

- A command lives in its own module of :mod:`onar.commands`, which is loaded when it is called and not before.
- Options can stand in a file (:mod:`onar.options`); those on the command line go before it.
- Exit codes: 0 done; 1 ``--check`` and something would change; 2 usage; 3 input or output that can't be read or
  written, or is not the log's; 4 PDF refused; 5 some of many failed; 70 a fault of Onar itself; 130 interrupted;
  141 the reader of standard output went away.

``onar restore tez.txt -o duzgun.txt --log log.jsonl`` restores one file. Start reading at :func:`main`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from onar._version import __version__
from onar.commands.console import complain
from onar.errors import OnarError

__all__ = ["COMMANDS", "EXIT_BROKEN_PIPE", "EXIT_FAULT", "EXIT_INTERRUPTED", "main"]

EXIT_FAULT, EXIT_INTERRUPTED, EXIT_BROKEN_PIPE = 70, 130, 141

COMMANDS: dict[str, tuple[str, str]] = {
    "restore": ("onar.commands.restore", "Restore damaged Turkish text; every change goes into a log."),
    "review": ("onar.commands.review", "Go through the changes of a log and decide."),
    "apply": ("onar.commands.apply", "Put the accepted changes of a log into its source again."),
    "explain": ("onar.commands.explain", "Show what a damaged word may have been, and what each reading costs."),
    "stats": ("onar.commands.stats", "Estimate the damage of files, without changing anything."),
    "evaluate": ("onar.commands.evaluate", "Count a restored text against what was printed."),
    "learn": ("onar.commands.learn", "Learn the costs of confusions from pairs of print and OCR."),
    "words": ("onar.commands.words", "Add words that people decided on to a word list."),
}
"""The commands: where each lives, and what it does in one line."""

_CONFIGURED = ("restore", "apply", "explain")


class _Interrupted(BaseException):
    """Ctrl-C, past click, which would write a line of its own."""


class _ReaderGone(BaseException):
    """A closed pipe at standard output, past click, which would choose the exit code."""


@contextmanager
def _past_click() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise _Interrupted from None
    except BrokenPipeError:
        raise _ReaderGone from None


class _Group(click.Group):
    """A group whose commands are loaded when they are called."""

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        with _past_click():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with _past_click():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in COMMANDS.items()])


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="onar", message="%(prog)s %(version)s")
@click.option("--no-config", is_flag=True, help="Read no options from onar.toml or pyproject.toml.")
@click.pass_context
def cli(ctx: click.Context, no_config: bool) -> None:
    """Onar restores Turkish text that OCR read with the wrong alphabet.

    Text goes to standard output, messages to standard error. Options can stand in [tool.onar] of pyproject.toml or in
    onar.toml.
    """
    if not no_config and ctx.invoked_subcommand in _CONFIGURED:
        from onar.options import load

        try:
            found = load(Path.cwd())
        except OnarError as error:
            raise click.UsageError(str(error)) from None
        ctx.default_map = dict.fromkeys(_CONFIGURED, found)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line with *argv* (the process's own if None) and return the exit code; print no traceback."""
    try:
        code = _run(argv)
        sys.stdout.flush()
        return code
    except OnarError as error:
        complain(error)
        return error.exit_code
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "onar"
        complain(f"{error.format_message()} (see {where} --help)")
        return error.exit_code
    except click.ClickException as error:
        complain(error.format_message())
        return error.exit_code
    except (_Interrupted, KeyboardInterrupt, click.Abort):
        complain("interrupted")
        return EXIT_INTERRUPTED
    except (_ReaderGone, BrokenPipeError):
        _close_stdout()
        return EXIT_BROKEN_PIPE
    except OSError as error:
        _close_stdout()
        complain(f"{error.filename or 'standard output'}: {error.strerror}: check the place and its permissions")
        return OnarError.exit_code
    except MemoryError:
        complain("not enough memory: split the input, or give fewer --jobs")
        return OnarError.exit_code
    except Exception as error:
        if os.environ.get("ONAR_TRACEBACK"):
            raise
        complain(f"a fault of Onar: {type(error).__name__}: {error}: please report it (ONAR_TRACEBACK=1 shows where)")
        return EXIT_FAULT


def _run(argv: Sequence[str] | None) -> int:
    result: Any = cli.main(args=None if argv is None else list(argv), prog_name="onar", standalone_mode=False)
    return result if isinstance(result, int) else 0


def _close_stdout() -> None:
    """Let nobody write to a standard output that is gone, the interpreter at its end included."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    sys.exit(main())
