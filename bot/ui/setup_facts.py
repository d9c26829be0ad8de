"""What the set-up screen says about a schedule, line by line, and the options of any schedule."""

from dataclasses import dataclass

from bot.ui import limits
from bot.ui.markdown import escape
from config.texts import Texts
from storage.records import DEFAULT_CATCH_UP, ScheduleOptions

_WORDS_ROOM = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleNames:
    """What a reader calls some options of a schedule."""

    city: str | None
    """`None` while there is no time zone."""
    days: str
    language: str


def describe(options: ScheduleOptions, names: ScheduleNames, texts: Texts) -> list[str]:
    """Describe a schedule in two lines: what it posts where and when, and how."""
    channel = f"<#{options.channel_id}>" if options.channel_id else texts("setup-no-channel")
    what = texts(
        f"setup-what-{options.period}",
        channel=channel,
        count=options.count,
        days=names.days,
        time=texts.format_time(options.time),
        city=names.city or texts("setup-no-zone"),
    )
    style = [texts(f"setup-layout-{options.layout}"), names.language]
    return [f"**{what}**", " · ".join([*style, *describe_details(options, texts)])]


def describe_details(options: ScheduleOptions, texts: Texts, room: int = _WORDS_ROOM) -> list[str]:
    """Return a text for each further option that doesn't have its default value.

    Args:
        options: The options of a schedule.
        texts: In the reader's language.
        room: How many characters of a filter's words are shown.
    """

    def quote(words: str) -> str:
        return limits.shorten(escape(words), room)

    found = []
    if options.include:
        found.append(texts("setup-include", words=quote(options.include)))
    if options.exclude:
        found.append(texts("setup-exclude", words=quote(options.exclude)))
    if options.min_votes is not None:
        found.append(texts("setup-min-votes", votes=options.min_votes))
    if options.mention is not None:
        found.append(texts("setup-mention", role=str(options.mention)))
    if options.silent:
        found.append(texts("setup-silent"))
    if options.publish:
        found.append(texts("setup-publish"))
    if not options.refresh:
        found.append(texts("setup-no-refresh"))
    if options.catch_up != DEFAULT_CATCH_UP:
        found.append(texts("setup-catch-up", hours=options.catch_up))
    return found


def describe_notifications(
    *, mention: int | None, silent: bool, notifies_all: bool, texts: Texts
) -> str:
    """Describe whom a post notifies.

    Args:
        mention: The role that it pings.
        silent: Whether it is sent without a push notification.
        notifies_all: Whether the server notifies its members of all messages by default.
        texts: In the reader's language.
    """
    if silent:
        return texts("setup-notifies-silent")
    if mention is not None:
        key = "setup-notifies-all-role" if notifies_all else "setup-notifies-role"
        return texts(key, role=str(mention))
    return texts("setup-notifies-all" if notifies_all else "setup-notifies-mentions")
