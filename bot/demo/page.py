"""The bot at work in the browser: a page that looks and behaves like Discord."""

import asyncio
from collections.abc import Mapping

from bot.app import App
from bot.demo.scene import BREATH, Scene, begin_next_morning
from bot.sandbox.page import Action, Page
from config.texts import Catalogue

_PATIENCE = BREATH.total_seconds() + 3
"""Seconds until a morning on which nothing was posted is over."""


class Mornings:
    """Lets one morning after the other come."""

    def __init__(self, scene: Scene, app: App, catalogue: Catalogue) -> None:
        self._scene = scene
        self._app = app
        self._all_texts = [catalogue.for_locale(language) for language in catalogue.languages]
        self._one_at_a_time = asyncio.Lock()

    @property
    def action(self) -> Action:
        """The button for it."""
        names = {texts.language: texts("demo-next-morning") for texts in self._all_texts}
        return Action("next-morning", names, self.come)

    async def come(self) -> Mapping[str, str] | None:
        """Let the next morning come; return what to say where it brings nothing, by language."""
        async with self._one_at_a_time:
            with self._scene.sandbox.subscribe() as events:
                if await begin_next_morning(self._app) is None:
                    return {texts.language: texts("demo-no-schedule") for texts in self._all_texts}
                try:
                    await asyncio.wait_for(events.next("MESSAGE_CREATE"), _PATIENCE)
                except TimeoutError:
                    return {texts.language: texts("demo-no-news") for texts in self._all_texts}
            return None


async def open_page(scene: Scene, app: App, catalogue: Catalogue, *, port: int) -> Page:
    """Return a page of a scene, to be entered: the morning's post is arranged for already.

    Args:
        scene: what is there.
        app: the bot, connected to it.
        catalogue: what the page's own button says.
        port: on 127.0.0.1; 0 for a free one.
    """
    await scene.admin.slash("schedule add", scene.papers, channel=scene.papers)
    return Page(
        scene.sandbox,
        title="Daily Papers",
        actions=[Mornings(scene, app, catalogue).action],
        people=[scene.admin, scene.member, scene.visitor],
        first=scene.papers,
        port=port,
    )
