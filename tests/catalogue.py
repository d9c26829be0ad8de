"""The bot's texts, shared by all tests of a process: to parse them takes a tenth of a second."""

from typing import Final

from config.texts import Catalogue

CATALOGUE: Final = Catalogue.load()
