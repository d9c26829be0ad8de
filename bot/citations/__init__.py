"""Citations of papers as BibTeX, RIS and CSL-JSON. Pure, and quick to import."""

from bot.citations.formats import Format, render, render_files
from bot.citations.records import knows_authors

__all__ = ["Format", "knows_authors", "render", "render_files"]
