"""Keep the bot running on events that discord.py can't parse, skip some, and look into others.

In discord.py 2.7.1 an exception in a parser of gateway events ends the shard's worker, and with it
`Client.start`: one interaction with an unexpected payload would end the process. There is no public
hook around the parsers, so this module wraps the private table that every shard looks them up in.
"""

import logging
from collections.abc import Callable
from typing import Any, Final

import discord

log = logging.getLogger(__name__)

_NEEDED: Final = frozenset({"READY"})
"""Errors in these are raised: without READY there is no session."""


def keep_running(client: discord.Client) -> None:
    """Make a client log and skip events that it can't parse; call it before it connects."""
    parsers: dict[str, Callable[[Any], None]] = client._connection.parsers  # noqa: SLF001 - see above
    for name, parse in parsers.items():
        if name not in _NEEDED:
            parsers[name] = _log_errors(name, parse)


def skip_messages(client: discord.Client, is_wanted: Callable[[Any], bool]) -> None:
    """Make a client skip messages before it builds objects of them; call it before it connects.

    In large servers most of them are of no use here, and so is each post of the bot itself.

    Args:
        client: The client.
        is_wanted: Returns whether a message is of use, from its payload.
    """
    parsers: dict[str, Callable[[Any], None]] = client._connection.parsers  # noqa: SLF001 - see above
    parse = parsers["MESSAGE_CREATE"]

    def parse_wanted(data: Any) -> None:  # noqa: ANN401 - any JSON
        if is_wanted(data):
            parse(data)

    parsers["MESSAGE_CREATE"] = parse_wanted


def report_guilds(
    client: discord.Client, report: Callable[[tuple[int, ...], tuple[int, int]], None]
) -> None:
    """Report the servers that each session of a shard begins with; call it before it connects.

    discord.py's event for it runs later, when it may know of servers that were added since.

    Args:
        client: The client.
        report: Called with the ids of the servers, and the shard: its number, and how many there
            are.
    """
    parsers: dict[str, Callable[[Any], None]] = client._connection.parsers  # noqa: SLF001 - see above
    parse = parsers["READY"]

    def parse_and_report(data: Any) -> None:  # noqa: ANN401 - any JSON
        parse(data)
        number, count = data.get("shard") or (0, 1)
        report(tuple(int(guild["id"]) for guild in data["guilds"]), (number, count))

    parsers["READY"] = parse_and_report


def _log_errors(name: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    def parse_or_log(data: Any) -> None:  # noqa: ANN401 - any JSON
        try:
            parse(data)
        except Exception:
            log.exception("an event can't be parsed and is skipped: %s", name)

    return parse_or_log
