"""What the set-up screen says about a schedule, line by line."""

from dataclasses import dataclass

from bot.ui import limits
from bot.ui.markdown import escape
from config.texts import Texts
from storage.records import Frequency, Layout

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

    def quote(words: str) -> str:
        return limits.shorten(escape(words), _WORDS_ROOM)

    found = [texts(f"setup-layout-{planned.layout}"), planned.language]
    if planned.include:
        found.append(texts("setup-include", words=quote(planned.include)))
    if planned.exclude:
        found.append(texts("setup-exclude", words=quote(planned.exclude)))
    if planned.min_votes is not None:
        found.append(texts("setup-min-votes", votes=planned.min_votes))
    if planned.mention is not None:
        found.append(texts("setup-mention", role=str(planned.mention)))
    if planned.silent:
        found.append(texts("setup-silent"))
    if planned.publish:
        found.append(texts("setup-publish"))
    if not planned.refresh:
        found.append(texts("setup-no-refresh"))
    if planned.catch_up != _DEFAULT_HOURS:
        found.append(texts("setup-catch-up", hours=planned.catch_up))
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
        return texts("setup-notifies-role", role=str(mention))
    return texts("setup-notifies-all" if notifies_all else "setup-notifies-mentions")
