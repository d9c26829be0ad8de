"""Threads and forums, with discord.py and by hand."""

import discord
import pytest
from small_bot import Ask, Place

from bot.sandbox import ChannelType, Permission


async def test_a_thread_is_started_from_a_message_once(place: Place) -> None:
    async with place.start():
        message = await place.channel().send("papers")
        thread = await message.create_thread(name="Discussion", auto_archive_duration=60)
        await thread.send("first")
        with pytest.raises(discord.HTTPException) as refused:
            await message.create_thread(name="Again")

    assert refused.value.code == 160004
    (started,) = place.guild.threads.values()
    assert started.id == message.id
    assert started.type is ChannelType.PUBLIC_THREAD
    assert place.general.messages[0].thread is started
    assert [message.content for message in started.messages] == ["first"]
    assert started.thread
    assert started.thread.auto_archive_duration == 60


async def test_a_thread_of_its_own_leaves_a_note_and_one_of_news_is_of_its_kind(
    place: Place,
) -> None:
    news = place.guild.add_channel("news", ChannelType.ANNOUNCEMENT)
    async with place.start():
        await place.channel().create_thread(name="Open", type=discord.ChannelType.public_thread)
        await place.channel().create_thread(name="Closed")
        known = place.bot.get_channel(news.id)
        assert isinstance(known, discord.TextChannel)
        message = await known.send("today")
        announced = await message.create_thread(name="News")

    assert [message.content for message in place.general.messages] == ["Open"]
    assert announced.type is discord.ChannelType.news_thread
    kinds = [thread.type for thread in place.guild.threads.values()]
    assert kinds == [
        ChannelType.PUBLIC_THREAD,
        ChannelType.PRIVATE_THREAD,
        ChannelType.ANNOUNCEMENT_THREAD,
    ]


async def test_a_forum_takes_posts_with_a_tag_where_it_wants_one_and_nothing_else(
    place: Place, ask: Ask
) -> None:
    forum = place.guild.add_channel("papers", ChannelType.FORUM, tags=("daily",), requires_tag=True)
    async with place.start():
        known = place.bot.get_channel(forum.id)
        assert isinstance(known, discord.ForumChannel)
        with pytest.raises(discord.HTTPException) as untagged:
            await known.create_thread(name="21 February", content="papers")
        made = await known.create_thread(
            name="21 February", content="papers", applied_tags=known.available_tags
        )
        await made.thread.send("more")

    refused = await ask("POST", f"/channels/{forum.id}/messages", json={"content": "plain"})
    unknown = await ask(
        "POST",
        f"/channels/{forum.id}/threads",
        json={"name": "t", "applied_tags": ["1"], "message": {"content": "c"}},
    )
    empty = await ask("POST", f"/channels/{forum.id}/threads", json={"name": "t", "message": {}})
    assert untagged.value.code == 40067
    assert refused[1]["code"] == 50008
    assert unknown[1]["code"] == 10087
    assert empty[1]["code"] == 50006
    (post,) = place.guild.threads.values()
    assert post.parent is forum
    assert made.message.id == made.thread.id == post.id
    assert [message.content for message in post.messages] == ["papers", "more"]


async def test_tags_of_a_forum_are_changed_by_who_may(place: Place, ask: Ask) -> None:
    forum = place.guild.add_channel("papers", ChannelType.FORUM, tags=("daily",))
    wanted = {"available_tags": [{"name": "weekly"}]}
    assert (await ask("PATCH", f"/channels/{forum.id}", json=wanted))[1]["code"] == 50013
    place.guild.set_permissions(
        place.guild.everyone, place.guild.everyone.permissions | Permission.MANAGE_CHANNELS
    )
    status, changed = await ask("PATCH", f"/channels/{forum.id}", json=wanted)
    assert (status, [tag["name"] for tag in changed["available_tags"]]) == (200, ["weekly"])


async def test_an_archived_thread_is_reopened_by_a_message_unless_it_is_locked(
    place: Place, ask: Ask
) -> None:
    thread = place.guild.add_thread(place.general, "Old", place.anna)
    assert thread.thread
    path = f"/channels/{thread.id}"
    message = (await ask("POST", f"{path}/messages", json={"content": "1"}))[1]["id"]
    thread.thread.archived = True
    late = await ask("PATCH", f"{path}/messages/{message}", json={"content": "2"})
    assert late[1]["code"] == 50083
    archived = await ask("GET", f"/channels/{place.general.id}/threads/archived/public")
    assert [found["id"] for found in archived[1]["threads"]] == [str(thread.id)]
    assert (await ask("POST", f"{path}/messages", json={"content": "3"}))[0] == 200
    assert not thread.thread.archived
    active = await ask("GET", f"/guilds/{place.guild.id}/threads/active")
    assert [found["id"] for found in active[1]["threads"]] == [str(thread.id)]

    thread.thread.locked = True
    assert (await ask("POST", f"{path}/messages", json={"content": "4"}))[1]["code"] == 160005
    place.guild.set_overwrite(
        place.general, place.guild.everyone, deny=Permission.SEND_MESSAGES_IN_THREADS
    )
    assert (await ask("POST", f"{path}/messages", json={"content": "5"}))[1]["code"] == 50013


async def test_a_guild_has_a_limit_of_active_threads(place: Place, ask: Ask) -> None:
    place.guild.active_thread_limit = 1
    path = f"/channels/{place.general.id}/threads"
    first = await ask("POST", path, json={"name": "1", "type": 11})
    second = await ask("POST", path, json={"name": "2", "type": 11})
    assert first[0] == 201
    assert second[1]["code"] == 160006


async def test_own_threads_are_archived_and_others_only_with_permission(
    place: Place, ask: Ask
) -> None:
    _, own = await ask(
        "POST", f"/channels/{place.general.id}/threads", json={"name": "Own", "type": 11}
    )
    other = place.guild.add_thread(place.general, "Other", place.anna)
    assert (await ask("PATCH", f"/channels/{own['id']}", json={"archived": True}))[0] == 200
    refused = await ask("PATCH", f"/channels/{other.id}", json={"archived": True})
    assert refused[1]["code"] == 50013
    assert (await ask("PUT", f"/channels/{other.id}/thread-members/@me"))[0] == 204
    assert (await ask("DELETE", f"/channels/{own['id']}"))[1]["code"] == 50013
    wrong = await ask("POST", f"/channels/{other.id}/threads", json={"name": "t"})
    assert wrong[1]["code"] == 50024


async def test_a_deleted_channel_deletes_its_threads(place: Place) -> None:
    thread = place.guild.add_thread(place.general, "Below", place.anna)
    place.guild.remove_channel(place.general)
    assert place.guild.threads == place.guild.channels == {}
    assert thread.id not in place.sandbox.world.channels
