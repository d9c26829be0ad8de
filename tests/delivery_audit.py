"""Compares what each channel must have got with what is there, and with what the database says."""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeAlias

from catalogue import CATALOGUE
from unrenderable import TITLE

from bot.posting.coverage import Coverage
from bot.posting.layout import PostOptions
from bot.posting.planner import Planner
from bot.posting.settings import PostingSettings
from bot.sandbox import Channel, ChannelType, Message
from bot.sandbox.model import MessageFlag, MessageType
from bot.ui.actions import mark_of
from bot.ui.messages import Target
from storage.database import Database
from storage.records import Frequency, Schedule, ScheduleSettings

Text: TypeAlias = tuple[str, str]
"""A message's content, and the texts of its embeds."""
FORUMS: Final = (ChannelType.FORUM, ChannelType.MEDIA)


@dataclass(slots=True)
class AuditReport:
    """What was found wrong, in messages."""

    duplicates: int = 0
    losses: int = 0
    disorders: int = 0
    """Places in which messages are in a wrong order, or two posts are mixed."""
    strays: int = 0
    """Messages and threads that nobody has planned, or that the database doesn't know."""
    stuck: int = 0
    """Times at which everything worked again, and yet not all was sent."""
    unknown: int = 0
    """Missing messages of which the bot could not tell whether they were sent: it may not read the
    channel, so it rather loses one than sends it twice. No fault."""
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether everything is as it must be."""
        return not (self.duplicates or self.losses or self.disorders or self.strays or self.stuck)

    def add(self, other: "AuditReport") -> None:
        """Add what another report has found."""
        self.duplicates += other.duplicates
        self.losses += other.losses
        self.disorders += other.disorders
        self.strays += other.strays
        self.stuck += other.stuck
        self.unknown += other.unknown
        self.notes += other.notes


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which a post may come; an edited schedule has several."""

    channel: Channel
    above: tuple[Text, ...]
    """The messages in the channel itself."""
    below: tuple[Text, ...]
    """The messages in the thread of the post."""

    def found(self) -> int:
        """Return how many of its messages are there."""
        texts = [_text(message) for message in self.channel.messages]
        threads = _threads_of(self.channel)
        below = [_text(message) for thread in threads for message in thread.messages]
        return sum((Counter(texts) & Counter(self.above)).values()) + sum(
            (Counter(below) & Counter(self.below)).values()
        )


@dataclass(slots=True)
class ExpectedPost:
    """What one schedule must post of a digest."""

    schedule: Schedule
    name: str
    can_read: bool
    """Whether the bot may read the history of the channel."""
    variants: list[Variant]

    def variant(self, skipped: Mapping[int, set[int]]) -> Variant:
        """Return the variant that was posted.

        If no message of any is there, it is one of as many messages as were skipped, or the first.

        Args:
            skipped: As in `audit`.
        """
        count = len(skipped.get(self.schedule.id, ()))
        return max(
            self.variants,
            key=lambda each: (each.found(), len(each.above) + len(each.below) == count),
        )


