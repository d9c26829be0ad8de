"""The routes that are simulated, in the order and with the path templates of Discord's API."""

from dataclasses import dataclass

from bot.sandbox.rest import account, channels, commands, guilds, interactions, messages, threads
from bot.sandbox.rest.call import Handler


@dataclass(frozen=True, slots=True)
class Route:
    """A method and path template of Discord's API, and the function that serves it."""

    method: str
    template: str
    handler: Handler
    needs_token: bool = True
    """Whether the bot must authenticate itself."""
    counted: bool = True
    """Whether it counts towards the limit of all requests of the bot."""

    @property
    def name(self) -> str:
        """Its method and template, as keys of rate limits have them."""
        return f"{self.method} {self.template}"


def _of_interactions(method: str, template: str, handler: Handler) -> Route:
    """Return a route that a token in its path authorizes, and that has no global limit.

    Source: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
    """
    return Route(method, template, handler, needs_token=False, counted=False)


_COMMANDS = "/applications/{application_id}/commands"
_GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"
_CHANNEL = "/channels/{channel_id}"
_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_GUILD = "/guilds/{guild_id}"
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"

ROUTES = (
    Route("GET", "/applications/@me", account.get_my_application),
    Route("GET", _COMMANDS, commands.list_application_commands),
    Route("PUT", _COMMANDS, commands.bulk_set_application_commands),
    Route("POST", _COMMANDS, commands.create_application_command),
    Route("GET", _COMMANDS + "/{command_id}", commands.get_application_command),
    Route("DELETE", _COMMANDS + "/{command_id}", commands.delete_application_command),
    Route("GET", _GUILD_COMMANDS, commands.list_application_commands),
    Route("PUT", _GUILD_COMMANDS, commands.bulk_set_application_commands),
    Route("POST", _GUILD_COMMANDS, commands.create_application_command),
    Route("GET", _GUILD_COMMANDS + "/{command_id}", commands.get_application_command),
    Route("DELETE", _GUILD_COMMANDS + "/{command_id}", commands.delete_application_command),
    Route("GET", _CHANNEL, channels.get_channel),
    Route("PATCH", _CHANNEL, channels.update_channel),
    Route("DELETE", _CHANNEL, channels.delete_channel),
    Route("GET", _CHANNEL + "/messages", messages.list_messages),
    Route("POST", _CHANNEL + "/messages", messages.create_message),
    Route("GET", _MESSAGE, messages.get_message),
    Route("PATCH", _MESSAGE, messages.update_message),
    Route("DELETE", _MESSAGE, messages.delete_message),
    Route("POST", _MESSAGE + "/crosspost", messages.crosspost_message),
    Route("POST", _MESSAGE + "/threads", threads.create_thread_from_message),
    Route("PUT", _CHANNEL + "/thread-members/@me", threads.join_thread),
    Route("POST", _CHANNEL + "/threads", threads.create_thread),
    Route("GET", _CHANNEL + "/threads/archived/public", threads.list_public_archived_threads),
    Route("POST", _CHANNEL + "/typing", messages.trigger_typing_indicator),
    Route("GET", "/gateway", account.get_gateway, needs_token=False),
    Route("GET", "/gateway/bot", account.get_bot_gateway),
    Route("GET", _GUILD, guilds.get_guild),
    Route("GET", _GUILD + "/channels", guilds.list_guild_channels),
    Route("GET", _GUILD + "/members/{user_id}", guilds.get_guild_member),
    Route("GET", _GUILD + "/roles", guilds.list_guild_roles),
    Route("GET", _GUILD + "/threads/active", threads.get_active_guild_threads),
    _of_interactions(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        interactions.create_interaction_response,
    ),
    Route("GET", "/oauth2/applications/@me", account.get_my_application),
    Route("GET", "/users/@me", account.get_my_user),
    Route("POST", "/users/@me/channels", account.create_dm),
    Route("GET", "/users/@me/guilds", guilds.list_my_guilds),
    Route("DELETE", "/users/@me/guilds/{guild_id}", guilds.leave_guild),
    Route("GET", "/users/@me/guilds/{guild_id}/member", guilds.get_my_guild_member),
    Route("GET", "/users/{user_id}", account.get_user),
    _of_interactions("POST", _WEBHOOK, interactions.execute_webhook),
    _of_interactions("GET", _WEBHOOK + "/messages/@original", interactions.get_webhook_message),
    _of_interactions(
        "PATCH", _WEBHOOK + "/messages/@original", interactions.update_webhook_message
    ),
    _of_interactions(
        "DELETE", _WEBHOOK + "/messages/@original", interactions.delete_webhook_message
    ),
    _of_interactions("GET", _WEBHOOK + "/messages/{message_id}", interactions.get_webhook_message),
    _of_interactions(
        "PATCH", _WEBHOOK + "/messages/{message_id}", interactions.update_webhook_message
    ),
    _of_interactions(
        "DELETE", _WEBHOOK + "/messages/{message_id}", interactions.delete_webhook_message
    ),
)
"""Each route that is simulated."""
