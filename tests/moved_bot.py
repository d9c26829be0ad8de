"""The bot as `daily-papers run` has it, but in a time that is ahead, and not as patient.

    python moved_bot.py SECONDS_AHEAD LEASE_SECONDS PATIENCE_SECONDS BUSY_SECONDS

Where it connects to and which database it uses are said as for `run`, by DAILY_PAPERS_….
"""

import asyncio
import signal
import sys
from datetime import timedelta

from unrenderable import unrenderable

from bot.client import DailyPapers
from bot.discord_endpoint import point_at
from bot.posts import deliver
from bot.posts.clock import Clock
from bot.posts.worker import Rules
from config.logs import configure_logging
from config.settings import load_settings
from config.texts import Catalogue
from storage.database import Database


async def main() -> None:
    """Run until it is ended."""
    ahead, lease, patience, busy = map(float, sys.argv[1:])
    # No mock: the same waits, in proportion to how slow answers are here.
    deliver.PATIENCE = patience  # type: ignore[misc]
    deliver.SETTLING = 2 * patience  # type: ignore[misc]
    settings = load_settings(None, {})
    configure_logging(settings.log_level, settings.token)
    assert settings.token is not None
    clock = Clock()
    clock.ahead = timedelta(seconds=ahead)
    rules = Rules(lease=timedelta(seconds=lease))
    async with await Database.open(settings.database, busy_timeout=busy) as database:
        await point_at(settings.discord_url)
        bot = DailyPapers(database=database, catalogue=Catalogue.load(), clock=clock, rules=rules)
        ending: list[asyncio.Task[None]] = []
        asyncio.get_running_loop().add_signal_handler(
            signal.SIGTERM, lambda: ending.append(asyncio.create_task(bot.close()))
        )
        async with bot:
            await bot.start(settings.token.get_secret_value())
            await asyncio.gather(*ending)


if __name__ == "__main__":
    with unrenderable():
        asyncio.run(main())
