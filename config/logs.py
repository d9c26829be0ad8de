"""How the log is written: on stderr, a line an entry, never with a token in it."""

import logging
import re
import sys
import time
from typing import Final, TextIO

from pydantic import SecretStr

from config.log_level import LogLevel

_REPLACEMENT: Final = "[token]"
_CHATTY: Final = ("apscheduler",)

# discord.py logs the addresses it calls and, at `debug`, the gateway's events. Both hold the tokens
# of interactions, with which anyone can answer in the bot's name for 15 minutes.
_INTERACTION_TOKENS = re.compile(
    r"(?P<before>/(?:webhooks|interactions)/\d+/|[\"']token[\"']: ?[\"'])[\w.=-]{20,}"
)

# A guild's or a paper's name can hold what drives a terminal.
_CONTROLS = {
    code: f"\\x{code:02x}" for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) not in "\n\t"
}


class SafeFormatter(logging.Formatter):
    """Writes entries, tracebacks included, without tokens and control characters."""

    converter = staticmethod(time.gmtime)

    def __init__(self, token: SecretStr | None) -> None:
        super().__init__("{asctime}Z {levelname:<7} {name}: {message}", "%Y-%m-%dT%H:%M:%S", "{")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """Return the entry's text.

        Replaced here and not in a filter, because only here are arguments, traceback and stack one
        text.
        """
        text = super().format(record)
        if self._token is not None:
            text = text.replace(self._token.get_secret_value(), _REPLACEMENT)
        text = _INTERACTION_TOKENS.sub(rf"\g<before>{_REPLACEMENT}", text)
        return text.translate(_CONTROLS)


def configure_logging(
    level: LogLevel, token: SecretStr | None, *, stream: TextIO | None = None
) -> None:
    """Send every log of this process to `stream` (`None`: stderr); times are UTC.

    Called once, at the entry; called again, it replaces what it set up before.
    """
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h.formatter, SafeFormatter)]:
        root.removeHandler(old)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(SafeFormatter(token))
    root.addHandler(handler)
    root.setLevel(level.upper())
    # At `info` these tell of each step of their own, where ours says what came of it.
    for name in _CHATTY:
        logging.getLogger(name).setLevel(
            logging.NOTSET if level is LogLevel.DEBUG else max(logging.WARNING, root.level)
        )
