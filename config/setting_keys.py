"""The keys of the settings: their environment variables, and how messages name them."""

import difflib
import os
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

PREFIX: Final = "DAILY_PAPERS_"
"""The beginning of every environment variable."""

_TEST_PREFIX: Final = f"{PREFIX}TEST_"

KeyPath: TypeAlias = tuple[str, ...]
"""A key with the tables that it is in: `("posting", "news_days")`."""

Location: TypeAlias = tuple[str | int, ...]
"""Where a value is given. In a list of tables with the index: `("sources", 0, "name")`."""

VARIABLES: Final[Mapping[str, KeyPath]] = MappingProxyType(
    {
        "DAILY_PAPERS_TOKEN": ("token",),
        "DAILY_PAPERS_DATABASE": ("database",),
        "DAILY_PAPERS_DIGESTS": ("digests",),
        "DAILY_PAPERS_DISCORD_URL": ("discord_url",),
        "DAILY_PAPERS_LOG_LEVEL": ("log_level",),
        "DAILY_PAPERS_LOG_FORMAT": ("log_format",),
        "DAILY_PAPERS_SOURCES": ("sources",),
        "DAILY_PAPERS_HUGGINGFACE_URL": ("huggingface", "url"),
        # The name that Hugging Face's own programs use.
        "HF_TOKEN": ("huggingface", "token"),
        "DAILY_PAPERS_ARXIV_URL": ("arxiv", "url"),
        "DAILY_PAPERS_NEWS_DAYS": ("posting", "news_days"),
        "DAILY_PAPERS_WAIT_HOURS": ("posting", "wait_hours"),
        "DAILY_PAPERS_LIST_AGE_HOURS": ("posting", "list_age_hours"),
        "DAILY_PAPERS_REQUESTS_PER_SECOND": ("posting", "requests_per_second"),
        "DAILY_PAPERS_SCHEDULES_PER_SERVER": ("posting", "schedules_per_server"),
        "DAILY_PAPERS_SCHEDULES_PER_CHANNEL": ("posting", "schedules_per_channel"),
        "DAILY_PAPERS_WRITER_URL": ("writer", "url"),
        "DAILY_PAPERS_WRITER_MODEL": ("writer", "model"),
        "DAILY_PAPERS_WRITER_KEY": ("writer", "key"),
        "DAILY_PAPERS_WRITER_LANGUAGES": ("writer", "languages"),
        "DAILY_PAPERS_WRITER_PAPERS_PER_DAY": ("writer", "papers_per_day"),
        "DAILY_PAPERS_WRITER_TOKENS_PER_DAY": ("writer", "tokens_per_day"),
        "DAILY_PAPERS_WRITER_PARALLEL": ("writer", "parallel"),
        "DAILY_PAPERS_WRITER_ALL": ("writer", "all"),
        "DAILY_PAPERS_PUBLISH_FOLDER": ("publish", "folder"),
        "DAILY_PAPERS_PUBLISH_URL": ("publish", "url"),
        "DAILY_PAPERS_BACKUP_FOLDER": ("backup", "folder"),
        "DAILY_PAPERS_BACKUP_KEEP": ("backup", "keep"),
        "DAILY_PAPERS_KEEP_HISTORY_DAYS": ("keep", "history_days"),
        "DAILY_PAPERS_KEEP_USAGE_WEEKS": ("keep", "usage_weeks"),
        "DAILY_PAPERS_KEEP_LEFT_SERVER_DAYS": ("keep", "left_server_days"),
        "DAILY_PAPERS_HTTP_HOST": ("http", "host"),
        "DAILY_PAPERS_HTTP_PORT": ("http", "port"),
        "DAILY_PAPERS_HTTP_SOURCE_MAX_HOURS": ("http", "source_max_hours"),
        "DAILY_PAPERS_ABOUT_OPERATOR": ("about", "operator"),
        "DAILY_PAPERS_ABOUT_INVITE": ("about", "invite"),
        "DAILY_PAPERS_SEARCH_TWO_LANGUAGES": ("search", "two_languages"),
        "DAILY_PAPERS_SEARCH_SEMANTIC": ("search", "semantic"),
    }
)
"""The environment variable of every key."""

KEYS: Final = tuple(VARIABLES.values())
SECRETS: Final[frozenset[KeyPath]] = frozenset(
    {("token",), ("huggingface", "token"), ("writer", "key")}
)
"""The keys whose values are never shown."""
SOURCES: Final = "sources"
"""The list of tables `[[sources]]`."""
SOURCE_KEYS: Final = tuple((SOURCES, key) for key in ("name", "kind", "language", "path", "url"))
"""The keys of each table `[[sources]]`."""
_TABLES: Final = frozenset(path[:-1] for path in KEYS if len(path) > 1)
MOVED: Final[Mapping[str, KeyPath]] = MappingProxyType(
    {
        key: ("posting", key)
        for key in (
            "news_days",
            "wait_hours",
            "requests_per_second",
            "schedules_per_server",
            "schedules_per_channel",
        )
    }
)
"""Keys that older versions had outside of any table. They are still read from a file."""

