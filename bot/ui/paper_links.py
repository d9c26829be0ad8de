"""The buttons below a paper."""

import discord

from bot.ui import actions, limits
from bot.ui.paper_texts import is_blank
from config.texts import Texts
from storage.addresses import address_fault
from storage.records import MediaKind, Paper

_FEW = 10_000
"""Stars from which they are shown in thousands."""
_MILLION = 1_000_000


def render_links(
    paper: Paper, texts: Texts, *, is_whole: bool = True, is_listed: bool = True
) -> actions.StaticView:
    """Return buttons to a paper's web pages, its abstract, and its full text.

    Args:
        paper: The paper.
        texts: In the reader's language.
        is_whole: Whether all of its text is shown already; there is no button to it then.
        is_listed: Whether a list has it. If not, and nobody could vote for it, Hugging Face has no
            page of it.
    """
    links = [("arXiv", paper.url), ("PDF", paper.pdf_url)]
    if is_listed or paper.votes is not None:
        links.append(("Hugging Face", paper.huggingface_url))
    links += further_links(paper, texts)
    video = paper.media.url if paper.media and paper.media.kind is MediaKind.VIDEO else None
    if video is not None and is_sendable(video):
        links.append((texts("paper-video"), video))
    details = paper.details
    buttons: list[discord.ui.Button[actions.StaticView]] = [
        discord.ui.Button(label=limits.shorten(label, limits.BUTTON_LABEL), url=url)
        for label, url in links
    ]
    if not is_blank(details.abstract):
        buttons.append(
            discord.ui.Button(
                label=texts("paper-abstract"), custom_id=actions.abstract(paper.arxiv_id)
            )
        )
    if not is_whole:
        buttons.append(
            discord.ui.Button(
                label=texts("paper-whole"),
                custom_id=actions.full_text(paper.arxiv_id),
                style=discord.ButtonStyle.primary,
            )
        )
    return actions.StaticView(*buttons)


def further_links(paper: Paper, texts: Texts) -> list[tuple[str, str]]:
    """Return the labels and addresses of a paper's code and project page, where known."""
    details = paper.details
    links = [
        (_code_label(details.code_stars, texts), details.code_url),
        (texts("paper-project"), details.project_url),
    ]
    return [(label, url) for label, url in links if url is not None and is_sendable(url)]


def is_sendable(url: str) -> bool:
    """Return whether Discord accepts an address in a button.

    Sources drop addresses that it doesn't accept, but an older version may have stored one.
    """
    return limits.fits(url, limits.BUTTON_URL) and address_fault(url) is None


def _code_label(stars: int | None, texts: Texts) -> str:
    if not stars:
        return texts("paper-code")
    return texts("paper-code-stars", stars=compact(stars))


def compact(count: int) -> str:
    """Return a number of stars in few characters, rounded down as GitHub does.

    >>> compact(9999), compact(12345), compact(1_000_000)
    ('9,999', '12.3k', '1M')
    """
    if count < _FEW:
        return f"{count:,}"
    unit, name = (1_000, "k") if count < _MILLION else (_MILLION, "M")
    whole, tenths = divmod(count * 10 // unit, 10)
    return f"{whole:,}.{tenths}{name}" if tenths else f"{whole:,}{name}"
