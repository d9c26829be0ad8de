"""The demo in the browser: a page that looks and works like Discord."""

import asyncio
from collections.abc import Mapping

from bot.app import App
from bot.demo.scene import BREATH, Scene, begin_next_morning
from bot.sandbox.page import Action, Page
from config.texts import Catalogue
from storage import digests

_PATIENCE = BREATH.total_seconds() + 3
"""Seconds to wait for a post before saying that nothing was posted."""


class NextMorning:
    """The page's button that moves the clock to the next post."""

    def __init__(self, scene: Scene, app: App, catalogue: Catalogue) -> None:
        self._scene = scene
        self._app = app
        self._all_texts = [catalogue.for_locale(language) for language in catalogue.languages]
        self._lock = asyncio.Lock()

    @property
    def action(self) -> Action:
        """The button as the page shows it."""
        names = {texts.language: texts("demo-next-morning") for texts in self._all_texts}
        return Action("next-morning", names, self.press)

    async def press(self) -> Mapping[str, str] | None:
        """Wait for the next post; return an explanation by language if none comes."""
        async with self._lock:
            with self._scene.sandbox.subscribe() as events:
                if await begin_next_morning(self._app) is None:
                    return {texts.language: texts("demo-no-schedule") for texts in self._all_texts}
                try:
                    await asyncio.wait_for(events.next("MESSAGE_CREATE"), _PATIENCE)
                except TimeoutError:
                    has_papers = await digests.newest(self._app.database) is not None
                    return {
                        texts.language: texts("demo-no-news" if has_papers else "no-papers-yet")
                        for texts in self._all_texts
                    }
            return None


async def open_page(scene: Scene, app: App, catalogue: Catalogue, *, port: int) -> Page:
    """Add a schedule, and return the page; the caller serves it.

    Args:
        scene: The sandbox with its people and channels.
        app: The bot, connected to it.
        catalogue: The texts of the button.
        port: The port on 127.0.0.1; 0 for any free port.
    """
    zone = "Seoul" if scene.admin.locale == "ko" else "UTC"
    await scene.admin.slash("schedule add", scene.papers, channel=scene.papers, timezone=zone)
    return Page(
        scene.sandbox,
        title="Daily Papers",
        actions=[NextMorning(scene, app, catalogue).action],
        people=[scene.admin, scene.member, scene.visitor],
        first=scene.papers,
        port=port,
    )
