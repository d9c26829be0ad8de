"""The button of the demo's page that moves the clock to the next post."""

from pathlib import Path

from catalogue import CATALOGUE

from bot.app import App
from bot.client import ConnectionSettings
from bot.clock import Clock
from bot.demo.first_steps import FirstSteps
from bot.demo.page import NextMorning, all_languages
from bot.demo.papers import EVENING, sample_digest
from bot.demo.scene import connected, set_scene
from bot.discord_endpoint import point_at
from bot.ingest import ingest_text
from bot.sandbox import Sandbox
from storage.database import Database


async def test_the_button_says_why_nothing_is_posted(tmp_path: Path) -> None:
    clock = Clock()
    clock.move_to(EVENING)
    async with (
        await Database.open(tmp_path / "papers.db") as database,
        Sandbox(clock=clock.now, bot_name="Daily Papers") as sandbox,
    ):
        scene = set_scene(sandbox, language="en")
        await point_at(sandbox.url)
        connection = ConnectionSettings(ready_after=0.05)
        app = App(database, catalogue=CATALOGUE, clock=clock, connection=connection)
        async with connected(app, sandbox):
            button = NextMorning(scene, app, CATALOGUE)
            steps = FirstSteps(scene, app, all_languages(CATALOGUE))
            said = await button.press(scene.admin)
            assert said is not None
            assert said["en"].startswith("No schedules yet")
            await scene.admin.slash(
                "schedule add", scene.papers, channel=scene.papers, timezone="UTC"
            )
            tip = await steps.tip(scene.admin)
            assert tip is not None
            assert "Next morning" in tip["en"]
            said = await button.press(scene.admin)
            assert said is not None
            assert said["en"].startswith("No papers yet.")
            assert said["ko"].startswith("아직 논문이 없습니다.")
            assert await steps.tip(scene.admin) is None
            await ingest_text(database, sample_digest(), path="sample.md", read_at=clock.now())
            await button.press(scene.admin)
            said = await button.press(scene.admin)
            assert said is not None
            assert said["en"].startswith("It's the next morning, but there are no new papers")
        await point_at(None)
