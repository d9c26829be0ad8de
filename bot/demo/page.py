"""The demo in the browser: a page that looks and works like Discord."""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing

from bot.app import App
from bot.demo.first_steps import FirstSteps
from bot.demo.pictures import load_picture
from bot.demo.scene import Beginning, Scene, begin_next_morning, new_messages, zone_of
from bot.sandbox import Person
from bot.sandbox.page import Action, Page, PageOptions
from config.texts import Catalogue, Texts
from storage import digests


class NextMorning:
    """The page's button that moves the clock to the next post."""

    def __init__(self, scene: Scene, app: App, catalogue: Catalogue) -> None:
        self._scene = scene
        self._app = app
        self._all_texts = all_languages(catalogue)
        self._lock = asyncio.Lock()

    @property
    def action(self) -> Action:
        """The button as the page shows it."""
        names = {texts.language: texts("demo-next-morning") for texts in self._all_texts}
        return Action("next-morning", names, self.press)

    async def press(self, person: Person) -> Mapping[str, str] | None:
        """Wait for the next post; return an explanation to a person if none comes, by language."""
        async with self._lock:
            with self._scene.sandbox.subscribe() as events:
                due = await begin_next_morning(self._app)
                if due is None:
                    is_admin = person is self._scene.admin
                    return self._say("demo-no-schedule" if is_admin else "demo-no-schedule-member")
                async with aclosing(new_messages(self._app, events, due)) as messages:
                    if await anext(messages, None) is not None:
                        return None
            has_papers = await digests.newest(self._app.database) is not None
            return self._say("demo-no-news" if has_papers else "no-papers-yet")

    def _say(self, key: str) -> dict[str, str]:
        admin = self._scene.admin.name
        return {texts.language: texts(key, admin=admin) for texts in self._all_texts}


def all_languages(catalogue: Catalogue) -> tuple[Texts, ...]:
    """Return the texts of each language."""
    return tuple(catalogue.for_locale(language) for language in catalogue.languages)


def open_page(
    scene: Scene,
    app: App,
    catalogue: Catalogue,
    *,
    port: int,
    beginning: Beginning = Beginning.READY,
) -> Page:
    """Return the page; the caller serves it.

    Args:
        scene: The sandbox with its people and channels.
        app: The bot, connected to it.
        catalogue: The texts of the button and of the first steps.
        port: The port on 127.0.0.1; 0 for any free port.
        beginning: What there is: the channel that matters then is open.
    """
    options = PageOptions(
        title="Daily Papers",
        actions=[NextMorning(scene, app, catalogue).action],
        people=[scene.admin, scene.member, scene.other, scene.newcomer, scene.visitor],
        first=scene.papers if beginning.has_schedule else scene.general,
        zone=zone_of(scene.guild.locale),
        pictures=load_picture,
        tip=FirstSteps(scene, app, all_languages(catalogue)).tip,
    )
    return Page(scene.sandbox, options, port=port)
