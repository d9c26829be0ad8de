"""A person at a terminal sees layouts and modals, and uses them by lines of text."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import discord
import pytest
from discord import app_commands, ui
from rich.console import Console
from small_bot import BotInteraction, Place

from bot.sandbox import NotSentError
from bot.sandbox.rules.commands import LOCALES
from bot.sandbox.terminal import Terminal
from bot.sandbox.terminal.times import write_distance, write_time

CONTROL = "\x1b]0;title\x07"


class Rename(ui.Modal, title="Rename"):
    name: ui.Label["Rename"] = ui.Label(
        text="Name", description="A short one", component=ui.TextInput(placeholder="Papers")
    )
    when: ui.Label["Rename"] = ui.Label(
        text="When",
        component=ui.RadioGroup(
            options=[
                discord.RadioGroupOption(label="Morning", value="8", default=True),
                discord.RadioGroupOption(label="Evening", value="20"),
            ]
        ),
    )
    who: ui.Label["Rename"] = ui.Label(text="Who", component=ui.MentionableSelect(max_values=2))
    silent: ui.Label["Rename"] = ui.Label(text="Silent", component=ui.Checkbox())

    async def on_submit(self, interaction: BotInteraction) -> None:
        parts: list[Any] = [each.component for each in (self.name, self.when, self.silent)]
        who: Any = self.who.component
        said = [str(part.value) for part in parts] + [each.name for each in who.values]
        await interaction.response.send_message(", ".join(said))


class Screen(ui.LayoutView):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        rename: ui.Button[Screen] = ui.Button(label="Rename", custom_id="rename")
        rename.callback = self.rename  # type: ignore[method-assign]  # discord.py's own way
        where: ui.ChannelSelect[Screen] = ui.ChannelSelect(placeholder="Where?", custom_id="where")
        where.callback = self.chosen  # type: ignore[method-assign]  # the same
        self.where = where
        self.add_item(
            ui.Container(
                ui.Section(f"**Settings**{CONTROL}", accessory=rename),
                ui.Separator(),
                ui.MediaGallery(discord.MediaGalleryItem("https://example.org/a.png")),
                ui.ActionRow(where),
                ui.ActionRow(
                    ui.Select(
                        placeholder="Off", disabled=True, options=[discord.SelectOption(label="A")]
                    )
                ),
            )
        )

    async def rename(self, interaction: BotInteraction) -> None:
        await interaction.response.send_modal(Rename())

    async def chosen(self, interaction: BotInteraction) -> None:
        await interaction.response.send_message(f"chose {self.where.values[0].name}")


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=80)


def shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


async def test_layouts_are_used_and_modals_filled_in(place: Place, console: Console) -> None:
    place.anna.locale = "en-GB"
    terminal = Terminal(place.sandbox.world, place.anna, place.general, console)

    @place.bot.tree.command(name="screen", description="Shows the screen")
    async def show(interaction: BotInteraction) -> None:
        await interaction.response.send_message(view=Screen())

    place.guild.add_role("Readers")
    async with place.start():
        await terminal.do("/screen")
        for part in (
            *("Settings", "[Rename]", "https://example.org/a.png", "▾ Where? (#channel)"),
            *("▾ Off", "1. A"),
        ):
            assert part in shown(console)
        assert "\x1b]" not in shown(console)
        await terminal.do("choose #general")
        await terminal.do("choose Where?: #general")
        assert shown(console).count("chose general") == 2
        await terminal.do("press Rename")
        for part in ("Name *", "A short one", "[Papers]", "(•) Morning", "[ ] yes", "@role"):
            assert part in shown(console)
        for line, why in [
            ("submit", "'Name' is required"),
            ("fill Nothing: x", "the labels are"),
            ("fill When: Noon", "no 'Noon' to choose"),
            ("choose #nowhere", "no menu here has that"),
        ]:
            with pytest.raises(NotSentError, match=why):
                await terminal.do(line)
        await terminal.do("fill Name: New: papers")
        await terminal.do("fill When: 2")
        await terminal.do("fill Who: @Anna, @Readers")
        await terminal.do("fill Silent: yes")
        assert "→ New: papers" in shown(console)
        await terminal.do("submit")
        assert "New: papers, 20, True, anna, Readers" in shown(console)
        await terminal.do("press Rename")
        await terminal.do("dismiss")
        with pytest.raises(NotSentError, match="no form is open"):
            await terminal.do("submit")


async def test_mentions_times_and_default_values_are_replaced_by_text(
    place: Place, console: Console
) -> None:
    place.anna.locale = "en-GB"
    terminal = Terminal(place.sandbox.world, place.anna, place.general, console)
    role = place.guild.add_role("Readers")
    soon = round(place.sandbox.world.clock().timestamp()) + 7300

    @place.bot.tree.command(name="post", description="Posts")
    async def post(interaction: BotInteraction) -> None:
        view = discord.ui.View()
        view.add_item(discord.ui.RoleSelect(default_values=[discord.Object(role.id)]))
        view.add_item(discord.ui.ChannelSelect(default_values=[discord.Object(place.general.id)]))
        await interaction.response.send_message(
            f"<@&{role.id}> see </help me:1> <t:{soon}:R>", view=view
        )

    async with place.start():
        await terminal.do("/post")
    assert "@Readers see /help me in 2 hours" in shown(console)
    assert "(@Readers)" in shown(console)
    assert "(#general)" in shown(console)


class KoreanNames(app_commands.Translator):
    """Translates the names of the command below."""

    NAMES: Final = {"paper": "논문", "show": "보기", "size": "크기", "small": "작게", "why": "왜"}

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, _context: object
    ) -> str | None:
        return self.NAMES.get(string.message) if locale is discord.Locale.korean else None


async def test_a_korean_uses_the_terminal_in_korean(place: Place, console: Console) -> None:
    assert place.anna.locale == "ko"
    zone = ZoneInfo("Asia/Seoul")
    terminal = Terminal(place.sandbox.world, place.anna, place.general, console, zone=zone)
    two_days = round(place.sandbox.world.clock().timestamp()) + 2 * 86_400
    group: app_commands.Group = app_commands.Group(name="paper", description="Papers")

    @group.command(name="show", description="Shows a size")
    @app_commands.choices(size=[app_commands.Choice(name="small", value=3)])
    async def show(
        interaction: BotInteraction, size: int, why: app_commands.Range[str, 2] = ""
    ) -> None:
        text = f"{size} {why} <t:1740351600:F> <t:1740351600:t> <t:{two_days}:R> <t:0:d>"
        await interaction.response.send_message(text, ephemeral=True)

    place.bot.tree.add_command(group)
    await place.bot.tree.set_translator(KoreanNames())
    async with place.start():
        assert "/논문 보기 크기 [왜] — Shows a size" in list(terminal.usages())
        for line in ("/논문 보기 크기:작게 왜:심심해서", "/paper show small 왜:심심해서"):
            await terminal.do(line)
        # With wide letters, what is shown is wrapped at 80 columns.
        text = " ".join(shown(console).split())
        written = "3 심심해서 2025년 2월 24일 월요일 오전 8:00 오전 8:00 2일 후 70. 1. 1."
        assert text.count(written) == 2
        assert text.count("나만 볼 수 있음") == 2
        for line, why in [
            ("/논문집", "/논문집 명령어는 없습니다. 사용할 수 있는 명령어: /논문"),
            ("/논문 찾기", "/논문 다음에 입력할 말: 보기"),
            ("/논문 보기", "크기 옵션을 입력해 주세요."),
            ("/논문 보기 크기:9", "크기 옵션에는 “9” 항목이 없습니다."),
            ("/논문 보기 크기:작게 왜:흠", "왜 옵션은 2 이상이어야 합니다."),
            ("누르기 없음", "여기에는 그런 버튼이나 메뉴가 있는 메시지가 없습니다."),
        ]:
            with pytest.raises(NotSentError) as refused:
                await terminal.do(line)
            terminal.explain(refused.value)
            assert " ".join(shown(console).split()).endswith(why)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        *((0, ""), (29, ""), (-31, "1 minute ago"), (3_590, "in 1 hour"), (7_300, "in 2 hours")),
        *((86_399, "in 1 day"), (9 * 86_400, "in 9 days"), (-40 * 86_400, "1 month ago")),
        *((360 * 86_400, "in 1 year"), (800 * 86_400, "in 2 years")),
    ],
)
def test_a_distance_has_the_largest_unit_that_it_reaches(seconds: int, written: str) -> None:
    assert write_distance(timedelta(seconds=seconds), "en-US") == written


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_times_are_written_in_each_of_discords_locales(locale: str) -> None:
    at = datetime(2025, 2, 21, 22, 0, tzinfo=UTC)
    for style in "tTdDfFsS":
        assert write_time(at, style, ZoneInfo("Asia/Seoul"), locale)
    for end in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        assert write_time(end, "f", ZoneInfo("Asia/Seoul"), locale)
        assert write_time(end, "f", ZoneInfo("America/Lima"), locale)


async def test_commands_of_the_menus_of_messages_and_users_are_used(
    place: Place, console: Console
) -> None:
    place.anna.locale = "en-GB"
    terminal = Terminal(place.sandbox.world, place.anna, place.general, console)

    @place.bot.tree.context_menu(name="Count letters")
    async def count(interaction: BotInteraction, message: discord.Message) -> None:
        await interaction.response.send_message(f"{len(message.content)} letters")

    @place.bot.tree.context_menu(name="Greet")
    async def greet(interaction: BotInteraction, member: discord.Member) -> None:
        await interaction.response.send_message(f"Hi {member.name}")

    async with place.start():
        assert [usage.split(" — ")[0] for usage in terminal.usages()][:3] == [
            "menu Count letters",
            "menu Greet",
            "press LABEL",
        ]
        with pytest.raises(NotSentError, match="no message here"):
            await terminal.do("menu Count letters")
        place.anna.say("seven l")
        await terminal.do("menu Count letters")
        place.anna.say("hello")
        await terminal.do("menu Greet")
        assert "7 letters" in shown(console)
        assert "Hi anna" in shown(console)
        with pytest.raises(NotSentError, match="no command 'Count'"):
            await terminal.do("menu Count")
        with pytest.raises(NotSentError, match="there is no /Greet"):
            await terminal.do("/Greet")
