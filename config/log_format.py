"""How the log is written; a module of its own, as `log_level` is."""

from enum import StrEnum


class LogFormat(StrEnum):
    """The form of a line of the log."""

    TEXT = "text"
    JSON = "json"
