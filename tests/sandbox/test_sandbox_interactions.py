"""People use commands of a small bot, and see its responses."""

import io
from typing import Any, Literal

import discord
import pytest
from discord import app_commands
from small_bot import BotInteraction, Place

from bot.sandbox import CallbackType, NotSentError, Permission


async def test_a_slash_command_is_responded_to_in_the_channel(place: Place) -> None:
    @place.bot.tree.command(description="Says hello")
    async def hello(
        interaction: BotInteraction, name: str, times: app_commands.Range[int, 1, 3] = 1
    ) -> None:
        await interaction.response.send_message(f"hello {name} " * times)

    async with place.start():
        answer = await place.anna.slash("hello", name="you", times=2)

    assert answer.answer is CallbackType.MESSAGE
    assert not answer.ephemeral
    assert place.general.messages == [answer.message]
    assert answer.message
    assert answer.message.content == "hello you hello you"


async def test_an_interaction_has_user_channel_and_locales(place: Place) -> None:
    heard: dict[str, object] = {}

    @place.bot.tree.command(description="Listens")
    async def listen(
        interaction: BotInteraction, where: discord.TextChannel, who: discord.Member
    ) -> None:
        heard.update(
            locale=str(interaction.locale),
            guild_locale=str(interaction.guild_locale),
            context=interaction.context.guild,
            may_write=interaction.app_permissions.send_messages,
            manages=interaction.permissions.manage_guild,
            where=where.id,
            who=who.id,
        )
        await interaction.response.send_message("heard", ephemeral=True)

    mina = place.guild.add_member("Mina", locale="ko", permissions=Permission.MANAGE_GUILD)
    async with place.start():
        await mina.slash("listen", where=place.general, who=place.anna)

    assert heard == {
        "locale": "ko",
        "guild_locale": "ko",
        "context": True,
        "may_write": True,
        "manages": True,
        "where": place.general.id,
        "who": place.anna.id,
    }


async def test_a_named_channel_carries_permissions_of_the_person_and_of_the_bot(
    place: Place,
) -> None:
    raw: dict[str, str] = {}

    @place.bot.tree.command(description="Takes a channel")
    async def take(interaction: BotInteraction, where: app_commands.AppCommandChannel) -> None:
        data: Any = interaction.data  # raw JSON, of which discord.py does not know all
        raw.update(data["resolved"]["channels"][str(where.id)])
        await interaction.response.send_message(str(where.permissions.send_messages))

    quiet = place.guild.add_channel("quiet")
    bot_role = next(role for role in place.guild.roles.values() if role.managed)
    place.guild.set_overwrite(quiet, place.guild.everyone, deny=Permission.SEND_MESSAGES)
    place.guild.set_overwrite(quiet, bot_role, allow=Permission.SEND_MESSAGES)
    async with place.start():
        answer = await place.anna.slash("take", where=quiet)

    assert answer.message
    assert answer.message.content == "False"
    assert int(raw["app_permissions"]) & Permission.SEND_MESSAGES
    assert not int(raw["permissions"]) & Permission.SEND_MESSAGES


async def test_an_ephemeral_response_is_visible_to_one_user_only(place: Place) -> None:
    @place.bot.tree.command(description="Whispers")
    async def whisper(interaction: BotInteraction) -> None:
        await interaction.response.send_message("psst", ephemeral=True)

    other = place.guild.add_member("Bo")
    async with place.start():
        answer = await place.anna.slash("whisper")

    assert answer.ephemeral
    assert place.general.messages == []
    assert place.general.seen_by(place.anna) == [answer.message]
    assert place.general.seen_by(other) == []


async def test_subscriptions_get_events_in_order_with_the_only_user_who_may_see_them(
    place: Place,
) -> None:
    @place.bot.tree.command(description="Whispers")
    async def whisper(interaction: BotInteraction) -> None:
        await interaction.response.send_message("psst", ephemeral=True)
        await interaction.followup.send("aloud")

    async with place.start():
        with place.sandbox.subscribe() as events:
            answer = await place.anna.slash("whisper")
            await answer.followup()
            events.close()
            heard = [
                (event.name, event.channel_id, event.only_for)
                async for event in events
                if event.name != "REQUEST"
            ]

    here, her = place.general.id, place.anna.id
    assert heard == [
        ("INTERACTION_CREATE", here, her),
        ("MESSAGE_CREATE", here, her),
        ("INTERACTION_UPDATE", here, her),
        ("MESSAGE_CREATE", here, None),
        ("INTERACTION_UPDATE", here, her),
    ]


