"""The command `write`."""

from typing import Annotated

import typer

from bot.cli.execution import run_command
from bot.cli.exit_codes import USAGE_ERROR, CommandError
from bot.cli.options import examples
from bot.cli.usage import Command
from config.settings import Settings
from config.validators import check_language
from storage.records import arxiv_id_in

commands = typer.Typer(rich_markup_mode=None)


@commands.command(
    "write",
    cls=Command,
    short_help="Write a paper's summary with the language model.",
    epilog=examples(
        "write 2502.14499", "write 2502.14499 --language en", "write 2502.14499 --dry-run"
    ),
)
def write_paper(
    context: typer.Context,
    paper_id: Annotated[
        str, typer.Argument(metavar="ID", help="arXiv ID, or an arXiv or Hugging Face link.")
    ],
    language: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="Language to write in. [default: the first one of the settings]"
        ),
    ] = None,
    is_dry_run: Annotated[bool, typer.Option("--dry-run", help="Store nothing.")] = False,
) -> None:
    """Write the summary of one paper with the language model of the settings, and print it.

    Below each sentence stands the passage of the paper that it rests on. Sentences that the paper
    doesn't support are left out, and named on stderr. The daily limits don't apply.
    """

    async def work(settings: Settings) -> int:
        arxiv_id = arxiv_id_in(paper_id)
        if arxiv_id is None:
            raise CommandError(
                f"“{paper_id}” has no arXiv ID. Enter one such as 2502.14499, or a link.",
                status=USAGE_ERROR,
            )
        # Imported late: aiohttp takes most of the time of `daily-papers write --help` otherwise.
        from bot.cli.write_process import WriteOptions, write_text  # noqa: PLC0415 - start-up time

        options = WriteOptions(arxiv_id, _language(language), is_dry_run=is_dry_run)
        return await write_text(settings, options)

    run_command(context, work)


def _language(code: str | None) -> str | None:
    if code is None:
        return None
    try:
        return check_language(code)
    except ValueError as error:
        raise CommandError(f"--language: choose {error}.", status=USAGE_ERROR) from error
