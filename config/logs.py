"""Logging to stderr, without tokens and control characters."""

import json
import logging
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from pydantic import SecretStr

from config.log_format import LogFormat
from config.log_level import LogLevel

Ids = Callable[[], Mapping[str, int | str]]
"""Returns the ids of what the running task works on, by name."""

_REPLACEMENT: Final = "[token]"
_IDS: Final = "daily_papers_ids"
"""The attribute of a record that has its ids."""
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
        return self.clean(super().format(record))

    def clean(self, text: str) -> str:
        """Return a text without tokens and control characters."""
        for secret in self._secrets:
            text = text.replace(secret.get_secret_value(), _REPLACEMENT)
        text = _INTERACTION_TOKENS.sub(rf"\g<before>{_REPLACEMENT}", text)
        return text.translate(_ESCAPES)


class JsonFormatter(SafeFormatter):
    """Formats each log record as one line of JSON, as safe as `SafeFormatter`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a JSON object with the record's time, level, logger, message and ids."""
        at = datetime.fromtimestamp(record.created, UTC)
        values: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # Each text is cleaned before it is escaped, which could hide a token.
            "message": self.clean(record.getMessage()),
        }
        for key, value in getattr(record, _IDS, {}).items():
            values[key] = self.clean(value) if isinstance(value, str) else value
        if record.exc_info:
            values["exception"] = self.clean(self.formatException(record.exc_info))
        if record.stack_info:
            values["stack"] = self.clean(self.formatStack(record.stack_info))
        line = json.dumps(values, ensure_ascii=False)
        # Some readers take these, which JSON allows, for the end of the line.
        return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


_FORMATTERS: Final = {LogFormat.TEXT: SafeFormatter, LogFormat.JSON: JsonFormatter}


def configure_logging(
    level: LogLevel,
    secrets: Iterable[SecretStr],
    *,
    form: LogFormat = LogFormat.TEXT,
    ids: Ids | None = None,
    stream: TextIO | None = None,
) -> None:
    """Send all log records of this process to a stream, with times in UTC.

    A second call replaces the handler of the first.

    Args:
        level: The least severe records that are written.
        secrets: The tokens that no record may show.
        form: How a record is written.
        ids: Called for each record; what it returns becomes fields of a record in JSON.
        stream: Where they go; `None` is stderr.
    """
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h.formatter, SafeFormatter)]:
        root.removeHandler(old)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_FORMATTERS[form](secrets))
    if ids is not None:
        handler.addFilter(_adds(ids))
    root.addHandler(handler)
    root.setLevel(level.upper())
    # At `info` these libraries log each of their steps; our own messages have the results.
    for name in _VERBOSE_LOGGERS:
        logging.getLogger(name).setLevel(
            logging.NOTSET if level is LogLevel.DEBUG else max(logging.WARNING, root.level)
        )


def _adds(ids: Ids) -> Callable[[logging.LogRecord], bool]:
    def add(record: logging.LogRecord) -> bool:
        setattr(record, _IDS, ids())
        return True

    return add
