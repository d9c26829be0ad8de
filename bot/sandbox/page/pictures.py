"""Pictures that the page itself has, under addresses of the web.

Discord shows pictures through a proxy of its own. This is the page's: whoever serves the page can
have pictures that are shown without a network.
"""

from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import quote

Pictures: TypeAlias = Callable[[str], bytes | None]
"""Returns the PNG at an address; `None` where the browser has to ask the web for it."""

PATH = "/pictures"


def no_pictures(_url: str) -> None:
    """Return `None`: no address is answered by the page."""
    return


def proxied(url: str) -> str:
    """Return the page's own address of a picture that it has."""
    return f"{PATH}?url={quote(url, safe='')}"
