"""Rendering of what is stored about a person: a summary, a file, and questions before deletion."""

import gzip
import io
import json
from collections.abc import Mapping
from typing import Any, Final

import discord

from bot.ui import actions, limits
from bot.ui.markdown import escape
from config.texts import Texts
from storage.records import PersonalSummary

FILE_NAME: Final = "daily-papers-my-data.json"
FILE_BYTES: Final = 8 * 1024 * 1024
"""The most bytes of a file that isn't compressed; below Discord's limit for files of bots."""
_CHANNELS: Final = 10
"""How many channels are named."""


def render_summary(summary: PersonalSummary, texts: Texts) -> str:
    """Return in words what is stored about a person."""
    if summary.is_empty:
        return "\n".join((texts("mydata-nothing"), texts("mydata-never")))
    lines = [texts("mydata-title")]
    if summary.saved:
        lines.append(texts("mydata-saved", count=summary.saved, notes=summary.notes))
    if summary.channels:
        channels = _channels(summary.channels, texts)
        lines.append(texts("mydata-schedules", count=len(summary.channels), channels=channels))
    if summary.changes:
        lines.append(texts("mydata-changes", count=summary.changes))
    if summary.reports:
        lines.append(texts("mydata-reports", count=summary.reports))
    if summary.drafts:
        lines.append(texts("mydata-drafts", count=summary.drafts))
    lines += [texts("mydata-never"), texts("mydata-next")]
    return limits.cut("\n".join(lines), limits.CONTENT)


def _channels(channel_ids: tuple[int, ...], texts: Texts) -> str:
    different = list(dict.fromkeys(channel_ids))
    named = ", ".join(f"<#{each}>" for each in different[:_CHANNELS])
    more = len(different) - _CHANNELS
    return named if more <= 0 else texts("mydata-schedules-more", channels=named, count=more)


def export_file(data: Mapping[str, Any], *, most: int = FILE_BYTES) -> discord.File:
    """Return an export as a file, compressed with gzip if it has more than so many bytes."""
    content = json.dumps(data, ensure_ascii=False, indent=2).encode(errors="replace")
    if len(content) <= most:
        return discord.File(io.BytesIO(content), FILE_NAME)
    return discord.File(io.BytesIO(gzip.compress(content)), f"{FILE_NAME}.gz")


def render_question(summary: PersonalSummary, texts: Texts) -> tuple[str, actions.StaticView]:
    """Return the question whether all that is stored about a person shall be deleted."""
    lines = [texts("mydata-ask")]
    if summary.channels:
        lines.append(texts("mydata-ask-schedules"))
    lines.append(texts("mydata-ask-backups"))
    return "\n".join(lines), _buttons("forget", texts)


def render_server_question(
    name: str, schedules: int, texts: Texts
) -> tuple[str, actions.StaticView]:
    """Return the question whether all that is stored about a server shall be deleted.

    Args:
        name: Of the server.
        schedules: How many it has.
        texts: In the language of the server's owner.
    """
    lines = [
        texts("mydata-server-ask", server=escape(name)),
        texts("mydata-server-schedules", count=schedules),
        texts("mydata-ask-backups"),
    ]
    return "\n".join(lines), _buttons("server", texts)


def _buttons(action: str, texts: Texts) -> actions.StaticView:
    return actions.StaticView(
        discord.ui.Button(
            label=texts("mydata-button-forget"),
            custom_id=actions.my_data(action),
            style=discord.ButtonStyle.danger,
        ),
        discord.ui.Button(label=texts("mydata-button-cancel"), custom_id=actions.cancel()),
    )
