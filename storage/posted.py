"""What a schedule's channel has had from it, and where the messages of a post are."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from storage.database import Database
from storage.records import DeliveryOutcome, Outcome
from storage.times import from_optional_text, from_text, to_text


@dataclass(frozen=True, slots=True)
class PostedBefore:
    """What was posted to a channel for a schedule, or for one that was deleted since."""

    newest: date | None
    """The newest list of a day; `None` if there was none."""
    planned_at: datetime | None
    """UTC; when something was last planned."""
    papers: frozenset[str]
    """The arXiv ids in the daily posts since a moment."""
    without_post: tuple[tuple[datetime, str | None], ...]
    """The occurrences since `planned_at` for which nothing was new: when, and the `Reason`."""


async def posted_before(
    database: Database,
    schedule_id: int,
    channel_id: int,
    *,
    since: datetime,
    besides: int | None = None,
) -> PostedBefore:
    """Return what a schedule's channel has had.

    Posts of schedules that were deleted since count as well, so that a schedule made anew goes on
    where the one before it ended. So does what is planned but not completed.

    Args:
        database: Where it is.
        schedule_id: The schedule.
        channel_id: Its channel.
        since: From when on the papers of posts are wanted; any time zone.
        besides: The id of a delivery that doesn't count; `None` if all count.
    """
    ((coverage, planned_at, papers, events),) = await database.read(
        """
        WITH had AS (
            SELECT coverage, planned_at, plan, outcome
            FROM deliveries
            WHERE channel_id = :channel AND id IS NOT :besides AND (
                schedule_id = :schedule OR schedule_id IS NULL
                OR schedule_id IN (SELECT id FROM schedules WHERE deleted_at IS NOT NULL)
            )
        )
        SELECT
            (SELECT max(coverage) FROM had WHERE coverage LIKE 'day:%'),
            (SELECT max(planned_at) FROM had),
            (
                -- Version 0.1.0 kept votes beside each id.
                SELECT json_group_array(
                    iif(paper.type = 'array', paper.value ->> 0, paper.value)
                )
                FROM had
                CROSS JOIN json_each(had.plan, '$.papers') AS paper
                WHERE planned_at >= :since AND coverage LIKE 'day:%' AND outcome IS NOT :given_up
            ),
            (
                SELECT json_group_array(json_array(at, reason))
                FROM (
                    SELECT at, reason
                    FROM history
                    WHERE schedule_id = :schedule AND outcome = :nothing
                        AND at > coalesce((SELECT max(planned_at) FROM had), '')
                    ORDER BY id
                )
            )
        """,
        {
            "schedule": schedule_id,
            "channel": channel_id,
            "since": to_text(since),
            "besides": besides,
            "given_up": DeliveryOutcome.GIVEN_UP,
            "nothing": Outcome.NOTHING_NEW,
        },
    )
    return PostedBefore(
        date.fromisoformat(coverage.removeprefix("day:")) if coverage else None,
        from_optional_text(planned_at),
        frozenset(json.loads(papers)),
        tuple((from_text(at), reason) for at, reason in json.loads(events)),
    )


async def days_of_papers(
    database: Database, channel_id: int, *, since: datetime, besides: str
) -> dict[str, datetime]:
    """Return when a channel first had papers: by arXiv id, in UTC.

    Posts of all its schedules count, for days and weeks, and those that were not completed don't.

    Args:
        database: Where they are.
        channel_id: The channel.
        since: From when on posts count; any time zone.
        besides: The key of a coverage whose posts don't count.
    """
    rows = await database.read(
        """
        SELECT
            -- Version 0.1.0 kept votes beside each id.
            iif(paper.type = 'array', paper.value ->> 0, paper.value) AS arxiv_id,
            min(planned_at) AS planned_at
        FROM deliveries
        CROSS JOIN json_each(deliveries.plan, '$.papers') AS paper
        WHERE channel_id = :channel AND planned_at >= :since AND coverage <> :besides
            AND outcome = :posted AND (coverage LIKE 'day:%' OR coverage LIKE 'week:%')
        GROUP BY 1
        """,
        {
            "channel": channel_id,
            "since": to_text(since),
            "besides": besides,
            "posted": DeliveryOutcome.POSTED,
        },
    )
    return {row["arxiv_id"]: from_text(row["planned_at"]) for row in rows}


@dataclass(frozen=True, slots=True)
class PostMessage:
    """The message of a post on which its thread is."""

    coverage: str
    """The key of the post's coverage, such as `day:2025-02-21`."""
    message_id: int
    language: str | None = None
    """Of the post; `None` for one of which that isn't known any more."""


async def find_message(database: Database, channel_id: int, message_id: int) -> PostMessage | None:
    """Return the last message of a post in its channel, by any of the post's messages there.

    `None` if the database doesn't know the message.
    """
    rows = await database.read(
        """
        SELECT coverage, last.message_id, plan ->> '$.language' AS language
        FROM deliveries
        JOIN parts AS given ON given.delivery_id = deliveries.id
        JOIN parts AS last ON last.delivery_id = deliveries.id
        WHERE deliveries.channel_id = :channel
            AND given.message_id = :message AND given.channel_id = :channel
            AND last.channel_id = :channel
        ORDER BY last.position DESC
        LIMIT 1
        """,
        {"channel": channel_id, "message": message_id},
    )
    return PostMessage(**rows[0]) if rows else None
