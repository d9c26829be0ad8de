"""Which columns of the database say something about people or servers, and which tables don't.

A test compares this with the schema, so that a new table or column has to be entered here. Other
tests check that what is entered is shown, exported and deleted (`personal_data.py`,
`guild_data.py`) and is listed in docs/privacy.md.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Datum(StrEnum):
    """The kind of data that a column has."""

    USER = "user"
    """The Discord id of a person."""
    SERVER = "server"
    """The Discord id of a server, or ids of its channels, messages and roles."""
    TYPED = "typed"
    """What a person has typed, or chosen among many."""
    OTHER = "other"
    """Nothing that leads to anybody, such as a time or a number."""


def _table(
    *, user: str = "", server: str = "", typed: str = "", other: str = ""
) -> Mapping[str, Datum]:
    given = {Datum.USER: user, Datum.SERVER: server, Datum.TYPED: typed, Datum.OTHER: other}
    return MappingProxyType(
        {column: datum for datum, columns in given.items() for column in columns.split()}
    )


REGISTER: Final[Mapping[str, Mapping[str, Datum]]] = MappingProxyType(
    {
        "saved_papers": _table(user="user_id", typed="arxiv_id title note", other="id saved_at"),
        "reports": _table(
            user="user_id",
            typed="reason",
            other="id paper_id language source_id at resolved_at resolution",
        ),
        "setup_drafts": _table(
            user="user_id", server="guild_id", typed="draft", other="id schedule_id updated_at"
        ),
        "schedules": _table(
            user="created_by",
            server="guild_id channel_id mention",
            typed="include exclude",
            other="id created_at version time timezone count language period layout days min_votes"
            " silent publish refresh catch_up timed_at last_day last_due paused_at paused_reason"
            " notified deleted_at",
        ),
        "history": _table(
            user="actor_id",
            server="guild_id channel_id",
            other="id at schedule_id outcome reason coverage delivery_id",
        ),
        "guilds": _table(
            server="id log_channel_id", typed="timezone language", other="welcomed_at left_at"
        ),
        "deliveries": _table(
            server="channel_id",
            other="id schedule_id coverage serial by_hand plan planned_at replan completed_at"
            " outcome",
        ),
        "parts": _table(
            server="channel_id message_id",
            other="delivery_id position message_hash mark nonce state reason reconciled_at sent_at"
            " published_at",
        ),
        "log_entries": _table(
            user="actor_id",
            server="guild_id",
            other="id at kind schedule_id reason facts for_creator nonce sent_at",
        ),
        # Numbers alone; those of servers that were forgotten name none.
        "weekly_counts": _table(
            server="guild_id",
            other="week posts opens opened_posts threads searches added removed deleted_early",
        ),
        "thread_messages": _table(server="thread_id guild_id", other="messages"),
        "opened_posts": _table(other="delivery_id"),
        # The role that a message pings is in its body.
        "messages": _table(server="body", other="hash format used_at"),
        # The lane of a job names the channel that it works in; a few jobs name the server.
        "jobs": _table(
            server="lane payload key",
            other="kind schedule_id delivery_id priority run_at not_before expires_at attempts"
            " reason write_id",
        ),
        # Of nobody: neither who searched nor where is stored.
        "searches": _table(typed="request", other="id used_on"),
        # Of the program: hashes, ids of commands, times.
        "key_value": _table(other="key value"),
    }
)
"""The columns of each table that isn't about papers alone."""

PAPERS: Final = frozenset(
    {
        "authors",
        "content_versions",
        "digest_papers",
        "digests",
        "embedding_models",
        "lookups",
        "name_index",
        "paper_authors",
        "paper_index",
        "paper_tokens",
        "paper_vectors",
        "papers",
        "papers_to_embed",
        "receipts",
        "search_names",
        "search_words",
        "sections",
        "source_days",
        "source_papers",
        "sources",
        "stale_papers",
        "terms",
        "text_terms",
        "texts",
        "title_index",
        "vote_readings",
        "writer_attempts",
    }
)
"""The tables about papers, their texts and their sources, which come from public lists."""
