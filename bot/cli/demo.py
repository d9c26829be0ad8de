"""The command `demo`."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.exit_codes import run_and_exit
from bot.cli.options import choice_parser, choices, examples, number_parser

commands = typer.Typer(rich_markup_mode=None)


class Language(StrEnum):
    """A language that the bot has texts in."""

    ENGLISH = "en"
    KOREAN = "ko"


@commands.command(
    short_help="Show the bot at work, without account or token.",
    epilog=examples("demo", "demo --open", "demo --terminal", "demo --once"),
)
def demo(
    port: Annotated[
        int,
        typer.Option(
            parser=number_parser("--port", 0, 65_535),
            metavar="N",
            help="Of the page, on 127.0.0.1; 0 is a free one.",
        ),
    ] = 0,
    in_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    in_terminal: Annotated[
        bool, typer.Option("--terminal", help="Talk here instead of on a page.")
    ] = False,
    once: Annotated[
        bool, typer.Option("--once", help="Show a conversation here, without asking, and end.")
    ] = False,
    language: Annotated[
        Language,
        typer.Option(
            parser=choice_parser("--language", Language),
            metavar=choices(Language),
            help="What the server and the people in it speak.",
        ),
    ] = Language.ENGLISH,
) -> None:
    """Show the bot at work in a Discord on this machine: no account, no token, no network.

    It is served as a page, until Ctrl-C: open the address in a browser.
    """

    async def work() -> int:
        # Imported late: discord.py takes most of the time of `daily-papers --help` otherwise.
        from bot.cli.demo_process import show_in_terminal, show_page  # noqa: PLC0415 - start-up time

        if in_terminal or once:
            await show_in_terminal(language.value, is_interactive=not once)
        else:
            await show_page(language.value, port=port, in_browser=in_browser)
        return 0

    run_and_exit(work)
