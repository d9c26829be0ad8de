"""How much is logged; a module of its own, so that the command line starts without pydantic."""

from enum import StrEnum


class LogLevel(StrEnum):
    """The least severe messages that are logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
