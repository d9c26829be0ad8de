"""Commands as people can click them in a message: `</schedule add:ID>`."""

from collections.abc import Mapping


class CommandLinks:
    """Writes commands as links; the ids come from the registration at Discord."""

    def __init__(self) -> None:
        self._ids: Mapping[str, int] = {}

    def set_ids(self, ids: Mapping[str, int]) -> None:
        """Set the ids of the registered commands, by their English names."""
        self._ids = dict(ids)

    def link(self, command: str) -> str:
        """Return a command as a link; as plain text while its id isn't known.

        >>> links = CommandLinks()
        >>> links.link("schedule add")
        '/schedule add'
        >>> links.set_ids({"schedule": 7})
        >>> links.link("schedule add")
        '</schedule add:7>'
        """
        command_id = self._ids.get(command.split(maxsplit=1)[0])
        return f"/{command}" if command_id is None else f"</{command}:{command_id}>"