def _embed_texts(embed: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    fields = [(each["name"], each["value"]) for each in embed.get("fields", ())]
    author, footer = embed.get("author", {}).get("name"), embed.get("footer", {}).get("text")
    return embed.get("title"), embed.get("url"), embed.get("description"), fields, author, footer


def _text(message: Message) -> Text:
    return (message.content, repr(list(map(_embed_texts, message.embeds))))


def _marks(message: Message) -> set[str]:
    return {
        mark
        for row in message.components
        for item in row.get("components", ())
        if (mark := mark_of(item.get("custom_id") or ""))
    }


def _threads_of(channel: Channel) -> list[Channel]:
    assert channel.guild is not None
    return [each for each in channel.guild.threads.values() if each.parent is channel]


async def expected_variant(
    database: Database, settings: ScheduleSettings, day: date, channel: Channel
) -> Variant:
    """Return what a schedule with these settings must post of a stored digest.

    A paper of `unrenderable.py` is left out, as the bot leaves it out.
    """
    planner = Planner(
        database, CATALOGUE, settings=PostingSettings(), now=lambda: datetime.now(UTC)
    )
    is_forum = channel.type in FORUMS
    selection = await planner.select(settings, Coverage.of(Frequency.DAY, day))
    papers = tuple(each for each in selection.papers if each.paper.title != TITLE)
    selection = replace(selection, papers=papers)
    post = await planner.render(selection, PostOptions.of(settings, is_forum=is_forum))
    texts: list[list[Text]] = [[], []]
    for message in post.messages:
        embeds = repr([_embed_texts(dict(embed.to_dict())) for embed in message.embeds])
        below = is_forum or (message.target is Target.THREAD and not channel.is_thread)
        texts[below].append((message.content or "", embeds))
    return Variant(channel, tuple(texts[0]), tuple(texts[1]))


class Ledger:
    """What the database says of the deliveries."""

    def __init__(self, path: Path) -> None:
        """Read it; a locked database is an `sqlite3.OperationalError`."""
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            self.parts = connection.execute(
                "SELECT schedule_id, position, mark, state, parts.channel_id, message_id,"
                " published_at FROM parts JOIN deliveries ON deliveries.id = delivery_id"
            ).fetchall()
            ((self.open,),) = connection.execute(
                "SELECT (SELECT count(*) FROM deliveries WHERE completed_at IS NULL)"
                " + (SELECT count(*) FROM jobs WHERE kind = 'publish')"
            )

    @property
    def skipped(self) -> dict[int, set[int]]:
        """Positions of the parts that are not sent any more, by schedule."""
        found: dict[int, set[int]] = {}
        for schedule, position, _, state, *_ in self.parts:
            if state == "skipped":
                found.setdefault(schedule, set()).add(position)
        return found


def audit(
    posts: Sequence[ExpectedPost],
    skipped: Mapping[int, set[int]] | None = None,
    *,
    may_mix: bool = False,
) -> AuditReport:
    """Compare what must be in the channels with what is there.

    Args:
        posts: All that must be there.
        skipped: Positions of parts that the database has as not sent, by schedule. Where the bot
            can't read the channel, those may be missing.
        may_mix: Whether messages of two posts may alternate, since a job that failed internally
            lets the others of its channel go first.
    """
    report = AuditReport()
    skipped = skipped or {}
    chosen = [(post, post.variant(skipped)) for post in posts]
    channels = {each.channel.id: each.channel for post in posts for each in post.variants}
    for channel in channels.values():
        here = [(post, variant) for post, variant in chosen if variant.channel is channel]
        _audit_channel(report, channel, here, skipped, may_mix=may_mix)
    return report


def _optional(
    post: ExpectedPost, variant: Variant, skipped: Mapping[int, set[int]]
) -> frozenset[Text]:
    """Return the messages that may be missing."""
    if post.can_read:
        return frozenset()
    texts = (*variant.above, *variant.below)
    # In every layout the messages in the channel come before those in the thread.
    positions = skipped.get(post.schedule.id, set())
    return frozenset(texts[each - 1] for each in positions if each <= len(texts))


def _audit_channel(
    report: AuditReport,
    channel: Channel,
    posts: list[tuple[ExpectedPost, Variant]],
    skipped: Mapping[int, set[int]],
    *,
    may_mix: bool,
) -> None:
    messages = [each for each in channel.messages if each.type is MessageType.DEFAULT]
    there = [_text(each) for each in messages]
    threads = _threads_of(channel)
    owners = {text: number for number, (_, each) in enumerate(posts) for text in each.above}
    for number, (post, variant) in enumerate(posts):
        optional = _optional(post, variant, skipped)
        own = [text for text in there if owners.get(text) == number]
        _compare(report, post.name, variant.above, own, optional)
        own_threads = _take_threads(variant, messages, threads)
        below = [_text(message) for thread in own_threads for message in thread.messages]
        _compare(report, f"{post.name}, thread", variant.below, below, optional)
        if len(own_threads) > 1 and not report.duplicates:
            report.strays += len(own_threads) - 1
            report.notes.append(f"{post.name}: {len(own_threads)} threads")
        if post.schedule.settings.publish and channel.type is ChannelType.ANNOUNCEMENT:
            unpublished = [
                each
                for each in messages
                if owners.get(_text(each)) == number
                and not each.flags & MessageFlag.CROSSPOSTED
                # The bot can't publish what it could not find again.
                and _text(each) not in optional
            ]
            if unpublished:
                report.losses += len(unpublished)
                report.notes.append(f"{post.name}: {len(unpublished)} messages not published")
    runs = [owners[text] for text in there if text in owners]
    changes = sum(one != other for one, other in pairwise(runs))
    if not may_mix and changes >= max(len(set(runs)), 1):
        report.disorders += 1
        report.notes.append(f"#{channel.name}: posts are mixed: {runs}")
    strays = sum(text not in owners for text in there) + len(threads)
    if strays:
        report.strays += strays
        report.notes.append(
            f"#{channel.name}: {strays} messages or threads that nobody has planned"
        )


def _take_threads(
    variant: Variant, messages: list[Message], threads: list[Channel]
) -> list[Channel]:
    """Return the threads of a post, and take them out of the list of threads."""
    is_forum = variant.channel.type in FORUMS
    begins = variant.below[:1] if is_forum else variant.above[:1]
    own = []
    for thread in list(threads):
        first = next(
            (each for each in (thread.messages if is_forum else messages) if each.id == thread.id),
            None,
        )
        if first is not None and variant.below and (_text(first),) == begins:
            own.append(thread)
            threads.remove(thread)
    return own


def _compare(
    report: AuditReport,
    name: str,
    wanted: Sequence[Text],
    there: Sequence[Text],
    optional: frozenset[Text],
) -> None:
    expected, found = Counter(wanted), Counter(there)
    duplicates = sum(max(found[text] - number, 0) for text, number in expected.items())
    absent = expected - found
    missing = sum(number for text, number in absent.items() if text not in optional)
    strays = sum(number for text, number in found.items() if text not in expected)
    firsts = list(dict.fromkeys(text for text in there if text in expected))
    is_ordered = firsts == [text for text in wanted if text in found]
    report.duplicates += duplicates
    report.losses += missing
    report.unknown += sum(absent.values()) - missing
    report.strays += strays
    report.disorders += not is_ordered
    if duplicates or missing or strays or not is_ordered:
        places = [wanted.index(text) + 1 if text in expected else "?" for text in there]
        report.notes.append(f"{name}: {len(wanted)} wanted, there are {places}")


def audit_ledger(posts: Sequence[ExpectedPost], ledger: Ledger) -> AuditReport:
    """Compare the messages in the channels with those that the database has as sent."""
    report = AuditReport()
    there: dict[str, list[Message]] = {}
    for channel in {each.channel.id: each.channel for p in posts for each in p.variants}.values():
        for where in (channel, *_threads_of(channel)):
            for message in where.messages:
                for mark in _marks(message):
                    there.setdefault(mark, []).append(message)
    for schedule, position, mark, state, channel_id, message_id, _ in ledger.parts:
        found = there.pop(mark, [])
        name = f"schedule {schedule}, part {position}"
        if len(found) > 1:
            report.duplicates += len(found) - 1
            report.notes.append(f"{name}: {len(found)} messages with its mark")
        places = [(each.channel.id, each.id) for each in found]
        if state == "sent" and (channel_id, message_id) not in places:
            report.strays += 1
            report.notes.append(f"{name}: the database has message {message_id}, which is gone")
        if state == "planned":
            report.strays += 1
            report.notes.append(f"{name}: still planned in the database")
    if there:
        report.strays += len(there)
        report.notes.append(f"{len(there)} messages with marks that the database doesn't know")
    return report
