"""The set-up screen as a person sees and uses it."""

from dataclasses import dataclass
from typing import Any

from bot_fixture import shown
from layouts import text_of

from bot.sandbox import Channel, Interaction, Message, Person


@dataclass
class Screen:
    """A set-up screen, and the person before it."""

    person: Person
    message: Message

    @property
    def text(self) -> str:
        return text_of(self.message)

    @property
    def buttons(self) -> list[str]:
        return [each["label"] for each in self.message.controls if "label" in each]

    def menu(self, name: str) -> str:
        """Return the custom_id of a menu."""
        (found,) = [
            each["custom_id"] for each in self.message.controls if f":{name}:" in each["custom_id"]
        ]
        return str(found)

    def default(self, name: str) -> list[str]:
        """Return the labels of what a menu shows as chosen."""
        custom_id = self.menu(name)
        (found,) = [each for each in self.message.controls if each["custom_id"] == custom_id]
        return [each["label"] for each in found["options"] if each.get("default")]

    async def choose(self, name: str, value: str | Channel) -> None:
        interaction = await self.person.choose(self.message, value, self.menu(name))
        assert interaction.failed is None
        self.message = shown(interaction)

    async def press(self, label: str) -> Interaction:
        interaction = await self.person.press(self.message, label)
        assert interaction.failed is None
        return interaction

    async def fill_in(self, button: str, **values: Any) -> None:  # noqa: ANN401 - any field
        opened = await self.press(button)
        fields = {f"2:setup:{name}": value for name, value in values.items()}
        interaction = await self.person.submit(opened, fields)
        assert interaction.failed is None
        self.message = shown(interaction)


async def open_screen(person: Person, place: Channel | None = None) -> Screen:
    interaction = await person.slash("설정" if person.locale == "ko" else "setup", place)
    assert interaction.ephemeral
    return Screen(person, shown(interaction))
