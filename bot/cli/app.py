"""The command `daily-papers`: its global options, and the table of its commands."""

import gc
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final

import typer

from bot.cli import streams
from bot.cli.options import GlobalOptions, OptionError, choice_parser, choices, examples
from bot.cli.usage import Group, no_command
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
        "similar": "bot.cli.similar",
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


_WRITTEN: Final = "bot.cli.written"
"""The key of a context's `meta` that holds the arguments as they were written."""


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

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's class of contexts is private
        """Parse the options before the command; keep what was written for `_version_at_once`."""
        ctx.meta[_WRITTEN] = tuple(args)
        return super().parse_args(ctx, args)


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
    try:
        app(prog_name="daily-papers")
    finally:
        # Python collects garbage at its end: all that was imported, up to a fifth of a second long.
        gc.freeze()


def _version_at_once(context: typer.Context, is_asked: bool) -> bool:
    """Print the version and exit before other options are parsed, which would take longer."""
    if is_asked and "--verbose" not in context.meta[_WRITTEN]:
        _print_version()
        raise typer.Exit
    return is_asked


def _print_version() -> None:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - start-up time

    try:
        number = version("daily-papers-bot")
    except PackageNotFoundError:
        number = "(not installed)"
    typer.echo(f"daily-papers {number}")


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
    invoke_without_command=True,
    help=_HELP,
    epilog=examples("demo --open", "run", "ingest digests/", "top --period week") + _EXIT_STATUSES,
)
def options(  # noqa: PLR0917 - one for each option, as Typer wants them
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
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version.", is_eager=True, callback=_version_at_once
        ),
    ] = False,
    is_verbose: Annotated[
        bool,
        typer.Option("--verbose", help="With --version: also show what a bug report needs."),
    ] = False,
) -> None:
    """Keep the global options for the command, or show the version."""
    context.obj = GlobalOptions(config, {"database": database, "log_level": log_level})
    if show_version:
        _print_version()
        if is_verbose:
            from bot.cli.version_report import version_report  # noqa: PLC0415 - start-up time

            streams.print_lines(version_report(context.obj))
        raise typer.Exit
    if is_verbose:
        raise OptionError("--verbose goes with --version.", ctx=context)
    if context.invoked_subcommand is None:
        raise no_command(context)
