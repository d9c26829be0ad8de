"""Digest and schedule in, messages out: pure, and within Discord's limits."""

import hashlib
import json
from dataclasses import dataclass

import discord

from bot.ui import limits
from bot.ui.papers import card
from config.texts import Texts
from storage.records import ListedDigest, ListedPaper, PlannedPart

_CARDS_A_MESSAGE = 5
_AUTHORS_ROOM = 150


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a post, as it is to be sent."""

    content: str | None
    embeds: tuple[discord.Embed, ...]


def plan(digest: ListedDigest, *, count: int, texts: Texts) -> tuple[Message, ...]:
    """Lay out the `count` most voted papers of a digest: a heading and an embed a paper.

    Five papers share a message and its 6,000 characters, so that each is short enough to be read
    over coffee; the heading is the first message's content.
    """
    papers = most_voted(digest, count)
    room = limits.EMBEDS_TEXT // _CARDS_A_MESSAGE
    embeds = [card(p, texts, room=room, authors_room=_AUTHORS_ROOM).embed for p in papers]
    batches = [
        tuple(embeds[start : start + _CARDS_A_MESSAGE])
        for start in range(0, len(embeds), _CARDS_A_MESSAGE)
    ]
    heading = _heading(digest, len(papers), texts)
    return tuple(
        Message(None if number else heading, batch) for number, batch in enumerate(batches or [()])
    )


def most_voted(digest: ListedDigest, count: int) -> tuple[ListedPaper, ...]:
    """Return the papers with the most votes, ties by rank, unknown votes last."""

    def key(listed: ListedPaper) -> tuple[bool, int, int]:
        votes = listed.paper.votes
        return (votes is None, -(votes or 0), listed.rank)

    return tuple(sorted(digest.papers, key=key)[:count])


def _heading(digest: ListedDigest, shown: int, texts: Texts) -> str:
    summary = (
        texts("post-summary-unknown", total=len(digest.papers), count=shown)
        if digest.votes_read_at is None
        else texts(
            "post-summary",
            total=len(digest.papers),
            count=shown,
            stamp=discord.utils.format_dt(digest.votes_read_at, "f"),
        )
    )
    return f"## {texts('post-title', day=digest.date)}\n{summary}"


def parts(
    messages: tuple[Message, ...], *, channel_id: int, subject: str
) -> tuple[PlannedPart, ...]:
    """Return the ledger's entries for messages: a hash of each, and its nonce.

    The nonce is made of the channel, the subject (what the post is of) and the part, so each try
    to send a part carries the same one and Discord can tell it is a repetition.
    """
    planned = []
    for number, message in enumerate(messages, start=1):
        embeds = [embed.to_dict() for embed in message.embeds]
        shown = json.dumps([message.content, embeds], sort_keys=True).encode()
        name = f"{channel_id}/{subject}/{number}".encode()
        planned.append(
            PlannedPart(
                part=number,
                content_hash=hashlib.sha256(shown).hexdigest(),
                nonce=hashlib.sha256(name).hexdigest()[: limits.NONCE],
            )
        )
    return tuple(planned)
