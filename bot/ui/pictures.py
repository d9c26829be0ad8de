"""Which of a paper's pictures is worth showing. Pure."""

import re
from typing import Final

from storage.addresses import address_fault
from storage.records import MediaKind, Paper

_NO_FIGURE: Final = re.compile(
    r"\Ahttps?://(?:cdn-avatars\.[^/]*/|cdn-thumbnails\.[^/]*/|[^?#]*/social-thumbnails/)",
    re.IGNORECASE,
)
"""Avatars of people, and cards with the title that pages have for social networks."""


def figure_of(paper: Paper) -> str | None:
    """Return the URL of a paper's figure; `None` if it has none that Discord would accept.

    The parser drops URLs that Discord refuses, but an older version may have stored one.
    """
    media = paper.media
    if media is None or media.kind is not MediaKind.IMAGE or address_fault(media.url) is not None:
        return None
    return None if _NO_FIGURE.match(media.url) else media.url
