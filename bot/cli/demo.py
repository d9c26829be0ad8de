"""The command `demo`."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.exit_codes import run_and_exit
from bot.cli.options import choice_parser, choices, examples, number_parser
from bot.cli.usage import Command

commands = typer.Typer(rich_markup_mode=None)


class Language(StrEnum):
    """A language that the bot has texts in."""

    ENGLISH = "en"
    KOREAN = "ko"


@commands.command(
    cls=Command,
    short_help="Try the bot without an account or a token.",
    epilog=examples("demo", "demo --open", "demo --terminal", "demo --once"),
)
def demo(
    port: Annotated[
        int,
        typer.Option(
            parser=number_parser("--port", 0, 65_535),
            metavar="N",
            help="Port of the demo page on 127.0.0.1 (0: any free port).",
        ),
    ] = 0,
    in_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    in_terminal: Annotated[
        bool, typer.Option("--terminal", help="Use the terminal instead of a web page.")
    ] = False,
    once: Annotated[
        bool, typer.Option("--once", help="Print a sample conversation and exit.")
    ] = False,
    language: Annotated[
        Language,
        typer.Option(
            parser=choice_parser("--language", Language),
            metavar=choices(Language),
            help="Language of the server and its members.",
        ),
    ] = Language.ENGLISH,
) -> None:
    """Try the bot in a local copy of Discord: no account, no token, no network.

    It runs as a web page until Ctrl-C: open the printed address in a browser.
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
