"""The routes of Discord's API that are not simulated.

They answer 501 with their name, so that the author of a bot sees what is missing. They are listed
in `unsimulated_routes.txt`: method, path template and name, as Discord's OpenAPI document has them
(https://github.com/discord/discord-api-spec).
"""

from importlib.resources import files

from bot.sandbox.rest.call import Call, Reply
from bot.sandbox.rules.errors import ApiError, Refusal


def _read() -> dict[tuple[str, str], str]:
    lines = (files(__package__) / "unsimulated_routes.txt").read_text("utf-8").splitlines()
    return {(method, template): name for method, template, name in map(str.split, lines)}


UNSIMULATED = _read()
"""Names of the routes by method and path template."""


def refuse_unsimulated(call: Call) -> Reply:
    """Answer 501 with the route's name.

    Raises:
        ApiError: Always.
    """
    request = call.request
    name = UNSIMULATED[request.method, request.route]
    message = f"The sandbox does not simulate {name}: {request.method} {request.route}"
    raise ApiError(Refusal.NOT_SIMULATED, detail={"message": message})
