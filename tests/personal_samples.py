"""Rows about two people and two servers in every column that may hold such data."""

import json
import sqlite3
from typing import Any, Final

from storage_samples import NOW

from storage.times import to_text

MINE, OTHERS = "zebrafish", "walrus"
"""What somebody types in each of their rows."""
AT: Final = to_text(NOW)


class Ids:
    """Ids of one person and of what belongs to one server."""

    def __init__(self, number: int, typed: str) -> None:
        base = 900_000_000_000_000_000 + number * 1_000_000_000
        self.user, self.guild, self.channel, self.thread = (base + n for n in range(1, 5))
        self.message, self.role, self.log = (base + n for n in range(5, 8))
        self.typed, self.number = typed, number
        self.schedule, self.delivery = number, number

    @property
    def of_server(self) -> tuple[int, ...]:
        return (self.guild, self.channel, self.thread, self.message, self.role, self.log)


ME, OTHER = Ids(1, MINE), Ids(2, OTHERS)


def fill(connection: sqlite3.Connection) -> None:
    """Write rows about `ME` and `OTHER` into all tables of the register."""
    connection.execute("BEGIN")
    connection.execute(
        "INSERT INTO papers (id, arxiv_id, title, text_changed_at, digest_date, rank)"
        " VALUES (1, '2502.00001', 'A Paper', '', '2025-02-21', 1)"
    )
    connection.execute(
        "INSERT INTO sources (id, name, kind, precedence) VALUES (99, 'writer:m', 'writer', 9)"
    )
    for each in (ME, OTHER):
        _fill(connection, each)
    connection.execute("COMMIT")


