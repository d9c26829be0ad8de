"""What a morning must bring to each channel, and what of it is there twice, missing or astray."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from stage import CATALOGUE

from bot.posts.drafts import Drafts, parts
from bot.posts.layouts import Place
from bot.posts.subjects import Subject
from bot.sandbox import Channel, ChannelType, Message
from bot.sandbox.model import MessageType
from bot.ui.actions import mark_of
from storage.database import Database
from storage.records import Digest, Schedule, Span

Said = tuple[str, str, str]
"""A message's mark, its content, and its embeds' texts."""
FORUMS = (ChannelType.FORUM, ChannelType.MEDIA)


@dataclass(slots=True)
class Tally:
    """What was found wrong, in messages."""

    duplicates: int = 0
    losses: int = 0
    disorders: int = 0
    """Places in which the messages stand in a wrong order."""
    strays: int = 0
    """Messages and threads that nobody has planned."""
    stuck: int = 0
    """Times at which it was calm, and yet not all was done."""
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether everything is as it must be."""
        return not (self.duplicates or self.losses or self.disorders or self.strays or self.stuck)

    def add(self, other: "Tally") -> None:
        """Count what another has found as well."""
        self.duplicates += other.duplicates
        self.losses += other.losses
        self.disorders += other.disorders
        self.strays += other.strays
        self.stuck += other.stuck
        self.notes += other.notes


@dataclass(frozen=True, slots=True)
class Post:
    """What one schedule must bring of a digest, in order."""

    schedule: Schedule
    name: str
    channel: Channel
    above: tuple[Said, ...]
    """In the channel itself."""
    below: tuple[Said, ...]
    """In the thread of the post."""


def _texts(embed: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    fields = [(each["name"], each["value"]) for each in embed.get("fields", ())]
    author, footer = embed.get("author", {}).get("name"), embed.get("footer", {}).get("text")
    return embed.get("title"), embed.get("url"), embed.get("description"), fields, author, footer


def _said(message: Message) -> Said:
    found = [
        mark
        for row in message.components
        for item in row.get("components", ())
        if (mark := mark_of(item.get("custom_id") or ""))
    ]
    return ("".join(sorted(set(found))), message.content, repr(list(map(_texts, message.embeds))))


async def expected(
    database: Database, schedule: Schedule, digest: Digest, channel: Channel, name: str
) -> Post:
    """Lay out what a schedule must bring of a digest."""
    drafts = Drafts(database, CATALOGUE)
    forum = channel.type in FORUMS
    selection = await drafts.select(schedule, Subject.of(Span.DAY, digest.date))
    draft = await drafts.draft(selection, schedule, forum=forum)
    planned = parts(draft, channel_id=schedule.channel_id, schedule_id=schedule.id, once_more="")
    said: list[list[Said]] = [[], []]
    for part, message in zip(planned, draft.messages, strict=True):
        embeds = repr([_texts(dict(embed.to_dict())) for embed in message.embeds])
        below = forum or (message.place is Place.THREAD and not channel.is_thread)
        said[below].append((part.nonce, message.content or "", embeds))
    return Post(schedule, name, channel, tuple(said[0]), tuple(said[1]))


def compare(posts: Sequence[Post]) -> Tally:
    """Compare what must be there with what is there."""
    tally = Tally()
    by_channel: dict[int, list[Post]] = {}
    for post in posts:
        by_channel.setdefault(post.channel.id, []).append(post)
    for together in by_channel.values():
        channel, name = together[0].channel, together[0].name
        wanted = [said for post in together for said in post.above]
        there = [m for m in channel.messages if m.type is MessageType.DEFAULT]
        _compare(tally, name, wanted, [_said(message) for message in there])
        _compare_threads(tally, together, there)
    return tally


def _compare_threads(tally: Tally, together: list[Post], there: list[Message]) -> None:
    channel = together[0].channel
    assert channel.guild is not None
    threads = [each for each in channel.guild.threads.values() if each.parent is channel]
    for post in together:
        own, name = [], f"{post.name}, thread"
        for thread in list(threads):
            first = (
                thread.messages[0]
                if channel.type in FORUMS and thread.messages
                else next((m for m in there if m.id == thread.id), None)
            )
            begins = post.below[0] if channel.type in FORUMS else (post.above or ((),))[0]
            if first is not None and post.below and _said(first) == begins:
                own.append(thread)
                threads.remove(thread)
        messages = [_said(message) for thread in own for message in thread.messages]
        _compare(tally, name, post.below, messages)
        if len(own) > 1 and not tally.duplicates:
            tally.strays += len(own) - 1
            tally.notes.append(f"{name}: {len(own)} threads")
    tally.strays += len(threads)
    if threads:
        tally.notes.append(f"{together[0].name}: {len(threads)} threads too many")


def _compare(tally: Tally, name: str, wanted: Sequence[Said], there: Sequence[Said]) -> None:
    asked, found = Counter(wanted), Counter(there)
    twice = sum(max(found[said] - number, 0) for said, number in asked.items())
    missing = sum((asked - found).values())
    strays = sum(number for said, number in found.items() if said not in asked)
    firsts = list(dict.fromkeys(said for said in there if said in asked))
    is_ordered = firsts == [said for said in wanted if said in found]
    tally.duplicates += twice
    tally.losses += missing
    tally.strays += strays
    tally.disorders += not is_ordered
    if twice or missing or strays or not is_ordered:
        places = [wanted.index(said) + 1 if said in asked else "?" for said in there]
        tally.notes.append(f"{name}: {len(wanted)} wanted, there are {places}")
