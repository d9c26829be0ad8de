"""Users, the application, direct messages, and the gateway's address."""

from bot.sandbox.model import Json
from bot.sandbox.payloads.entities import channel_payload, team_payload, user_payload
from bot.sandbox.rest.call import Call, Reply
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.shape import Problems, json_object, snowflake

_DM = json_object({"recipient_id": snowflake}, required=("recipient_id",))


def get_my_user(call: Call) -> Reply:
    """Return the bot itself."""
    return Reply(
        user_payload(call.world.bot)
        | {"mfa_enabled": False, "locale": "en-US", "verified": True, "email": None}
    )


def get_user(call: Call) -> Reply:
    """Return a user."""
    user = call.world.users.get(call.id("user_id"))
    if user is None:
        raise ApiError(Refusal.UNKNOWN_USER)
    return Reply(user_payload(user))


def get_my_application(call: Call) -> Reply:
    """Return the application of the bot."""
    world = call.world
    application: Json = {
        "id": str(world.application_id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user_payload(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user_payload(world.owner),
        "approximate_guild_count": sum(g.me is not None for g in world.guilds.values()),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": team_payload(world.application_id, world.team) if world.team else None,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {}, "1": {}},
    }
    return Reply(application)


def create_dm(call: Call) -> Reply:
    """Return the direct messages of the bot with a user, opened if they were not yet."""
    problems = Problems()
    _DM(call.body, (), problems)
    problems.refuse()
    user = call.world.users.get(int(call.body["recipient_id"]))
    if user is None or user is call.world.bot:
        raise ApiError(Refusal.INVALID_RECIPIENTS)
    return Reply(channel_payload(call.world.dm(user)))


def get_gateway(call: Call) -> Reply:
    """Return the gateway's address."""
    return Reply({"url": _gateway_url(call)})


def get_bot_gateway(call: Call) -> Reply:
    """Return the gateway's address, how many shards to use, and the limit of session starts."""
    world = call.world
    return Reply(
        {
            "url": _gateway_url(call),
            "shards": world.shards,
            "session_start_limit": world.session_starts.payload(world.clock()),
        }
    )


def _gateway_url(call: Call) -> str:
    return call.world.base_url.replace("http", "ws", 1) + "/gateway"
