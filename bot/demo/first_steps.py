"""The line on the demo's page that says what to do first, until something was posted."""

from collections.abc import Mapping

from bot.app import App
from bot.demo.scene import Scene
from bot.sandbox import Person
from config.texts import Texts
from storage import history, schedules


class FirstSteps:
    """Tells each person the next step to the first post that they can take."""

    def __init__(self, scene: Scene, app: App, all_texts: tuple[Texts, ...]) -> None:
        self._scene = scene
        self._app = app
        self._all_texts = all_texts

    async def tip(self, person: Person) -> Mapping[str, str] | None:
        """Return the next step, by language; `None` once there was a post, or for outsiders."""
        guild, database = self._scene.guild, self._app.database
        if person.id not in guild.members:
            return None
        found = await schedules.of_guild(database, guild.id)
        has_run = any(each.last_day is not None for each in found)
        if has_run or await history.of_guild(database, guild.id, limit=1):
            return None
        if found:
            key = "demo-tip-morning"
        else:
            key = "demo-tip-set-up" if person is self._scene.admin else "demo-tip-member"
        names = {"admin": self._scene.admin.name, "channel": self._scene.general.name}
        return {texts.language: texts(key, **names) for texts in self._all_texts}