def _fill(connection: sqlite3.Connection, ids: Ids) -> None:
    typed, guild, channel, user = ids.typed, ids.guild, ids.channel, ids.user
    _insert(
        connection,
        "saved_papers",
        *(
            {"user_id": user, "arxiv_id": f"25.{n}", "title": f"{typed} {n}", "saved_at": AT}
            | {"note": f"{typed} note {n}" * 3}
            for n in range(40)
        ),
    )
    report = {"paper_id": 1, "language": "ko", "source_id": 99, "user_id": user, "at": AT}
    _insert(
        connection,
        "reports",
        report | {"reason": f"{typed} open"},
        report | {"reason": f"{typed} old", "resolved_at": AT, "resolution": "rewritten"},
    )
    _insert(
        connection,
        "schedules",
        {
            "id": ids.schedule,
            "guild_id": guild,
            "created_by": user,
            "created_at": AT,
            "channel_id": channel,
            "time": "08:00",
            "timezone": "UTC",
            "count": 5,
            "language": "en",
            "period": "day",
            "layout": "brief",
            "days": 31,
            "include": f"{typed} include",
            "exclude": f"{typed} exclude",
            "mention": ids.role,
            "silent": 0,
            "publish": 0,
            "refresh": 1,
            "catch_up": 24,
        },
    )
    _insert(
        connection,
        "setup_drafts",
        {
            "guild_id": guild,
            "user_id": user,
            "updated_at": AT,
            "schedule_id": ids.schedule,
            "draft": json.dumps({"keywords": f"{typed} draft"}),
        },
    )
    _insert(
        connection,
        "guilds",
        {
            "id": guild,
            "timezone": f"{typed}/zone",
            "language": typed,
            "welcomed_at": AT,
            "log_channel_id": ids.log,
        },
    )
    body = {"role": ids.role, "content": f"<@&{ids.role}>"}
    _insert(
        connection,
        "messages",
        {"hash": f"own {typed}", "format": 1, "body": json.dumps(body), "used_at": AT},
    )
    connection.execute(
        "INSERT INTO messages VALUES ('of all', 1, '{}', ?) ON CONFLICT DO NOTHING", (AT,)
    )
    delivery = {"channel_id": channel, "plan": "{}", "planned_at": AT, "completed_at": AT}
    _insert(
        connection,
        "deliveries",
        delivery
        | {"id": ids.delivery, "schedule_id": ids.schedule, "coverage": "day:2025-02-21"}
        | {"outcome": "posted"},
        # Of a schedule that was deleted before.
        delivery | {"id": ids.delivery + 10, "coverage": "day:2025-02-20", "outcome": "posted"},
    )
    part = {"mark": f"m{typed}", "nonce": f"n{typed}", "state": "sent", "sent_at": AT}
    _insert(
        connection,
        "parts",
        *(
            part
            | {"delivery_id": ids.delivery, "position": position, "message_hash": content}
            | {"channel_id": ids.thread, "message_id": ids.message}
            for position, content in enumerate((f"own {typed}", "of all"), start=1)
        ),
        part
        | {"delivery_id": ids.delivery + 10, "position": 1, "channel_id": channel}
        | {"message_id": ids.message},
    )
    line = {"at": AT, "guild_id": guild, "schedule_id": ids.schedule, "channel_id": channel}
    _insert(
        connection,
        "history",
        line | {"outcome": "paused", "reason": "asked", "actor_id": user},
        line | {"outcome": "posted", "reason": "scheduled", "delivery_id": ids.delivery},
        line | {"outcome": "posted", "schedule_id": 77, "delivery_id": ids.delivery + 10},
    )
    job = {"kind": "occurrence", "priority": 1, "run_at": AT, "schedule_id": ids.schedule}
    _insert(
        connection,
        "jobs",
        job | {"key": f"occurrence:{ids.schedule}", "lane": f"post:{channel}"},
        job
        | {"key": f"refresh:{ids.delivery}", "lane": f"after:{channel}"}
        | {"kind": "refresh", "delivery_id": ids.delivery},
        {"key": f"log:{guild}", "kind": "log", "lane": "dm", "priority": 3, "run_at": AT},
    )
    entry: dict[str, Any] = {"guild_id": guild, "at": AT, "facts": "{}", "for_creator": 0}
    _insert(
        connection,
        "log_entries",
        entry
        | {"kind": "paused", "schedule_id": ids.schedule, "reason": "asked", "actor_id": user},
        entry | {"kind": "updated", "facts": json.dumps({"old": "1", "new": "2"})},
    )
    numbers: dict[str, Any] = dict.fromkeys(
        ("opens", "opened_posts", "threads", "searches"), ids.number
    )
    numbers |= dict.fromkeys(("posts", "added", "removed", "deleted_early"), 0)
    _insert(
        connection,
        "weekly_counts",
        *({"week": week, "guild_id": guild} | numbers for week in ("2025-02-10", "2025-02-17")),
    )
    _insert(connection, "opened_posts", {"delivery_id": ids.delivery})
    _insert(
        connection, "thread_messages", {"thread_id": ids.thread, "guild_id": guild, "messages": 2}
    )
    _insert(
        connection, "searches", {"request": json.dumps({"text": typed}), "used_on": "2025-02-21"}
    )


def _insert(connection: sqlite3.Connection, table: str, *rows: dict[str, Any]) -> None:
    for row in rows:
        columns, values = ", ".join(row), ", ".join("?" * len(row))
        connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({values})",  # noqa: S608 - a test's own
            (*row.values(),),
        )


def cells(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    """Return the values of each column of each table, by `table.column`."""
    found: dict[str, list[Any]] = {}
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in names:
        cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - of the schema
        rows = cursor.fetchall()
        for number, (column, *_) in enumerate(cursor.description):
            found[f"{table}.{column}"] = [row[number] for row in rows]
    return found


def places_of(connection: sqlite3.Connection, *wanted: int | str) -> set[str]:
    """Return the columns in which any of some values occur, also within a text."""
    return {
        place
        for place, values in cells(connection).items()
        for value in values
        if isinstance(value, int | str) and any(str(each) in str(value) for each in wanted)
    }
