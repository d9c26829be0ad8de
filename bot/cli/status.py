"""The command `status`."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer

from bot.cli.execution import has_database, run_command
from bot.cli.exit_codes import FAILURE
from bot.cli.options import examples
from bot.cli.status_report import read_status
from bot.cli.streams import clean_line, print_lines
from bot.cli.usage import Command
from bot.clock import Clock
from config.settings import Settings
from storage.records import Status, Usage, WeekUsage

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
    """Show how the bot is, running or not: checks, next posts, paused schedules, sources, usage.

    The exit status is 1 if something needs attention.
    """

    async def work(settings: Settings) -> int:
        now = Clock().now()
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
            for each in status.stored.next_posts
        ],
        "schedules": status.stored.schedules,
        "paused": [
            {
                "schedule_id": each.schedule_id,
                "guild_id": str(each.guild_id),
                "channel_id": str(each.channel_id),
                "since": each.since.isoformat(),
                "reason": each.reason,
            }
            for each in status.stored.paused
        ],
        "sources": [
            {
                "name": each.name,
                "newest_day": _iso(each.newest_day),
                "succeeded_at": _iso(each.succeeded_at),
                "error": each.error,
            }
            for each in status.stored.sources
        ],
        "usage": [_usage(each) for each in status.stored.usage],
        "versions": dict(status.versions),
        "vectors": None
        if (found := status.stored.vectors) is None
        else {"model": found.model, "embedded": found.embedded, "waiting": found.waiting},
        "database": {"path": str(status.database), "bytes": status.database_bytes},
    }
    return json.dumps(values)


def _usage(counted: WeekUsage) -> dict[str, Any]:
    usage = counted.usage
    per_post, share = usage.opens_per_post, usage.opened_share
    return {
        "week": counted.week.isoformat(),
        "posts": usage.posts,
        "opens": usage.opens,
        "opens_per_post": None if per_post is None else round(per_post, 3),
        "opened_share": None if share is None else round(share, 3),
        "threads": usage.threads,
        "searches": usage.searches,
        "servers_added": usage.added,
        "servers_removed": usage.removed,
        "schedules_deleted_early": usage.deleted_early,
    }


def _iso(moment: Any) -> str | None:  # noqa: ANN401 - a day or a moment
    return None if moment is None else str(moment.isoformat())


def _lines(status: Status, now: datetime) -> Iterator[str]:
    """Yield lines for people; each begins with what it is about."""
    yield f"bot: {'running' if status.is_running else 'not running'}"
    for check in status.checks:
        yield clean_line(f"{check.name}: {'ok' if check.is_ok else 'ATTENTION'}, {check.detail}")
    yield f"schedules: {status.stored.schedules}, of which paused: {len(status.stored.paused)}"
    for post in status.stored.next_posts:
        at = _local(post.at)
        yield f"next post: {at}, schedule {post.schedule_id}, channel {post.channel_id}"
    for paused in status.stored.paused:
        yield (
            f"paused: schedule {paused.schedule_id}, channel {paused.channel_id},"
            f" since {_local(paused.since)}: {paused.reason}"
        )
    for source in status.stored.sources:
        day = source.newest_day or "no papers yet"
        read = "never" if source.succeeded_at is None else _local(source.succeeded_at)
        failure = f"; failing: {source.error}" if source.error else ""
        yield clean_line(f"source {source.name}: newest day {day}, last read {read}{failure}")
    for counted in status.stored.usage:
        yield f"week of {counted.week}: {_describe(counted.usage)}"
    yield clean_line(f"database: {status.database}, {status.database_bytes:,} bytes")
    if (found := status.stored.vectors) is not None:
        yield clean_line(
            f"by meaning: {found.embedded:,} papers embedded, {found.waiting:,} wait"
            f" ({found.model})"
        )
    yield "versions: " + ", ".join(f"{name} {number}" for name, number in status.versions)
    yield f"time: {_local(now)}"


def _describe(usage: Usage) -> str:
    """Describe the counts of a week in a line."""
    per_post, share = usage.opens_per_post or 0.0, usage.opened_share or 0.0
    return ", ".join(
        (
            f"{usage.posts:,} posts",
            f"opened {usage.opens:,} times ({per_post:.1f} per post, {share:.0%} of posts)",
            f"{usage.threads:,} discussions",
            f"{usage.searches:,} searches",
            f"servers +{usage.added} -{usage.removed}",
            f"{usage.deleted_early} schedules deleted within 7 days",
        )
    )


def _local(at: datetime) -> str:
    """Return a time in the machine's zone."""
    return f"{at.astimezone():%Y-%m-%d %H:%M %Z}"
