"""The line on the demo's page that says what to do first, until the first post is due."""

from collections.abc import Mapping

from bot.app import App
from bot.demo.scene import Scene
from bot.posting.recurrence import open_occurrence
from bot.sandbox import Person
from config.texts import Texts
from storage import history, schedules, setup_drafts


class FirstSteps:
    """Tells each person the next step to the first post that they can take."""

    def __init__(self, scene: Scene, app: App, all_texts: tuple[Texts, ...]) -> None:
        self._scene = scene
        self._app = app
        self._all_texts = all_texts

    async def tip(self, person: Person) -> Mapping[str, str] | None:
        """Return the next step, by language; `None` for outsiders, and after it was time to post.

        That time may bring no post: there may be no papers.
        """
        guild, database = self._scene.guild, self._app.database
        if person.id not in guild.members:
            return None
        found = await schedules.of_guild(database, guild.id)
        now = self._app.clock.now()
        was_due = any(each.last_day is not None or open_occurrence(each, now) for each in found)
        if was_due or await history.of_guild(database, guild.id, limit=1):
            return None
        if found:
            key = "demo-tip-morning"
        elif person is not self._scene.admin:
            key = "demo-tip-member"
        else:
            key = "demo-tip-start" if await self._is_setting_up() else "demo-tip-set-up"
        names = {"admin": self._scene.admin.name, "channel": self._scene.general.name}
        return {texts.language: texts(key, **names) for texts in self._all_texts}

    async def _is_setting_up(self) -> bool:
        """Return whether the administrator has opened the set-up screen."""
        guild, admin = self._scene.guild, self._scene.admin
        draft = await setup_drafts.find(
            self._app.database, guild.id, admin.id, schedule_id=None, at=self._app.clock.now()
        )
        return draft is not None
