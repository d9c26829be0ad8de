"""Selections of made-up papers, and what tests ask of messages of posts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import discord
from catalogue import CATALOGUE

from bot.posting.coverage import Coverage
from bot.posting.layout import PostOptions, render
from bot.posting.selection import Selection
from bot.ui import actions, limits
from bot.ui.messages import Message, to_items
from config.texts import Texts
from storage.records import (
    Frequency,
    Layout,
    ListedPaper,
    Paper,
    ScheduleSettings,
    Section,
)

EN, KO = (CATALOGUE.for_locale(language) for language in ("en", "ko"))
DAY = date(2025, 2, 21)
READ_AT = datetime(2025, 2, 21, 22, tzinfo=UTC)
TODAY = Coverage.of(Frequency.DAY, DAY)
CARDS = PostOptions(layout=Layout.CARDS, language="en")
BRIEF = replace(CARDS, layout=Layout.BRIEF)
THREAD = replace(CARDS, layout=Layout.THREAD)
MARK_LENGTH = 12


def papers(count: int) -> tuple[ListedPaper, ...]:
    return tuple(
        ListedPaper(
            Paper(
                f"2502.{rank:05}",
                f"Paper {rank}",
                100 - rank,
                (),
                None,
                (Section("What's New", f"Sentence {rank} is here. Another is not."),),
            ),
            DAY,
            rank,
            READ_AT,
        )
        for rank in range(1, count + 1)
    )


def selection(shown: int, total: int) -> Selection:
    return Selection(TODAY, papers(shown), total, READ_AT)


def components(message: Message, mark: str = "d1.1") -> list[dict[str, Any]]:
    return [dict(item.to_component_dict()) for item in to_items(message.rows, mark)]


def messages_of(
    selection: Selection, options: PostOptions, texts: Texts, *, forum: bool = False
) -> tuple[Message, ...]:
    selection, messages = render(selection, replace(options, is_forum=forum), texts)
    return messages


def following(shown: int, total: int) -> Selection:
    """Return a selection with the next papers of its day."""
    return replace(selection(shown, total), following=papers(total)[shown:])


def without_components(message: Message) -> str:
    """Return all that a reader sees of a copy in another server, which has no menu or button."""
    parts = [message.content or ""]
    for embed in message.embeds:
        texts = (embed.author.name, embed.title, embed.description, embed.footer.text)
        fields = (text for field in embed.fields for text in (field.name, field.value))
        parts += [text for text in (*texts, *fields) if text]
    return "\n".join(parts)


def schedule_settings() -> ScheduleSettings:
    return ScheduleSettings(channel_id=1, language="en", timezone="UTC")


def named(titles: tuple[str, ...]) -> Selection:
    chosen = tuple(
        replace(each, paper=replace(each.paper, title=title))
        for each, title in zip(papers(len(titles)), titles, strict=True)
    )
    return Selection(TODAY, chosen, 30, READ_AT)


def assert_sendable(message: Message, mark: str) -> None:
    assert limits.length(message.content or "") <= limits.CONTENT
    assert limits.length(message.thread_name or "") <= limits.THREAD_NAME
    assert len(message.embeds) <= limits.EMBEDS
    assert sum(map(limits.embed_length, message.embeds)) <= limits.EMBEDS_TEXT
    for embed in message.embeds:
        assert limits.length(embed.description or "") <= limits.EMBED_DESCRIPTION
        assert isinstance(embed, discord.Embed)
    parts = components(message, mark)
    ids = [part["custom_id"] for part in parts]
    assert len(ids) == len(set(ids))
    assert all(limits.length(custom_id) <= limits.CUSTOM_ID for custom_id in ids)
    assert {actions.mark_of(custom_id) for custom_id in ids} == {mark}
    for part in parts:
        assert limits.length(part.get("label", "")) <= limits.BUTTON_LABEL
        assert limits.length(part.get("placeholder", "")) <= limits.PLACEHOLDER
        assert 1 <= len(part.get("options", "x")) <= limits.SELECT_OPTIONS
        for option in part.get("options", ()):
            assert 1 <= limits.length(option["label"]) <= limits.OPTION_TEXT
            assert limits.length(option["description"]) <= limits.OPTION_TEXT
            assert 1 <= limits.length(option["value"]) <= limits.OPTION_TEXT
