"""The text that a language model wrote, which a button is about."""

from dataclasses import dataclass

from bot.commands.services import Services
from bot.errors import UserError
from bot.ui.paper_texts import ChosenText, choose_sections
from storage import papers, written_texts
from storage.records import ListedPaper
from storage.written_texts import WrittenText


@dataclass(frozen=True, slots=True)
class ShownText:
    """A written text as readers of its language see it."""

    listed: ListedPaper
    chosen: ChosenText
    text: WrittenText


async def find_written(services: Services, arxiv_id: str, language: str) -> ShownText:
    """Return what a language model wrote of a paper.

    Raises:
        UserError: Readers don't see such a text any more.
    """
    listed = await papers.get(services.database, arxiv_id)
    text = await written_texts.get(services.database, arxiv_id, language)
    chosen = None if listed is None else choose_sections(listed.paper, language)
    if listed is None or text is None or chosen is None or not chosen.is_written:
        raise UserError("written-gone")
    return ShownText(listed, chosen, text)
