"""Run a sandbox with a page for any bot: `python -m bot.sandbox`."""

import argparse
import asyncio
import signal
import sys

from bot.sandbox.page import Page, PageOptions
from bot.sandbox.rules.permissions import Permission
from bot.sandbox.server import Sandbox


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox",
        description="Run a Discord on this machine, with one guild and a page to use it.",
    )
    parser.add_argument(
        "--port", type=int, default=0, help="port of the API and the gateway (0: any free port)"
    )
    parser.add_argument(
        "--page-port", type=int, default=0, help="port of the page (0: any free port)"
    )
    parser.add_argument("--locale", default="en-US", help="language of the guild and its members")
    return parser.parse_args()


async def _serve(options: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    sandbox = Sandbox(port=options.port)
    guild = sandbox.add_guild("Sandbox", locale=options.locale)
    general = guild.add_channel("general")
    people = [
        guild.add_member("Admin", permissions=Permission.ADMINISTRATOR),
        guild.add_member("Member"),
    ]
    page = Page(sandbox, PageOptions(people=people, first=general), port=options.page_port)
    async with sandbox, page:
        sys.stdout.write(f"API      {sandbox.url}\nGateway  {sandbox.gateway_url}\n")
        sys.stdout.write(f"Token    {sandbox.token}\nPage     {page.url}\n")
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    asyncio.run(_serve(_options()))
