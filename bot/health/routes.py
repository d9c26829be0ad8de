"""Name the routes of Discord's API for metrics: a fixed number of names, without ids and tokens."""

import re
from typing import Final

OTHER: Final = "other"
"""What every route is called that isn't listed here."""
_ROUTES: Final = (
    "/gateway",
    "/gateway/bot",
    "/users/@me",
    "/users/@me/channels",
    "/oauth2/applications/@me",
    "/applications/{id}/commands",
    "/channels/{id}",
    "/channels/{id}/messages",
    "/channels/{id}/messages/{id}",
    "/channels/{id}/messages/{id}/crosspost",
    "/channels/{id}/messages/{id}/threads",
    "/channels/{id}/threads",
    "/channels/{id}/threads/archived/public",
    "/channels/{id}/threads/archived/private",
    "/channels/{id}/users/@me/threads/archived/private",
    "/guilds/{id}",
    "/guilds/{id}/channels",
    "/guilds/{id}/members/{id}",
    "/guilds/{id}/roles",
    "/guilds/{id}/threads/active",
    "/interactions/{id}/{token}/callback",
    "/webhooks/{id}/{token}",
    "/webhooks/{id}/{token}/messages/{id}",
    "/webhooks/{id}/{token}/messages/@original",
)
_CALLBACK: Final = re.compile(r"/interactions/(\d+)/[^/]+/callback$")


def _pattern(route: str) -> str:
    return re.escape(route).replace(r"\{id\}", r"\d+").replace(r"\{token\}", "[^/]+")


_PATTERNS: Final = tuple((re.compile(_pattern(route)), route) for route in _ROUTES)


def name_of(path: str) -> str:
    """Return the name of a route, whatever the API's base address is.

    >>> name_of("/api/v10/channels/12/messages/34")
    '/channels/{id}/messages/{id}'
    >>> name_of("/api/v10/channels/12/pins/34")
    'other'
    """
    relative = re.sub(r"^.*?/api(?:/v\d+)?(?=/)", "", path)
    return next((name for pattern, name in _PATTERNS if pattern.fullmatch(relative)), OTHER)


def answered_interaction(path: str) -> int | None:
    """Return the id of the interaction that a request answers first; `None` for other requests."""
    match = _CALLBACK.search(path)
    return int(match[1]) if match else None
