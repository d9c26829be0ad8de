"""Pictures made for the demo; `tests/demo_pictures.py` draws them.

Their addresses look like those of the web, because the bot sends no address of this machine. The
page fetches them from here, as Discord's proxy fetches them from the web.
"""

import re
from importlib.resources import files
from typing import Final
from zlib import crc32

from bot.demo.services.made_papers import PICTURES_URL

NAMES: Final = ("bars", "curves", "grid", "nodes")
"""The names of the pictures, without `.png`."""
_ADDRESS: Final = re.compile(rf"{re.escape(PICTURES_URL)}(?P<key>[^/?#]+)\.png")


def picture_address(key: str) -> str:
    """Return the address of the picture of something, such as a paper's id."""
    return f"{PICTURES_URL}{key}.png"


def load_picture(address: str) -> bytes | None:
    """Return the PNG at an address, always the same; `None` if it is none of the demo's."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    name = NAMES[crc32(found["key"].encode()) % len(NAMES)]
    return (files("bot.demo") / "picture_files" / f"{name}.png").read_bytes()
