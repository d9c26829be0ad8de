"""The command `demo`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.exit_codes import run_and_exit
from bot.cli.options import OptionError, choice_parser, choices, examples, number_parser
from bot.cli.usage import Command

commands = typer.Typer(rich_markup_mode=None)


class Language(StrEnum):
    """A language that the bot has texts in."""

    ENGLISH = "en"
    KOREAN = "ko"


@commands.command(
    cls=Command,
    short_help="Try the bot without an account or a token.",
    epilog=examples(
        "demo", "demo --open", "demo --terminal", "demo --once", "demo --digests digests"
    ),
)
def demo(  # noqa: PLR0913, PLR0917 - one per option
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
    ready: Annotated[
        bool, typer.Option("--ready", help="Begin with a schedule in #papers, already set up.")
    ] = False,
    empty: Annotated[bool, typer.Option("--empty", help="Begin without papers.")] = False,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--digests", metavar="FOLDER", help="Use your own digests instead of the sample."
        ),
    ] = None,
) -> None:
    """Try the bot in a local copy of Discord: no account, no token, no network.

    It runs as a web page until Ctrl-C: open the printed address in a browser. It begins as a server
    does that has just added the bot.
    """
    if empty and (ready or folder is not None):
        other = "--ready" if ready else "--digests"
        raise OptionError(f"--empty: leave out {other}.")
    if folder is not None and not folder.is_dir():
        raise OptionError(f"--digests: there is no folder {folder}.")

    async def work() -> int:
        # Imported late: discord.py takes most of the time of `daily-papers --help` otherwise.
        from bot.cli.demo_process import (  # noqa: PLC0415 - start-up time
            DemoOptions,
            show_in_terminal,
            show_page,
        )

        options = DemoOptions(language.value, is_ready=ready, is_empty=empty, digests=folder)
        if in_terminal or once:
            await show_in_terminal(options, is_interactive=not once)
        else:
            await show_page(options, port=port, in_browser=in_browser)
        return 0

    run_and_exit(work)
