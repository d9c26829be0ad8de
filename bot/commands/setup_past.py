"""The line of the set-up screen that says what a schedule would have posted lately."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.commands.no_papers import no_papers_key
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.posting import past, past_matches
from bot.posting.setup_draft import Draft
from config.texts import Texts
from storage import list_counts
from storage.records import ScheduleSettings


async def past_lines(draft: Draft, interaction: Interaction, services: Services) -> list[str]:
    """Return what the schedule of a draft would have posted lately; cached per content version."""
    texts = services.texts(interaction)
    if (key := await no_papers_key(services, interaction)) is not None:
        return [texts(key)]
    settings = draft.assumed_settings()
    today = services.posting.now().astimezone(ZoneInfo(settings.timezone)).date()
    if draft.is_filtered:
        return await _matches_lines(settings, today, services, texts)
    since = today - timedelta(days=past.DAYS)
    lists = await services.cache.get(
        ("past lists", since), lambda: list_counts.per_day(services.database, since=since)
    )
    if not lists:
        return [texts("setup-past-none", days=past.DAYS)]
    few = [texts("setup-past-few", days=len(lists))] if len(lists) < past.FEW else []
    found = past.past_posts(settings, lists, today=today)
    line = texts("setup-past", days=past.DAYS, posts=found.posts, papers=round(found.papers, 1))
    return [" ".join([line, *few])]


async def _matches_lines(
    settings: ScheduleSettings, today: date, services: Services, texts: Texts
) -> list[str]:
    found = await past_matches.count(services.database, services.cache, settings, today=today)
    if not found.days:  # one day has more papers than can be looked at
        return []
    if not found.lists:
        return [texts("setup-past-none", days=found.days)]
    is_few = found.lists < past.FEW and found.days == past_matches.DAYS
    few = [texts("setup-past-few", days=found.lists)] if is_few else []
    line = texts(
        "setup-past-keywords", days=found.days, papers=found.papers, on=found.days_with_papers
    )
    return [" ".join([line, *few])]