async def test_a_deferred_response_is_awaited_then_edited_and_followed_up(
    place: Place,
) -> None:
    @place.bot.tree.command(description="Thinks")
    async def think(interaction: BotInteraction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content="thought")
        await interaction.followup.send("and more", ephemeral=True)
        await interaction.edit_original_response(content="thought again")

    async with place.start():
        begun = await place.anna.slash("think", wait=False)
        await begun.first()
        assert begun.answer is CallbackType.DEFERRED_MESSAGE
        await begun.edited(2)
        more = await begun.followup()

    assert begun.message
    assert begun.message.content == "thought again"
    assert begun.message.ephemeral
    assert more.content == "and more"
    assert more.reply_to is begun.message


async def test_a_followup_after_a_deleted_deferred_response_has_its_own_ephemeral_flag(
    place: Place,
) -> None:
    @place.bot.tree.command(description="Thinks")
    async def think(interaction: BotInteraction) -> None:
        await interaction.response.defer()
        await interaction.delete_original_response()
        await interaction.followup.send("for you alone", ephemeral=True)

    async with place.start():
        done = await place.anna.slash("think")

    assert done.answer is CallbackType.DEFERRED_MESSAGE
    (message,) = done.followups
    assert message.content == "for you alone"
    assert message.only_for == place.anna.id
    assert list(message.channel.all_messages.values()) == [message]


async def test_the_first_followup_of_a_deferred_response_replaces_it(place: Place) -> None:
    @place.bot.tree.command(description="Thinks")
    async def think(interaction: BotInteraction) -> None:
        await interaction.response.defer()
        await interaction.followup.send("in its place")

    async with place.start():
        answer = await place.anna.slash("think")

    assert answer.message
    assert answer.message.content == "in its place"
    assert answer.followups == []
    assert place.general.messages == [answer.message]


async def test_a_response_can_be_read_and_deleted(place: Place) -> None:
    read = []

    @place.bot.tree.command(description="Comes and goes")
    async def flash(interaction: BotInteraction) -> None:
        await interaction.response.send_message("here")
        read.append((await interaction.original_response()).content)
        await interaction.delete_original_response()
        await interaction.followup.send("gone", ephemeral=True)

    async with place.start():
        answer = await place.anna.slash("flash", wait=False)
        await answer.followup()

    assert read == ["here"]
    assert place.general.messages == []


async def test_autocomplete_offers_choices_while_typing(place: Place) -> None:
    @place.bot.tree.command(description="Finds")
    async def find(interaction: BotInteraction, word: str, kind: str = "any") -> None:
        await interaction.response.send_message(f"{word} {kind}")

    @find.autocomplete("word")
    async def offer(_interaction: BotInteraction, typed: str) -> list[app_commands.Choice[str]]:
        words = [typed + end for end in ("a", "b")]
        return [app_commands.Choice(name=word, value=word.upper()) for word in words]

    async with place.start():
        choices = await place.anna.autocomplete("find", "word", "pap")
        answer = await place.anna.slash("find", word=choices[0]["value"])

    assert choices == [{"name": "papa", "value": "PAPA"}, {"name": "papb", "value": "PAPB"}]
    assert answer.message
    assert answer.message.content == "PAPA any"


async def test_commands_of_menus_get_their_message_or_member(place: Place) -> None:
    @place.bot.tree.context_menu(name="Shout")
    async def shout(interaction: BotInteraction, message: discord.Message) -> None:
        await interaction.response.send_message(message.content.upper())

    @place.bot.tree.context_menu(name="Greet")
    async def greet(interaction: BotInteraction, member: discord.Member) -> None:
        await interaction.response.send_message(f"hello {member.display_name}")

    said = place.anna.say("quietly")
    async with place.start():
        shouted = await place.anna.context_menu("Shout", said)
        greeted = await place.anna.context_menu("Greet", place.sandbox.world.owner)
        assert shouted.message
        assert greeted.message
        answers = (shouted.message, greeted.message)
        read = [await place.channel().fetch_message(each.id) for each in answers]

    assert [each.content for each in answers] == ["QUIETLY", "hello Owner"]
    of_message, of_user = (each.interaction_metadata for each in read)
    assert of_message is not None
    assert of_message.target_message_id == said.id
    assert of_user is not None
    assert of_user.target_user is not None
    assert of_user.target_user.id == place.sandbox.world.owner.id


async def test_subcommands_are_called_by_their_path(place: Place) -> None:
    plan = app_commands.Group(name="plan", description="Plans")

    @plan.command(name="add", description="Adds one")
    async def add(interaction: BotInteraction, day: Literal["mon", "tue"]) -> None:
        await interaction.response.send_message(f"added {day}")

    place.bot.tree.add_command(plan)
    async with place.start():
        answer = await place.anna.slash("plan add", day="mon")

    assert answer.message
    assert answer.message.content == "added mon"


