"""The names of users, roles and channels that a text mentions."""

from typing import Protocol

from markdown_it.token import Token


class Names(Protocol):
    """Knows the names of users, roles and channels."""

    def user(self, user_id: int) -> str:
        """Return the name of a user, without the `@`."""

    def role(self, role_id: int) -> str:
        """Return the name of a role, without the `@`."""

    def channel(self, channel_id: int) -> str:
        """Return the name of a channel, without the `#`."""


def mention_text(token: Token, names: Names | None) -> str:
    """Return what a token of the type `mention` is shown as, such as `#general`.

    Args:
        token: From `parser`.
        names: `None` where ids are shown.
    """
    kind = token.meta["kind"]
    if kind not in ("user", "role", "channel"):
        return token.content
    number: int = token.meta["id"]
    sign = "#" if kind == "channel" else "@"
    return f"{sign}{number if names is None else getattr(names, kind)(number)}"
