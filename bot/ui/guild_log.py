"""What the bot writes into the log channel of a server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.ui import limits
from bot.ui.schedules import describe_trouble
from config.texts import Texts
from storage.records import LogEntry, LogKind, Reason, ScheduleSettings, Trouble

_NAMED: Final = 10
"""Schedules that a line names."""


@dataclass(slots=True)
class _Line:
    """A line, which is about one or several schedules."""

    entry: LogEntry
    """The first one; the others are of the same kind, with the same reason and person."""
    schedule_ids: list[int] = field(default_factory=list)

    def is_like(self, other: LogEntry) -> bool:
        mine = (self.entry.kind, self.entry.reason, self.entry.actor_id)
        return mine == (other.kind, other.reason, other.actor_id)


def render(
    entries: Sequence[LogEntry], schedules: Mapping[int, ScheduleSettings], texts: Texts
) -> str:
    """Return a message about entries, with one line for schedules to which the same happened.

    Args:
        entries: Oldest first.
        schedules: The settings of the schedules that they are about.
        texts: In the server's language.
    """
    lines = [_describe(line, schedules, texts) for line in _lines(entries)]
    return limits.cut("\n".join(lines), limits.CONTENT)


def take_fitting(
    entries: Sequence[LogEntry], schedules: Mapping[int, ScheduleSettings], texts: Texts
) -> Sequence[LogEntry]:
    """Return the first entries, as many as one message has room for; see `render`."""
    count = len(entries)
    while count > 1:
        lines = [_describe(line, schedules, texts) for line in _lines(entries[:count])]
        if limits.fits("\n".join(lines), limits.CONTENT):
            break
        count //= 2
    return entries[:count]


def _lines(entries: Sequence[LogEntry]) -> list[_Line]:
    """Put entries together that say the same, as long as each schedule's own stay in order."""
    lines: list[_Line] = []
    for entry in entries:
        line = _find_line(entry, lines)
        if line is None:
            lines.append(line := _Line(entry))
        if entry.schedule_id is not None:
            line.schedule_ids.append(entry.schedule_id)
    return lines


def _find_line(entry: LogEntry, lines: Sequence[_Line]) -> _Line | None:
    """Return the line that an entry can join, if there is one."""
    if entry.schedule_id is None:
        return None
    for line in reversed(lines):
        if entry.schedule_id in line.schedule_ids:
            return None
        if line.is_like(entry):
            return line
    return None


def _describe(line: _Line, schedules: Mapping[int, ScheduleSettings], texts: Texts) -> str:
    entry = line.entry
    match entry.kind:
        case LogKind.UPDATED:
            return texts("log-updated", old=str(entry.facts["old"]), new=str(entry.facts["new"]))
        case LogKind.NO_PAPERS:
            since = date.fromisoformat(entry.facts["since"])
            return describe_trouble(Trouble(since, tuple(entry.facts["sources"]), None), texts)
    names = [_name(schedules[each], texts) for each in sorted(line.schedule_ids)[:_NAMED]]
    named = texts.join(names)
    if more := len(line.schedule_ids) - len(names):
        named = texts("log-more", schedules=" · ".join(names), count=more)
    what = texts(
        f"log-what-{entry.kind}{_suffix(entry)}",
        count=len(line.schedule_ids),
        schedules=named,
        user=str(entry.actor_id),
    )
    return f"{what} {_why(entry, texts)}".rstrip()


def _suffix(entry: LogEntry) -> str:
    if entry.actor_id is not None:
        return "-by"
    # Whoever it was has been forgotten since.
    return "-by-someone" if entry.reason is Reason.PAUSED_BY_PERSON else ""


def _why(entry: LogEntry, texts: Texts) -> str:
    """Return why something can't be posted, and what ends that; empty if there is no reason."""
    if entry.reason in (None, Reason.PAUSED_BY_PERSON):
        return ""
    return texts(f"log-why-{entry.reason.replace('_', '-')}")


def _name(settings: ScheduleSettings, texts: Texts) -> str:
    return texts(
        f"log-name-{settings.period}",
        channel=str(settings.channel_id),
        time=texts.format_time(settings.time),
    )
