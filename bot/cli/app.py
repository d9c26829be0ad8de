"""The command `daily-papers`: its global options, and the table of its commands."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final

import typer

from bot.cli import streams
from bot.cli.options import GlobalOptions, choice_parser, choices, examples
from bot.cli.usage import Group
from config.log_level import LogLevel

_MODULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "demo": "bot.cli.demo",
        "run": "bot.cli.run",
        "ingest": "bot.cli.ingest",
        "fetch": "bot.cli.fetch",
        "sources": "bot.cli.sources",
        "status": "bot.cli.status",
        "paper": "bot.cli.lookup",
        "top": "bot.cli.lookup",
        "search": "bot.cli.search",
        "cite": "bot.cli.cite",
        "export": "bot.cli.export",
        "write": "bot.cli.write",
        "reports": "bot.cli.reports",
        "backup": "bot.cli.backup",
        "restore": "bot.cli.backup",
        "doctor": "bot.cli.doctor",
    }
)
"""The module of each command, in the order of `--help`. Its `commands` is a Typer app."""


class _LazyCommands(MutableMapping[str, Any]):
    """Commands by name. The module of a command is imported when the command is looked up.

    So `daily-papers --version` and `daily-papers top` don't import what only `run` needs.
    """

    def __init__(self) -> None:
        self._added: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - Typer's class of commands is private
        if name not in self._added:
            module = import_module(_MODULES[name])
            self._added.update(typer.main.get_group(module.commands).commands)
        return self._added[name]

    def __setitem__(self, name: str, command: Any) -> None:  # noqa: ANN401 - as above
        self._added[name] = command

    def __delitem__(self, name: str) -> None:
        del self._added[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*_MODULES, *self._added)))

    def __len__(self) -> int:
        return len(list(iter(self)))


class _LazyGroup(Group):
    """A group whose commands are imported when they are needed."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - what Typer passes on
        super().__init__(**attributes)
        self.commands = _LazyCommands()


app = typer.Typer(
    name="daily-papers",
    cls=_LazyGroup,
    no_args_is_help=True,
    # Typer's own tracebacks can show the values of variables, the token among them.
    pretty_exceptions_enable=False,
    # Plain help reads as well on a terminal, works with grep, and starts faster.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; ends with `SystemExit`, whose code is the exit status."""
    streams.prepare()
    app(prog_name="daily-papers")


def _print_version(is_asked: bool) -> None:
    if not is_asked:
        return
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - start-up time

    try:
        number = version("daily-papers-bot")
    except PackageNotFoundError:
        number = "(not installed)"
    typer.echo(f"daily-papers {number}")
    raise typer.Exit


_HELP: Final = """Post the day's top AI papers to Discord, and find any of them again.

\b
Try the bot without an account:  daily-papers demo
Run it on Discord:               daily-papers run

Each setting can be in daily-papers.toml or in the environment (DAILY_PAPERS_DATABASE …). A digest
is one day's list of papers, a Markdown file. Results go to stdout, progress and problems to stderr.
"""
_EXIT_STATUSES: Final = (
    "\n\n\b\nExit status:\n"
    "  0  success\n"
    "  1  some input was refused, or nothing was found\n"
    "  2  wrong usage or settings"
)


@app.callback(
    help=_HELP,
    epilog=examples("demo --open", "run", "ingest digests/", "top --period week") + _EXIT_STATUSES,
)
def options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Settings file. [default: daily-papers.toml, if it exists]"
        ),
    ] = None,
    database: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Database file. [default: daily-papers.db]")
    ] = None,
    log_level: Annotated[
        LogLevel | None,
        typer.Option(
            parser=choice_parser("--log-level", LogLevel),
            metavar=choices(LogLevel),
            help="How much is logged. [default: info]",
        ),
    ] = None,
    show_version: Annotated[  # noqa: ARG001 - its callback does the work
        bool,
        typer.Option("--version", help="Show the version.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """Keep the global options for the command."""
    context.obj = GlobalOptions(config, {"database": database, "log_level": log_level})
