"""Requests that break a rule only after others: edits, second responses, threads."""

import asyncio
import json
from io import BytesIO

import aiohttp
from violation_builders import Answer, Scene, label, text_display, text_input

from bot.sandbox import ChannelType, Limits, Permission, Rate


async def too_large_a_file(scene: Scene) -> Answer:
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps({"content": "Hello"}))
    form.add_field("files[0]", BytesIO(bytes(10 * 1024 * 1024 + 1)), filename="large.bin")
    return await scene.ask("POST", scene.messages, data=form)


async def edit_of_another_user(scene: Scene) -> Answer:
    written = scene.place.anna.say("Mine")
    return await scene.ask("PATCH", f"{scene.messages}/{written.id}", json={"content": "Yours"})


async def edit_without_components_v2(scene: Scene) -> Answer:
    path = await scene.send(content=None, flags=1 << 15, components=[text_display()])
    return await scene.ask("PATCH", path, json={"flags": 0})


async def edit_to_nothing(scene: Scene) -> Answer:
    return await scene.ask("PATCH", await scene.send(), json={"content": ""})


async def second_response(scene: Scene) -> Answer:
    interaction = await scene.interaction()
    await scene.respond(interaction, type=5)
    return await scene.respond(interaction, type=5)


async def late_response(scene: Scene) -> Answer:
    interaction = await scene.interaction()
    scene.clock.advance(seconds=3.1)
    return await scene.respond(interaction, type=5)


async def late_followup(scene: Scene) -> Answer:
    interaction = await scene.interaction()
    await scene.respond(interaction, type=4, data={"content": "First"})
    scene.clock.advance(minutes=15, seconds=1)
    return await scene.follow_up(interaction)


async def followup_before_response(scene: Scene) -> Answer:
    return await scene.follow_up(await scene.interaction())


async def choices_for_command(scene: Scene) -> Answer:
    return await scene.respond(await scene.interaction(), type=8, data={"choices": []})


async def modal_for_modal(scene: Scene) -> Answer:
    interaction = await scene.interaction()
    data = {"custom_id": "form", "title": "Form", "components": [label(text_input())]}
    await scene.respond(interaction, type=9, data=data)
    sent = await scene.place.anna.submit(interaction, {"word": "Word"}, wait=False)
    return await scene.respond(sent, type=9, data=data)


async def too_many_choices(scene: Scene) -> Answer:
    await scene.interaction()
    with scene.place.sandbox.subscribe() as events:
        typing = asyncio.create_task(
            scene.place.anna.autocomplete("paper", "a", "x"), name="autocomplete"
        )
        interaction = (await events.next("INTERACTION_CREATE")).subject
    choices = [{"name": str(n), "value": str(n)} for n in range(26)]
    answer = await scene.respond(interaction, type=8, data={"choices": choices})
    # A refused response leaves the person waiting.
    typing.cancel()
    await asyncio.gather(typing, return_exceptions=True)
    return answer


async def message_in_thread(scene: Scene) -> Answer:
    thread = await scene.thread()
    scene.deny(Permission.SEND_MESSAGES_IN_THREADS)
    return await scene.ask("POST", f"/channels/{thread.id}/messages", json={"content": "Hello"})


async def file_without_permission(scene: Scene) -> Answer:
    scene.deny(Permission.ATTACH_FILES)
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps({"content": "Hello"}))
    form.add_field("files[0]", b"content", filename="notes.md")
    return await scene.ask("POST", scene.messages, data=form)


async def second_thread_of_message(scene: Scene) -> Answer:
    path = await scene.send()
    await scene.ask("POST", f"{path}/threads", json={"name": "Talk"})
    return await scene.ask("POST", f"{path}/threads", json={"name": "Talk"})


async def thread_beyond_limit(scene: Scene) -> Answer:
    scene.place.guild.active_thread_limit = 1
    await scene.thread()
    return await scene.ask("POST", f"{await scene.send()}/threads", json={"name": "Talk"})


async def change_of_archived_thread(scene: Scene) -> Answer:
    thread = await scene.thread()
    await scene.ask("PATCH", f"/channels/{thread.id}", json={"archived": True})
    return await scene.ask("PATCH", f"/channels/{thread.id}", json={"name": "Other"})


async def message_in_locked_thread(scene: Scene) -> Answer:
    thread = await scene.thread()
    assert thread.thread is not None
    thread.thread.locked = True
    return await scene.ask("POST", f"/channels/{thread.id}/messages", json={"content": "Hello"})


async def second_publication(scene: Scene) -> Answer:
    news = scene.place.guild.add_channel("news", ChannelType.ANNOUNCEMENT)
    path = f"/channels/{news.id}/messages"
    _, made = await scene.ask("POST", path, json={"content": "Hello"})
    await scene.ask("POST", f"{path}/{made['id']}/crosspost")
    return await scene.ask("POST", f"{path}/{made['id']}/crosspost")


async def publication_elsewhere(scene: Scene) -> Answer:
    return await scene.ask("POST", f"{await scene.send()}/crosspost")


async def unwanted_direct_message(scene: Scene) -> Answer:
    anna = scene.place.anna
    _, dm = await scene.ask("POST", "/users/@me/channels", json={"recipient_id": str(anna.id)})
    anna.accepts_dms = False
    return await scene.ask("POST", f"/channels/{dm['id']}/messages", json={"content": "Hello"})


async def unknown_recipient(scene: Scene) -> Answer:
    return await scene.ask("POST", "/users/@me/channels", json={"recipient_id": "1"})


async def too_long_a_page(scene: Scene) -> Answer:
    return await scene.ask("GET", f"{scene.messages}?limit=101")


async def wrong_token(scene: Scene) -> Answer:
    return await scene.ask("GET", "/users/@me", token="wrong")


async def request_of_banned_address(scene: Scene) -> Answer:
    scene.place.sandbox.limiter.limits = Limits({}, None, Rate(2, 600.0))
    for _ in range(2):
        await wrong_token(scene)
    return await scene.ask("GET", "/users/@me")


async def frequent_edits_of_old_message(scene: Scene) -> Answer:
    path = await scene.send()
    scene.place.sandbox.limiter.limits = Limits()
    scene.clock.advance(hours=1, seconds=1)
    for _ in range(3):
        await scene.ask("PATCH", path, json={"content": "Newer"})
    return await scene.ask("PATCH", path, json={"content": "Newest"})
