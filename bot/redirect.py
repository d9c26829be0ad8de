"""Points discord.py at another Discord: a proxy in front of the real one, or the sandbox.

discord.py has no setting for this, so two of its module-wide values are replaced, here alone:

- `discord.http.Route.BASE`, from which every request's address is made, those of interactions
  and webhooks too;
- `DiscordWebSocket.DEFAULT_GATEWAY`, where a session that can't be resumed begins anew. (A first
  connection takes the address that `GET /gateway/bot` gives.)

They are of the whole process: two clients of one process can't talk to different Discords.
"""

import aiohttp
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

_DISCORD_API = Route.BASE
_DISCORD_GATEWAY = DiscordWebSocket.DEFAULT_GATEWAY
_TIMEOUT = aiohttp.ClientTimeout(total=15)


async def point_at(url: str | None) -> None:
    """Send what discord.py says to the REST API at `url`, and to the gateway named there.

    Args:
        url: The base of the API, such as `http://127.0.0.1:8080/api/v10`; `None` is Discord's own.

    Raises:
        ConnectionError: Nothing answers at `url` as Discord would.
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
