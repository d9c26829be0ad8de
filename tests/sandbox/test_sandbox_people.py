"""What Discord's client would not send, and interactions without a response."""

import discord
import pytest
from discord import app_commands, ui
from small_bot import Ask, BotInteraction, ManualClock, Place, SmallBot

from bot.sandbox import ChannelType, Limits, NotSentError, Permission, Sandbox
from bot.sandbox.people.command_data import Value


async def test_a_command_that_is_not_registered_is_not_sent(place: Place) -> None:
    async with place.start():
        with pytest.raises(NotSentError, match="no command 'nothing'"):
            await place.anna.slash("nothing")


async def test_options_are_checked_before_they_are_sent(place: Place) -> None:
    @place.bot.tree.command(description="Is strict")
    @app_commands.choices(colour=[app_commands.Choice(name="Red", value="red")])
    async def strict(
        interaction: BotInteraction, size: app_commands.Range[int, 1, 25], colour: str = "red"
    ) -> None:
        await interaction.response.send_message(f"{size} {colour}")

    wrong: list[tuple[dict[str, Value], str]] = [
        ({}, "'size' is required"),
        ({"size": 0}, "less than 1"),
        ({"size": 26}, "more than 25"),
        ({"size": "3"}, "not of its type"),
        ({"size": True}, "not of its type"),
        ({"size": 3, "colour": "blue"}, "none of its choices"),
        ({"size": 3, "colour": place.general}, "not of its type"),
        ({"size": 3, "taste": "sour"}, "no option 'taste'"),
    ]
    async with place.start():
        for options, why in wrong:
            with pytest.raises(NotSentError, match=why):
                await place.anna.slash("strict", None, options)
        forced = await place.anna.slash("strict", size=99, colour="blue", force=True)

    assert forced.message
    assert forced.message.content == "99 blue"


async def test_a_channel_of_another_type_is_not_offered(place: Place) -> None:
    @place.bot.tree.command(description="Takes a thread's channel")
    async def take(interaction: BotInteraction, where: discord.TextChannel) -> None:
        await interaction.response.send_message(where.name)

    forum = place.guild.add_channel("forum", ChannelType.FORUM)
    async with place.start():
        with pytest.raises(NotSentError, match="a channel of type FORUM"):
            await place.anna.slash("take", where=forum)


async def test_a_command_for_managers_is_hidden_from_members_but_can_be_forced(
    place: Place,
) -> None:
    @place.bot.tree.command(description="For managers")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def manage(interaction: BotInteraction) -> None:
        await interaction.response.send_message(
            str(interaction.permissions.manage_guild), ephemeral=True
        )

    manager = place.guild.add_member("Mo", permissions=Permission.MANAGE_GUILD)
    async with place.start():
        offered = [[found.name for found in who.commands()] for who in (manager, place.anna)]
        assert offered == [["manage"], []]
        with pytest.raises(NotSentError, match="permissions"):
            await place.anna.slash("manage")
        with pytest.raises(NotSentError, match="not in a channel of this kind"):
            await place.anna.slash("manage", place.sandbox.dm(place.anna))
        allowed = [await person.slash("manage") for person in (manager, place.sandbox.world.owner)]
        forced = await place.anna.slash("manage", force=True)

    assert [answer.message and answer.message.content for answer in (*allowed, forced)] == [
        "True",
        "True",
        "False",
    ]


async def test_a_person_calls_a_command_by_its_name_in_their_language(place: Place) -> None:
    class Korean(app_commands.Translator):
        async def translate(
            self,
            string: app_commands.locale_str,
            locale: discord.Locale,
            _context: app_commands.TranslationContextTypes,
        ) -> str | None:
            words = {"paper": "논문", "query": "검색어"}
            return words.get(string.message) if locale is discord.Locale.korean else None

    @place.bot.tree.command(description="Finds a paper")
    async def paper(interaction: BotInteraction, query: str) -> None:
        await interaction.response.send_message(query)

    place.anna.locale = "ko"
    bo = place.guild.add_member("Bo", locale="de")
    await place.bot.tree.set_translator(Korean())
    async with place.start():
        answer = await place.anna.slash("논문", None, {"검색어": "mlgym"})
        with pytest.raises(NotSentError):
            await bo.slash("논문", None, {"검색어": "mlgym"})

    assert answer.message
    assert answer.message.content == "mlgym"


async def test_who_cannot_see_a_channel_can_do_nothing_there(place: Place) -> None:
    secret = place.guild.add_channel("secret")
    place.guild.set_overwrite(secret, place.guild.everyone, deny=Permission.VIEW_CHANNEL)
    with pytest.raises(NotSentError, match="can't see secret"):
        await place.anna.slash("anything", secret)


class Pair(ui.View):
    @ui.button(label="Off", disabled=True)
    async def off(self, interaction: BotInteraction, _button: ui.Button["Pair"]) -> None:
        await interaction.response.send_message("pressed all the same", ephemeral=True)

    @ui.select(options=[discord.SelectOption(label="One")])
    async def one(self, interaction: BotInteraction, _select: "ui.Select[Pair]") -> None:
        await interaction.response.send_message("chosen", ephemeral=True)


