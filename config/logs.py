"""Logging to stderr, without tokens and control characters."""

import logging
import re
import sys
import time
from collections.abc import Iterable
from typing import Final, TextIO

from pydantic import SecretStr

from config.log_level import LogLevel

_REPLACEMENT: Final = "[token]"
_VERBOSE_LOGGERS: Final = ("apscheduler",)

# discord.py logs the URLs it requests and, at `debug`, the gateway's events. Both contain tokens of
# interactions, with which anyone can answer as the bot for 15 minutes.
_INTERACTION_TOKENS = re.compile(
    r"(?P<before>/(?:webhooks|interactions)/\d+/|[\"']token[\"']: ?[\"'])[\w.=-]{20,}"
)

# The name of a server or paper can contain control sequences of terminals.
_ESCAPES = {
    code: f"\\x{code:02x}" for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) not in "\n\t"
}


class SafeFormatter(logging.Formatter):
    """Formats log records and their tracebacks without tokens and control characters."""

    converter = staticmethod(time.gmtime)

    def __init__(self, secrets: Iterable[SecretStr]) -> None:
        super().__init__("{asctime}Z {levelname:<7} {name}: {message}", "%Y-%m-%dT%H:%M:%S", "{")
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record.

        Tokens are replaced here, not in a filter, because only here are message, arguments,
        traceback and stack one text.
        """
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret.get_secret_value(), _REPLACEMENT)
        text = _INTERACTION_TOKENS.sub(rf"\g<before>{_REPLACEMENT}", text)
        return text.translate(_ESCAPES)


def configure_logging(
    level: LogLevel, secrets: Iterable[SecretStr], *, stream: TextIO | None = None
) -> None:
    """Send all log records of this process to `stream` (stderr if `None`), with times in UTC.

    `secrets` are the tokens that no record may show.

    A second call replaces the handler of the first.
    """
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h.formatter, SafeFormatter)]:
        root.removeHandler(old)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(SafeFormatter(secrets))
    root.addHandler(handler)
    root.setLevel(level.upper())
    # At `info` these libraries log each of their steps; our own messages have the results.
    for name in _VERBOSE_LOGGERS:
        logging.getLogger(name).setLevel(
            logging.NOTSET if level is LogLevel.DEBUG else max(logging.WARNING, root.level)
        )
