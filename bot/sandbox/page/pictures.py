"""Pictures that need no network, at addresses of the web.

Discord loads pictures through a proxy. This is the page's: whoever serves the page can provide
pictures, which are then shown without a network.
"""

from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import quote

Pictures: TypeAlias = Callable[[str], bytes | None]
"""Returns the PNG at an address, or `None` if the browser has to load it from the web."""

PATH = "/pictures"


def no_pictures(_url: str) -> None:
    """Return `None`: the page provides no pictures."""
    return


def proxied(url: str) -> str:
    """Return the address at which the page provides a picture."""
    return f"{PATH}?url={quote(url, safe='')}"
