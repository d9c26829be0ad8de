"""The command `similar`."""

from contextlib import suppress
from typing import Annotated

import typer

from bot.cli import output
from bot.cli.execution import existing_database, run_command
from bot.cli.exit_codes import CommandError
from bot.cli.lookup import Json
from bot.cli.options import examples, number_parser
from bot.cli.paper_ids import find_paper, read_id
from bot.cli.search import complete_index
from bot.cli.streams import print_lines
from bot.cli.usage import Command
from bot.semantic.opening import connect_meanings, model_of
from config.settings import Settings
from storage import similar
from storage.errors import StorageError

commands = typer.Typer(rich_markup_mode=None)


@commands.command(
    "similar",
    cls=Command,
    epilog=examples("similar 2502.14499", "similar 2502.14499 --count 20 --json"),
)
def similar_papers(
    context: typer.Context,
    paper_id: Annotated[
        str, typer.Argument(metavar="ID", help="arXiv ID, or an arXiv or Hugging Face link.")
    ],
    count: Annotated[
        int,
        typer.Option(
            parser=number_parser("--count", 1, similar.MOST),
            metavar="N",
            help=f"Number of papers, 1–{similar.MOST}.",
        ),
    ] = 10,
    as_json: Json = False,
) -> None:
    """Find papers that share the distinctive words of a paper."""

    async def work(settings: Settings) -> int:
        arxiv_id = read_id(paper_id)
        async with existing_database(settings) as database:
            # Papers of an older version's database. One that can't be written is searched as it is.
            with suppress(StorageError):
                await complete_index(database)
            paper = await find_paper(database, arxiv_id)
            async with connect_meanings(database, model_of(settings.search)) as meanings:
                found = await similar.find(database, paper, limit=count, meanings=meanings)
        if not found.papers:
            raise CommandError(f"No other paper shares enough distinctive words with {arxiv_id}.")
        listed = [each.listed for each in found.papers]
        shares = [each.shares for each in found.papers]
        if as_json:
            print_lines(
                output.paper_json(each.listed, shares=list(each.shares)) for each in found.papers
            )
        else:
            output.show(
                lambda: output.draw_table(listed, shares),
                lambda: output.table_lines(listed, shares),
            )
        return 0

    run_command(context, work)
