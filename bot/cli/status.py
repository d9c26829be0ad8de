"""The command `status`."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from bot.cli.execution import has_database, run_command
from bot.cli.exit_codes import FAILURE
from bot.cli.options import examples
from bot.cli.status_report import Status, read_status
from bot.cli.streams import clean_line, print_lines
from bot.cli.usage import Command
from config.settings import Settings

commands = typer.Typer(rich_markup_mode=None)


@commands.command(
    "status",
    cls=Command,
    short_help="Show how the bot is.",
    epilog=examples("status", "status --json"),
)
def show_status(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show how the bot is, whether it runs or not: checks, next posts, paused schedules, sources.

    The exit status is 1 if something needs attention.
    """

    async def work(settings: Settings) -> int:
        now = datetime.now(UTC)
        status = await read_status(settings, now=now, has_database=has_database(settings))
        print_lines([_json(status)] if as_json else _lines(status, now))
        return 0 if status.is_ok else FAILURE

    run_command(context, work)


def _json(status: Status) -> str:
    values: dict[str, Any] = {
        "ok": status.is_ok,
        "running": status.is_running,
        "checks": {check.name: check.json() for check in status.checks},
        "next_posts": [
            {
                "schedule_id": each.schedule_id,
                "guild_id": str(each.guild_id),
                "channel_id": str(each.channel_id),
                "at": each.at.isoformat(),
            }
            for each in status.next_posts
        ],
        "schedules": status.schedules,
        "paused": [
            {
                "schedule_id": each.schedule_id,
                "guild_id": str(each.guild_id),
                "channel_id": str(each.channel_id),
                "since": each.since.isoformat(),
                "reason": each.reason,
            }
            for each in status.paused
        ],
        "sources": [
            {
                "name": each.name,
                "newest_day": _iso(each.newest_day),
                "succeeded_at": _iso(each.succeeded_at),
                "error": each.error,
            }
            for each in status.sources
        ],
        "versions": dict(status.versions),
        "database": {"path": str(status.database), "bytes": status.database_bytes},
    }
    return json.dumps(values)


def _iso(moment: Any) -> str | None:  # noqa: ANN401 - a day or a moment
    return None if moment is None else str(moment.isoformat())


def _lines(status: Status, now: datetime) -> Iterator[str]:
    """Yield lines for people; each begins with what it is about."""
    yield f"bot: {'running' if status.is_running else 'not running'}"
    for check in status.checks:
        yield clean_line(f"{check.name}: {'ok' if check.is_ok else 'ATTENTION'}, {check.detail}")
    yield f"schedules: {status.schedules}, of which paused: {len(status.paused)}"
    for post in status.next_posts:
        at = _local(post.at)
        yield f"next post: {at}, schedule {post.schedule_id}, channel {post.channel_id}"
    for paused in status.paused:
        yield (
            f"paused: schedule {paused.schedule_id}, channel {paused.channel_id},"
            f" since {_local(paused.since)}: {paused.reason}"
        )
    for source in status.sources:
        day = source.newest_day or "no papers yet"
        read = "never" if source.succeeded_at is None else _local(source.succeeded_at)
        failure = f"; failing: {source.error}" if source.error else ""
        yield clean_line(f"source {source.name}: newest day {day}, last read {read}{failure}")
    yield clean_line(f"database: {status.database}, {status.database_bytes:,} bytes")
    yield "versions: " + ", ".join(f"{name} {number}" for name, number in status.versions)
    yield f"time: {_local(now)}"


def _local(at: datetime) -> str:
    """Return a time in the machine's zone."""
    return f"{at.astimezone():%Y-%m-%d %H:%M %Z}"