async def test_commands_of_a_guild_exist_there_only(place: Place) -> None:
    @place.bot.tree.command(description="Is local", guild=discord.Object(place.guild.id))
    async def local(interaction: BotInteraction) -> None:
        await interaction.response.send_message("here")

    @place.bot.tree.context_menu(name="Quote", guild=discord.Object(place.guild.id))
    async def quote(interaction: BotInteraction, message: discord.Message) -> None:
        await interaction.response.send_message(f"> {message.content}")

    other = place.sandbox.add_guild("Other")
    elsewhere = other.add_channel("elsewhere")
    other.add_member(place.anna)
    async with place.start():
        await place.bot.tree.sync(guild=discord.Object(place.guild.id))
        answer = await place.anna.slash("local", place.general)
        with pytest.raises(NotSentError):
            await place.anna.slash("local", elsewhere)
        quoted = await place.anna.context_menu("Quote", place.anna.say("hi", place.general))
        with pytest.raises(NotSentError):
            await place.anna.context_menu("Quote", place.anna.say("hi", elsewhere))

    assert quoted.message
    assert quoted.message.content == "> hi"
    assert quoted.data["guild_id"] == str(place.guild.id)
    assert answer.message
    assert answer.message.content == "here"


async def test_commands_work_in_a_thread(place: Place) -> None:
    @place.bot.tree.command(description="Says where")
    async def where(interaction: BotInteraction) -> None:
        assert isinstance(interaction.channel, discord.Thread)
        await interaction.response.send_message(
            f"{interaction.channel.name} of {interaction.channel.parent}"
        )

    thread = place.guild.add_thread(place.general, "Aside", place.anna)
    async with place.start():
        answer = await place.anna.slash("where", thread)

    assert answer.message
    assert answer.message.content == "Aside of general"
    assert thread.messages == [answer.message]


async def test_files_come_with_answers_and_embeds_show_them(place: Place) -> None:
    @place.bot.tree.command(description="Draws")
    async def draw(interaction: BotInteraction) -> None:
        picture = discord.File(io.BytesIO(b"a picture"), "chart.png", description="A chart")
        embed = discord.Embed(title="Chart").set_image(url="attachment://chart.png")
        await interaction.response.send_message(embed=embed, file=picture)

    async with place.start():
        shown = (await place.anna.slash("draw")).message
        assert shown
        (file,) = shown.attachments
        seen = await place.channel().fetch_message(shown.id)
        read = await seen.attachments[0].read()

    assert (file.filename, file.content_type, file.description) == (
        "chart.png",
        "image/png",
        "A chart",
    )
    assert shown.embeds[0]["image"]["url"] == file.url == seen.embeds[0].image.url
    assert read == b"a picture"


async def test_an_edit_keeps_the_files_that_it_names_and_adds_others(place: Place) -> None:
    def file(name: str) -> discord.File:
        return discord.File(io.BytesIO(name.encode()), name)

    async with place.start():
        message = await place.channel().send(files=[file("a.txt"), file("b.txt")])
        first, _ = message.attachments
        await message.edit(attachments=[first, file("c.txt")])

    names = [attachment.filename for attachment in place.general.messages[0].attachments]
    assert names == ["a.txt", "c.txt"]


async def test_commands_work_in_direct_messages(place: Place) -> None:
    @place.bot.tree.command(description="Says where")
    async def where(interaction: BotInteraction) -> None:
        await interaction.response.send_message(
            f"{interaction.guild} {interaction.context.dm_channel}"
        )
        await interaction.user.send("and a letter")

    async with place.start():
        answer = await place.anna.slash("where", place.sandbox.dm(place.anna), wait=False)
        await answer.result()
        assert answer.message
        assert answer.message.content == "None True"
        with place.sandbox.subscribe() as events:
            letters = place.sandbox.dm(place.anna).messages
            while len(letters) < 2:
                await events.next("MESSAGE_CREATE")
                letters = place.sandbox.dm(place.anna).messages

    assert [message.content for message in letters] == ["None True", "and a letter"]


async def test_users_who_installed_the_application_use_it_without_the_bot(place: Place) -> None:
    @place.bot.tree.command(description="Says by whom")
    @app_commands.allowed_installs(guilds=False, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def whose(interaction: BotInteraction) -> None:
        await interaction.response.send_message(
            f"{interaction.is_user_integration()} {interaction.is_guild_integration()}"
        )

    elsewhere = place.sandbox.add_guild("Elsewhere", with_bot=False)
    hall = elsewhere.add_channel("hall")
    elsewhere.add_member(place.anna)
    pair = place.sandbox.world.add_group(place.anna, place.sandbox.world.owner)
    place.anna.installed = True
    async with place.start():
        there = await place.anna.slash("whose", hall)
        private = await place.anna.slash("whose", pair)

    assert there.message
    assert there.message.content == "True False"
    assert private.message
    assert private.message.content == "True False"
