"""What the set-up screen says about a schedule, line by line, and the options of any schedule."""

from dataclasses import dataclass

from bot.ui import limits
from bot.ui.markdown import escape
from config.texts import Texts
from storage.records import Frequency, Layout, ScheduleSettings

_WORDS_ROOM = 300
_DEFAULT_HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSchedule:
    """A schedule, complete or not, with the names that a reader knows."""

    channel_id: int | None
    time: str
    city: str | None
    """`None` while there is no time zone."""
    days: str
    period: Frequency
    count: int
    layout: Layout
    language: str
    include: str = ""
    exclude: str = ""
    min_votes: int | None = None
    mention: int | None = None
    silent: bool = False
    publish: bool = False
    refresh: bool = True
    catch_up: int = _DEFAULT_HOURS


def describe(planned: PlannedSchedule, texts: Texts) -> list[str]:
    """Describe a schedule in two lines: what it posts where and when, and how."""
    channel = f"<#{planned.channel_id}>" if planned.channel_id else texts("setup-no-channel")
    what = texts(
        f"setup-what-{planned.period}",
        channel=channel,
        count=planned.count,
        days=planned.days,
        time=planned.time,
        city=planned.city or texts("setup-no-zone"),
    )
    return [f"**{what}**", " · ".join(describe_options(planned, texts))]


def describe_options(planned: PlannedSchedule, texts: Texts) -> list[str]:
    """Return the style, the language, and what differs from the defaults."""
    details = describe_details(planned, texts)
    return [texts(f"setup-layout-{planned.layout}"), planned.language, *details]


def describe_details(
    options: PlannedSchedule | ScheduleSettings, texts: Texts, room: int = _WORDS_ROOM
) -> list[str]:
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
    if options.catch_up != _DEFAULT_HOURS:
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
