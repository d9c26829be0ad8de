"""The command `sources`."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

import typer
from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.cli.execution import has_database, run_command
from bot.cli.options import examples
from bot.cli.output import show
from bot.cli.source_texts import reads_of
from bot.cli.streams import clean_line, print_lines
from bot.cli.usage import Command
from config.settings import Settings
from config.sources import FILES_NAME
from storage import sources
from storage.database import Database
from storage.sources import SourceOverview

commands = typer.Typer(rich_markup_mode=None)

_NEVER: Final = "never"
_NOT_SET: Final = "no longer in the settings"
_INGESTED: Final = "what “ingest” stores"


@dataclass(frozen=True, slots=True)
class _Source:
    """A source of the settings with what is stored of it."""

    name: str
    kind: str
    reads: str
    stored: SourceOverview | None
    """`None` if it has not been read yet."""


@commands.command(
    "sources",
    cls=Command,
    short_help="Show where papers come from.",
    epilog=examples("sources", "sources --json"),
)
def show_sources(
    context: typer.Context,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, one source per line.")
    ] = False,
) -> None:
    """Show where papers come from, and when each source was last read; the first has precedence."""

    async def work(settings: Settings) -> int:
        found = list(_sources(settings, await _read_stored(settings)))
        if as_json:
            print_lines(map(_json, found))
        else:
            show(lambda: _draw(found), lambda: _lines(found))
        return 0

    run_command(context, work)


async def _read_stored(settings: Settings) -> Mapping[str, SourceOverview]:
    """Return what the database has of sources; nothing if there is no database yet."""
    if not has_database(settings):
        return {}
    async with await Database.open(settings.database) as database:
        return await sources.overviews(database)


def _sources(settings: Settings, stored: Mapping[str, SourceOverview]) -> Iterator[_Source]:
    """Yield the sources in order: those of the settings, former ones, `files`."""
    active = settings.active_sources()
    for source in active:
        reads = reads_of(source, settings)
        yield _Source(source.name, source.kind, reads, stored.get(source.name))
    shown = {FILES_NAME, *(source.name for source in active)}
    for name, each in stored.items():
        if name not in shown:
            yield _Source(name, each.state.kind, _NOT_SET, each)
    files = stored.get(FILES_NAME)
    if settings.digests is not None or (files is not None and files.newest_day is not None):
        yield _Source(FILES_NAME, "folder", str(settings.digests or _INGESTED), files)


def _json(source: _Source) -> str:
    stored = source.stored
    state = stored.state if stored else None
    return json.dumps(
        {
            "name": source.name,
            "kind": source.kind,
            "reads": source.reads,
            "newest_day": _iso(stored.newest_day) if stored else None,
            "succeeded_at": _iso(state.succeeded_at) if state else None,
            "failed_at": _iso(state.failed_at) if state else None,
            "error": state.error if state else None,
            "next_at": _iso(stored.next_at) if stored else None,
        }
    )


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _lines(found: Iterable[_Source]) -> Iterator[str]:
    """Yield a line per source, separated by tabs, in the order of the table's columns."""
    for source in found:
        cells = (source.name, source.kind, source.reads, *_facts(source, " "))
        yield "\t".join(map(clean_line, cells))


def _draw(found: Iterable[_Source]) -> RenderableType:
    table = Table(box=SIMPLE_HEAD)
    table.add_column("Source")
    table.add_column("Reads", overflow="fold")
    table.add_column("Newest day", no_wrap=True)
    table.add_column("Last success", no_wrap=True)
    table.add_column("Last failure", overflow="fold")
    table.add_column("Next try", no_wrap=True)
    for source in found:
        newest, succeeded, failed, error, following = _facts(source, "\n")
        table.add_row(
            Text.assemble((source.name, "bold"), "\n", (source.kind, "dim")),
            Text(clean_line(source.reads)),
            newest,
            succeeded,
            Text.assemble(failed, "\n" if error else "", (clean_line(error), "red")),
            following,
        )
    return table


def _facts(source: _Source, separator: str) -> tuple[str, str, str, str, str]:
    """Return newest day, last success, last failure, its reason while it lasts, and next try."""
    stored = source.stored
    if stored is None:
        return _NEVER, _NEVER, _NEVER, "", _NEVER
    state = stored.state
    return (
        str(stored.newest_day or _NEVER),
        _local(state.succeeded_at, separator),
        _local(state.failed_at, separator),
        state.error or "",
        _local(stored.next_at, separator),
    )


def _local(at: datetime | None, separator: str) -> str:
    """Return a time in the machine's zone, such as "2025-02-22 08:05 KST"."""
    return _NEVER if at is None else f"{at.astimezone():%Y-%m-%d{separator}%H:%M %Z}"
