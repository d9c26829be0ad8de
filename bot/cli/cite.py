"""The command `cite`."""

from typing import Annotated

import typer

from bot.citations import Format, render
from bot.cli.execution import existing_database, run_command
from bot.cli.options import choice_parser, choices, examples
from bot.cli.paper_ids import find_paper, read_id
from bot.cli.streams import print_lines
from bot.cli.usage import Command
from config.settings import Settings

commands = typer.Typer(rich_markup_mode=None)


@commands.command(
    cls=Command,
    epilog=examples("cite 2502.14499 >> papers.bib", "cite 2502.14499 --format csl"),
)
def cite(
    context: typer.Context,
    paper_id: Annotated[
        str, typer.Argument(metavar="ID", help="arXiv ID, or an arXiv or Hugging Face link.")
    ],
    citation_format: Annotated[
        Format,
        typer.Option(
            "--format",
            parser=choice_parser("--format", Format),
            metavar=choices(Format),
            help="Output format; csl is CSL-JSON.",
        ),
    ] = Format.BIBTEX,
) -> None:
    """Print a citation of a paper."""

    async def work(settings: Settings) -> int:
        arxiv_id = read_id(paper_id)
        async with existing_database(settings) as database:
            paper = await find_paper(database, arxiv_id)
        print_lines([render([paper], citation_format).removesuffix("\n")])
        return 0

    run_command(context, work)
