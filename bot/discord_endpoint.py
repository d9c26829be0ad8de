"""Points discord.py at another Discord: an HTTP proxy, or the sandbox.

discord.py has no setting for this, so this module alone replaces two of its values:

- `discord.http.Route.BASE`, the base of every request's URL, interactions and webhooks included;
- `DiscordWebSocket.DEFAULT_GATEWAY`, where a session that can't be resumed starts anew. (The first
  connection uses the URL that `GET /gateway/bot` returns.)

They belong to the whole process: two clients in one process can't use different Discords.
"""

import aiohttp
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

_DISCORD_API = Route.BASE
_DISCORD_GATEWAY = DiscordWebSocket.DEFAULT_GATEWAY
_TIMEOUT = aiohttp.ClientTimeout(total=15)


async def point_at(url: str | None) -> None:
    """Make discord.py use the REST API at `url`, and the gateway that it names.

    Args:
        url: The base of the API, such as `http://127.0.0.1:8080/api/v10`; `None` is Discord's.

    Raises:
        ConnectionError: What answers at `url` is no Discord API, or nothing does.
    """
    if url is None:
        Route.BASE = _DISCORD_API
        DiscordWebSocket.DEFAULT_GATEWAY = _DISCORD_GATEWAY
        return
    base = url.rstrip("/")
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT) as session,
            session.get(f"{base}/gateway") as response,
        ):
            response.raise_for_status()
            gateway = yarl.URL((await response.json())["url"])
    except (aiohttp.ClientError, TimeoutError, KeyError, TypeError, ValueError) as error:
        raise ConnectionError(
            f"{base} does not answer as Discord's API does ({type(error).__name__}); "
            "check discord_url, or leave it out to talk to Discord itself"
        ) from error
    Route.BASE = base
    DiscordWebSocket.DEFAULT_GATEWAY = gateway