EXPECTED: Final[Mapping[KeyPath, str]] = MappingProxyType(
    {
        ("token",): "text in quotes",
        ("database",): "the path of a file, in quotes",
        ("digests",): "the path of a folder, in quotes",
        ("discord_url",): "an address, in quotes",
        ("sources",): "tables, each below its own line [[sources]]",
        ("sources", "name"): "a name, in quotes",
        ("sources", "kind"): "one of folder, url, huggingface",
        ("sources", "language"): "the code of a language, in quotes",
        ("sources", "path"): "the path of a folder, in quotes",
        ("sources", "url"): "an address with the date in it, in quotes",
        ("huggingface",): "a table",
        ("huggingface", "url"): "an address, in quotes",
        ("huggingface", "token"): "text in quotes",
        ("arxiv",): "a table",
        ("arxiv", "url"): "an address, in quotes",
        ("posting",): "a table",
        ("posting", "news_days"): "a number of days, 0 to 31",
        ("posting", "wait_hours"): "a number of hours, 0 to 20",
        ("posting", "list_age_hours"): "a number of hours, 0 to 24",
        ("posting", "requests_per_second"): "a whole number, 1 to 1000",
        ("posting", "schedules_per_server"): "a whole number, 1 to 1000",
        ("posting", "schedules_per_channel"): "a whole number, 1 to 1000",
        ("writer",): "a table",
        ("writer", "url"): "an address, in quotes",
        ("writer", "model"): "the name of a model, in quotes",
        ("writer", "key"): "text in quotes",
        ("writer", "languages"): 'a list of codes of languages, such as ["ko", "en"]',
        ("writer", "papers_per_day"): "a whole number, 0 to 10000",
        ("writer", "tokens_per_day"): "a whole number, 0 to 1000000000",
        ("writer", "parallel"): "a whole number, 1 to 16",
        ("writer", "all"): "true or false",
        ("publish",): "a table",
        ("publish", "folder"): "the path of a folder, in quotes",
        ("publish", "url"): "an address, in quotes",
        ("backup",): "a table",
        ("backup", "folder"): "the path of a folder, in quotes",
        ("backup", "keep"): "a whole number, 1 to 1000",
        ("keep",): "a table",
        ("keep", "history_days"): "a number of days, 60 to 36500",
        ("keep", "usage_weeks"): "a number of weeks, 0 to 520",
        ("keep", "left_server_days"): "a number of days, 0 to 36500",
        ("http",): "a table",
        ("http", "host"): "a host name or an address, in quotes",
        ("http", "port"): "the number of a port, 1 to 65535",
        ("http", "source_max_hours"): "a number of hours, 1 to 1000",
        ("about",): "a table",
        ("about", "operator"): "text in quotes",
        ("about", "invite"): "private or public, in quotes",
        ("search",): "a table",
        ("search", "two_languages"): "true or false",
        ("search", "semantic"): "true or false",
    }
)
"""What is expected of a key, where its check doesn't say so itself."""


def unknown_variables() -> list[str]:
    """Return a sentence for each environment variable that only looks like one of a setting."""
    names = (name for name in sorted(os.environ) if name.upper().startswith(PREFIX))
    return [
        f"{name} in the environment: {_unknown_variable(name.upper())}"
        for name in names
        if name.upper() not in VARIABLES and not name.upper().startswith(_TEST_PREFIX)
    ]


def _unknown_variable(name: str) -> str:
    # Without the prefix, which is near to itself whatever stands behind it.
    known = {"_".join(path).upper(): variable for variable, path in VARIABLES.items()}
    known |= {variable.removeprefix(PREFIX): variable for variable in VARIABLES}
    near = difflib.get_close_matches(name.removeprefix(PREFIX), known, n=1)
    return _suggestion([known[match] for match in near], VARIABLES)


def unknown_key(location: Location) -> str:
    """Return what is said of a key that doesn't exist: which one is meant, or which there are."""
    path = without_numbers(location)
    paths = [*SOURCE_KEYS, *_TABLES, *KEYS]
    # Keys of the same table come last, since they replace others of the same name.
    paths.sort(key=lambda known: known[:-1] == path[:-1])
    known = {known[-1]: display(known) for known in paths}
    near = difflib.get_close_matches(path[-1].lower(), known, n=1)
    siblings = SOURCE_KEYS if path[:-1] == (SOURCES,) else KEYS
    return _suggestion([known[match] for match in near], map(display, siblings))


def _suggestion(near: list[str], known: Iterable[str]) -> str:
    if near:
        return f"there is no such setting; the nearest is {near[0]}"
    return f"there is no such setting; there are {', '.join(known)}"


def without_numbers(location: Location) -> KeyPath:
    """Return the key of a location, whichever table of a list it is in."""
    return tuple(part for part in location if isinstance(part, str))


def display(location: Location) -> str:
    """Name a key as people do: "[posting] news_days", or "[posting]" for a table.

    >>> display(("sources", 0, "name"))
    '[[sources]] number 1 name'
    """
    path = without_numbers(location)
    if path[0] == SOURCES:
        return " ".join([f"[[{SOURCES}]]", *display_within(location[1:])])
    if path in _TABLES:
        return f"[{'.'.join(path)}]"
    table = f"[{'.'.join(path[:-1])}] " if len(path) > 1 else ""
    return table + path[-1]


def display_within(location: Location) -> list[str]:
    """Name the parts of a location in a list of tables: `["number 1", "name"]`."""
    return [f"number {part + 1}" if isinstance(part, int) else part for part in location]
