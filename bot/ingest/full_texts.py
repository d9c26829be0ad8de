"""The full text of papers, for whoever summarizes them; its absence is no failure."""

import logging

from bot.sources.errors import SourceError
from bot.sources.huggingface import HuggingFace

log = logging.getLogger(__name__)


class FullTexts:
    """Reads the full text of papers at Hugging Face."""

    def __init__(self, service: HuggingFace | None) -> None:
        """Build it; without a service no paper has a text."""
        self._service = service

    async def read_full_text(self, arxiv_id: str) -> str | None:
        """Return a paper's text as Markdown; `None` if there is none, or it can't be read."""
        if self._service is None:
            return None
        try:
            return await self._service.read_full_text(arxiv_id)
        except SourceError as error:
            log.info(
                "the full text of %s can't be read: %s %s", arxiv_id, self._service.name, error
            )
            return None
