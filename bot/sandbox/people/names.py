"""What users, roles and channels are called in a guild."""

from bot.sandbox.model import GuildState, User
from bot.sandbox.people.world import World


class Names:
    """The names of users, roles and channels, as the members of a guild see them."""

    def __init__(self, world: World, guild: GuildState | None) -> None:
        """Take the world that has them, and a guild; `None` in direct messages."""
        self._world = world
        self._guild = guild

    def user(self, user_id: int) -> str:
        """Return the name of a user."""
        user = self._world.users.get(user_id)
        return self.of(user) if user else "unknown-user"

    def of(self, user: User) -> str:
        """Return the nickname of a user, or their name."""
        member = self._guild.members.get(user.id) if self._guild else None
        return (member.nick if member else None) or user.name

    def role(self, role_id: int) -> str:
        """Return the name of a role."""
        role = self._guild.roles.get(role_id) if self._guild else None
        return role.name.removeprefix("@") if role else "unknown-role"

    def channel(self, channel_id: int) -> str:
        """Return the name of a channel."""
        channel = self._world.channels.get(channel_id)
        return channel.name if channel and channel.name else "unknown"