async def test_disabled_and_unknown_components_are_not_used(place: Place) -> None:
    @place.bot.tree.command(description="Shows")
    async def show(interaction: BotInteraction) -> None:
        view = Pair()
        view.add_item(ui.Button(label="arXiv", url="https://arxiv.org"))
        await interaction.response.send_message("look", view=view, ephemeral=True)

    bo = place.guild.add_member("Bo")
    async with place.start():
        shown = (await place.anna.slash("show")).message
        assert shown
        for name, why in [
            ("Off", "disabled"),
            ("arXiv", "a link"),
            ("None", "0 parts are called 'None'"),
        ]:
            with pytest.raises(NotSentError, match=why):
                await place.anna.press(shown, name)
        with pytest.raises(NotSentError, match="no option 'Two'"):
            await place.anna.choose(shown, "Two")
        with pytest.raises(NotSentError, match="takes 1 to 1"):
            await place.anna.choose(shown, [])
        with pytest.raises(NotSentError, match="can't see that message"):
            await bo.press(shown, "Off")
        forced = await place.anna.press(shown, "Off", force=True)

    assert forced.message
    assert forced.message.content == "pressed all the same"


async def test_an_interaction_without_a_response_fails_after_three_seconds(
    clock: ManualClock,
) -> None:
    async with Sandbox(clock=clock, limits=Limits.off()) as sandbox:
        guild = sandbox.add_guild("Lab")
        place = Place(
            sandbox, guild, guild.add_channel("general"), guild.add_member("A"), SmallBot()
        )

        @place.bot.tree.command(description="Is slow")
        async def slow(interaction: BotInteraction) -> None:
            clock.advance(seconds=3.5)
            await interaction.response.send_message("too late")

        @place.bot.tree.command(description="Never answers")
        async def never(_interaction: BotInteraction) -> None:
            pass

        async with place.start():
            late = await place.anna.slash("slow")
            nothing = await place.anna.slash("never", wait=False)
            clock.advance(seconds=2.9)
            sandbox.tick()
            assert not nothing.failed
            clock.advance(seconds=0.1)
            sandbox.tick()
            await nothing.result()

        assert {late.failed, nothing.failed} == {"The application did not respond"}
        assert place.general.messages == []
        assert [(lost.status, lost.code) for lost in sandbox.refusals] == [(404, 10062)]
        assert isinstance(place.bot.failures[0], discord.NotFound)


async def test_followups_are_accepted_for_fifteen_minutes(
    clock: ManualClock,
) -> None:
    async with Sandbox(clock=clock, limits=Limits.off()) as sandbox:
        guild = sandbox.add_guild("Lab")
        place = Place(
            sandbox, guild, guild.add_channel("general"), guild.add_member("A"), SmallBot()
        )

        @place.bot.tree.command(description="Comes back")
        async def again(interaction: BotInteraction) -> None:
            await interaction.response.send_message("at once")
            clock.advance(minutes=14)
            await interaction.followup.send("in time")
            clock.advance(minutes=2)
            await interaction.followup.send("too late")

        async with place.start():
            answer = await place.anna.slash("again", wait=False)
            await answer.followup()
            with sandbox.subscribe() as events:
                if not sandbox.refusals:
                    await events.next("REFUSAL")

        assert [message.content for message in place.general.messages] == ["at once", "in time"]
        assert [(lost.status, lost.code) for lost in sandbox.refusals] == [(401, 50027)]


async def test_a_second_first_response_is_refused(place: Place, ask: Ask) -> None:
    @place.bot.tree.command(description="Answers")
    async def once(interaction: BotInteraction) -> None:
        await interaction.response.send_message("once")

    async with place.start():
        interaction = await place.anna.slash("once")
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        await ask("POST", path, json={"type": 4, "data": {"content": "twice"}}, token=None)

    assert [(lost.status, lost.code) for lost in place.sandbox.refusals] == [(400, 40060)]
    assert [message.content for message in place.general.messages] == ["once"]


async def test_a_modal_is_not_submitted_without_required_fields(place: Place) -> None:
    class Form(ui.Modal, title="Form"):
        word: ui.TextInput["Form"] = ui.TextInput(label="Word", min_length=2, max_length=4)

        async def on_submit(self, interaction: BotInteraction) -> None:
            await interaction.response.send_message(self.word.value)

    @place.bot.tree.command(description="Opens a form")
    async def form(interaction: BotInteraction) -> None:
        await interaction.response.send_modal(Form())

    async with place.start():
        opened = await place.anna.slash("form")
        for values, why in [
            ({}, "'Word' is required"),
            ({"Word": "a"}, "takes 2 to 4"),
            ({"Word": "abc", "Colour": "red"}, "no field 'Colour'"),
        ]:
            with pytest.raises(NotSentError, match=why):
                await place.anna.submit(opened, values)
        sent = await place.anna.submit(opened, {"Word": "abc"})

    assert sent.message
    assert sent.message.content == "abc"


async def test_a_wait_of_a_person_times_out() -> None:
    async with Sandbox(limits=Limits.off(), patience=0.05) as sandbox:
        guild = sandbox.add_guild("Lab")
        guild.add_channel("general")
        with pytest.raises(TimeoutError, match="no more came back"):
            await guild.add_member("A").slash("unheard", force=True)
