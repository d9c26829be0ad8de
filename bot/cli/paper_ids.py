"""Find the paper that a command was given by its arXiv ID or a link."""

from bot.cli import output
from bot.cli.execution import newest_digest
from bot.cli.exit_codes import USAGE_ERROR, CommandError
from storage import lookups, papers, suggestions
from storage.database import Database
from storage.records import Paper, arxiv_id_in, mistaken_id_in


def read_id(text: str) -> str:
    """Return the arXiv id in what a person typed or pasted.

    Raises:
        CommandError: There is none.
    """
    arxiv_id = arxiv_id_in(text)
    if arxiv_id is None and (mistaken := mistaken_id_in(text)) is not None:
        raise CommandError(
            f"No stored paper has the ID {mistaken}. An arXiv ID is the year, the month (01–12) "
            "and a number, such as 2502.14499.",
            status=USAGE_ERROR,
        )
    if arxiv_id is None:
        raise CommandError(
            f"“{text}” has no arXiv ID. Enter one such as 2502.14499, or a link; to look "
            "for words, use “daily-papers search”.",
            status=USAGE_ERROR,
        )
    return arxiv_id


async def find_paper(database: Database, arxiv_id: str) -> Paper:
    """Return a paper of a digest, or else as it was looked up on Discord.

    Raises:
        CommandError: There is none; the text names similar ids.
    """
    listed = await papers.get(database, arxiv_id)
    if listed is not None:
        return listed.paper
    stored = await lookups.get(database, arxiv_id)
    if stored is None or stored.paper is None:
        raise await missing_paper(database, arxiv_id)
    return stored.paper


async def missing_paper(database: Database, arxiv_id: str) -> CommandError:
    """Return the error for an id that no digest lists, with similar ones.

    Raises:
        CommandError: The database has no papers at all.
    """
    await newest_digest(database)
    near = await suggestions.near(database, arxiv_id)
    message = f"No digest lists {arxiv_id}."
    if near:
        names = "\n".join(f"  {output.name_line(name)}" for name in near)
        message += f" Similar IDs:\n{names}"
    return CommandError(message)
