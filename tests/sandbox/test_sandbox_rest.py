"""The REST API with requests by hand, also such as a library would not send."""

import json
from datetime import timedelta

import aiohttp
import discord
import pytest
from small_bot import Ask, ManualClock, Place, SmallBot, connected

from bot.sandbox import ChannelType, Limits, Permission, Rate, Sandbox


def text(word: str = "hello", **more: object) -> dict[str, object]:
    return {"content": word, **more}


async def test_an_unknown_route_or_method_is_refused_and_recorded(
    sandbox: Sandbox, ask: Ask
) -> None:
    answers = [await ask("GET", "/nothing/here"), await ask("DELETE", "/users/@me")]
    assert answers == [
        (404, {"message": "404: Not Found", "code": 0}),
        (405, {"message": "405: Method Not Allowed", "code": 0}),
    ]
    assert [lost.path for lost in sandbox.refusals] == ["/nothing/here", "/users/@me"]


@pytest.mark.parametrize("token", [None, "wrong"])
async def test_requests_without_the_token_are_refused(ask: Ask, token: str | None) -> None:
    assert await ask("GET", "/users/@me", token=token) == (
        401,
        {"message": "401: Unauthorized", "code": 0},
    )


async def test_a_malformed_body_is_refused(place: Place, ask: Ask) -> None:
    codes = {
        b"{": 50109,
        b"\xff\xfe": 50109,
        b"[]": 50035,
        b'"text"': 50035,
        b"": 50035,
        b"{}": 50006,
        b'{"content": "   "}': 50006,
    }
    path = f"/channels/{place.general.id}/messages"
    for raw, code in codes.items():
        status, body = await ask("POST", path, data=raw, kind="application/json")
        assert (status, body["code"]) == (400, code), raw


async def test_ids_of_paths_are_numbers(ask: Ask) -> None:
    status, body = await ask("GET", "/channels/general")
    assert (status, body["code"]) == (400, 50035)
    assert body["errors"]["channel_id"]["_errors"][0]["code"] == "NUMBER_TYPE_COERCE"


async def test_answers_are_json_without_a_charset(sandbox: Sandbox) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(sandbox.url + "/gateway") as response,
    ):
        assert response.headers["Content-Type"] == "application/json"
        assert await response.json() == {"url": sandbox.gateway_url}


async def test_refusals_are_recorded_with_their_errors(place: Place, ask: Ask) -> None:
    path = f"/channels/{place.general.id}/messages"
    with place.sandbox.subscribe() as events:
        await ask("POST", path, json={"embeds": [{"title": "t" * 257}]})
        refused = (await events.next("REFUSAL")).subject
    assert list(place.sandbox.refusals) == [refused]
    assert (refused.status, refused.code) == (400, 50035)
    assert refused.route == "/channels/{channel_id}/messages"
    assert "embeds" in refused.answer["errors"]
    assert "BASE_TYPE_MAX_LENGTH" in str(refused)


async def test_malformed_multipart_bodies_are_refused(place: Place, ask: Ask) -> None:
    path = f"/channels/{place.general.id}/messages"
    kind = "multipart/form-data; boundary=x"
    status, body = await ask("POST", path, data=b"not what the header says", kind=kind)
    assert (status, body["code"]) == (400, 50109)


async def test_requests_need_their_permissions(place: Place, ask: Ask) -> None:
    path = f"/channels/{place.general.id}"
    messages = f"{path}/messages"
    own = (await ask("POST", messages, json=text()))[1]["id"]
    other = place.anna.say("mine").id
    embed = {"embeds": [{"title": "t"}]}
    lacking = [
        (Permission.SEND_MESSAGES, "POST", messages, text(), 50013),
        (Permission.EMBED_LINKS, "POST", messages, embed, 50013),
        (
            Permission.CREATE_PUBLIC_THREADS,
            "POST",
            f"{messages}/{own}/threads",
            {"name": "t"},
            50013,
        ),
        (Permission.READ_MESSAGE_HISTORY, "GET", f"{messages}/{own}", None, 50013),
        (Permission.MANAGE_MESSAGES, "DELETE", f"{messages}/{other}", None, 50013),
        (Permission.VIEW_CHANNEL, "GET", path, None, 50001),
        (Permission.VIEW_CHANNEL, "POST", messages, text(), 50001),
        (
            Permission.READ_MESSAGE_HISTORY,
            "POST",
            messages,
            text(message_reference={"message_id": own}),
            160002,
        ),
    ]
    for denied, method, where, body, code in lacking:
        place.guild.set_overwrite(place.general, place.guild.everyone, deny=denied)
        status, answer = await ask(method, where, json=body)
        assert (status, answer["code"]) == (400 if code == 160002 else 403, code), denied
    place.guild.set_overwrite(
        place.general, place.guild.everyone, deny=Permission.READ_MESSAGE_HISTORY
    )
    assert await ask("GET", messages) == (200, [])


async def test_unknown_objects_have_their_own_codes(place: Place, ask: Ask) -> None:
    here = f"/channels/{place.general.id}"
    elsewhere = place.sandbox.add_guild("Elsewhere", with_bot=False)
    hall = elsewhere.add_channel("hall")
    app = place.sandbox.world.application_id
    expected = [
        ("/channels/1", 404, 10003),
        (f"/channels/{hall.id}", 403, 50001),
        ("/guilds/1", 404, 10004),
        (f"/guilds/{elsewhere.id}", 403, 50001),
        (f"{here}/messages/1", 404, 10008),
        ("/users/1", 404, 10013),
        (f"/guilds/{place.guild.id}/members/1", 404, 10007),
        (f"/applications/{app}/commands/1", 404, 10063),
        ("/applications/1/commands", 404, 10002),
        (f"/webhooks/{app}/unknown/messages/@original", 401, 50027),
        ("/webhooks/1/unknown/messages/@original", 404, 10015),
    ]
    for path, status, code in expected:
        found, body = await ask("GET", path)
        assert (found, body["code"]) == (status, code), path
    status, body = await ask("POST", "/interactions/1/unknown/callback", json={"type": 4})
    assert (status, body["code"]) == (404, 10062)


async def test_messages_are_read_in_pages_newest_first(place: Place, ask: Ask) -> None:
    ids = [str(place.anna.say(str(number)).id) for number in range(10)]
    path = f"/channels/{place.general.id}/messages"

    async def page(query: str) -> list[int]:
        _, messages = await ask("GET", f"{path}?{query}")
        return [ids.index(message["id"]) for message in messages]

    assert await page("") == list(range(9, -1, -1))
    assert await page("limit=3") == [9, 8, 7]
    assert await page(f"limit=3&before={ids[4]}") == [3, 2, 1]
    assert await page(f"limit=3&after={ids[4]}") == [7, 6, 5]
    assert await page(f"limit=4&around={ids[4]}") == [5, 4, 3, 2]
    for limit in ("0", "101", "many"):
        assert (await ask("GET", f"{path}?limit={limit}"))[0] == 400


async def test_a_nonce_is_returned_once_and_enforced_for_a_few_minutes(clock: ManualClock) -> None:
    async with Sandbox(clock=clock, limits=Limits.off()) as sandbox:
        guild = sandbox.add_guild("Lab")
        general = guild.add_channel("general")
        bot = SmallBot()
        async with connected(bot, sandbox):
            channel = bot.get_partial_messageable(general.id)
            first = await channel.send("1", nonce="same")
            again = await channel.send("2", nonce="same")
            clock.advance(minutes=6)
            later = await channel.send("3", nonce="same")
        read = sandbox.requests[-1].answer

    assert first.id == again.id != later.id
    assert [message.content for message in general.messages] == ["1", "3"]
    assert isinstance(read, dict)
    assert read["nonce"] == "same"


async def test_nonces_are_not_returned_with_messages_that_are_read(place: Place, ask: Ask) -> None:
    path = f"/channels/{place.general.id}/messages"
    _, made = await ask("POST", path, json=text(nonce="mark", enforce_nonce=True))
    _, read = await ask("GET", f"{path}/{made['id']}")
    assert made["nonce"] == "mark"
    assert "nonce" not in read


async def test_a_message_is_edited_by_its_author_alone_and_never_to_nothing(
    place: Place, ask: Ask
) -> None:
    path = f"/channels/{place.general.id}/messages"
    _, own = await ask("POST", path, json=text(embeds=[{"title": " t "}]))
    other = place.anna.say("mine")

    status, edited = await ask("PATCH", f"{path}/{own['id']}", json={"embeds": []})
    assert (status, edited["content"], edited["embeds"]) == (200, "hello", [])
    assert edited["edited_timestamp"]
    assert (await ask("PATCH", f"{path}/{own['id']}", json={"content": ""}))[1]["code"] == 50006
    assert (await ask("PATCH", f"{path}/{other.id}", json=text()))[1]["code"] == 50005
    assert (await ask("DELETE", f"{path}/{own['id']}"))[0] == 204
    assert place.general.messages == [other]


async def test_old_messages_may_be_edited_a_few_times_only(clock: ManualClock) -> None:
    limits = Limits({}, None, None, old_edits=Rate(2, 60.0))
    async with Sandbox(clock=clock, limits=limits) as sandbox, aiohttp.ClientSession() as session:
        general = sandbox.add_guild("Lab").add_channel("general")
        url = f"{sandbox.url}/channels/{general.id}/messages"
        headers = {"Authorization": f"Bot {sandbox.token}"}
        async with session.post(url, json=text(), headers=headers) as made:
            url += "/" + (await made.json())["id"]
        codes = []
        for pause in (timedelta(minutes=59), timedelta(minutes=2), timedelta(), timedelta()):
            clock.now += pause
            async with session.patch(url, json=text("new"), headers=headers) as answer:
                codes.append((answer.status, (await answer.json()).get("code")))
    assert codes == [(200, None), (200, None), (200, None), (429, 30046)]


async def test_announcements_are_published_once_and_nothing_else_is(place: Place, ask: Ask) -> None:
    news = place.guild.add_channel("news", ChannelType.ANNOUNCEMENT)
    made = (await ask("POST", f"/channels/{news.id}/messages", json=text()))[1]["id"]
    plain = (await ask("POST", f"/channels/{place.general.id}/messages", json=text()))[1]["id"]
    path = f"/channels/{news.id}/messages/{made}/crosspost"

    assert (await ask("POST", path))[1]["flags"] & 1
    assert (await ask("POST", path))[1]["code"] == 40033
    other = f"/channels/{place.general.id}/messages/{plain}/crosspost"
    assert (await ask("POST", other))[1]["code"] == 50024
    assert news.messages[0].crossposted


async def test_a_user_who_accepts_no_direct_messages_gets_none(place: Place, ask: Ask) -> None:
    status, dm = await ask("POST", "/users/@me/channels", json={"recipient_id": place.anna.id})
    assert (status, dm["type"]) == (200, 1)
    assert (await ask("POST", f"/channels/{dm['id']}/messages", json=text()))[0] == 200
    place.anna.accepts_dms = False
    refused = await ask("POST", f"/channels/{dm['id']}/messages", json=text())
    assert (refused[0], refused[1]["code"]) == (403, 50007)
    assert (await ask("POST", "/users/@me/channels", json={"recipient_id": 1}))[1]["code"] == 50033


async def test_only_those_whom_a_message_may_notify_are_notified(place: Place, ask: Ask) -> None:
    role = place.guild.add_role("Readers", mentionable=True)
    closed = place.guild.add_role("Closed")
    anna = place.anna.mention
    words = f"{anna} {role.mention} {closed.mention} @everyone"
    path = f"/channels/{place.general.id}/messages"
    cases: list[tuple[dict[str, object], set[str]]] = [
        ({}, {anna, role.mention}),
        ({"allowed_mentions": {"parse": []}}, set()),
        ({"allowed_mentions": {"parse": ["users"]}}, {anna}),
        ({"allowed_mentions": {"roles": [str(role.id)]}}, {role.mention}),
        ({"allowed_mentions": {"parse": ["everyone"]}}, set()),
    ]
    for more, expected in cases:
        await ask("POST", path, json=text(words, **more))
        assert place.general.messages[-1].pings == expected
    place.guild.set_permissions(
        place.guild.everyone, place.guild.everyone.permissions | Permission.MENTION_EVERYONE
    )
    await ask("POST", path, json=text(words))
    assert place.general.messages[-1].pings == {anna, role.mention, closed.mention, "everyone"}


async def test_a_message_without_allowed_mentions_is_a_complaint_if_turned_on() -> None:
    async with Sandbox(limits=Limits.off(), require_allowed_mentions=True) as sandbox:
        guild = sandbox.add_guild("Lab")
        general = guild.add_channel("general")
        bot = SmallBot()
        async with connected(bot, sandbox):
            channel = bot.get_partial_messageable(general.id)
            await channel.send("said", allowed_mentions=discord.AllowedMentions.none())
            assert not sandbox.complaints
            bot.allowed_mentions = None
            await channel.send("unsaid")
    (complaint,) = sandbox.complaints
    assert complaint.request.body == sandbox.requests[-1].body
    assert "allowed_mentions" in str(complaint)
    assert not sandbox.refusals


async def test_an_attachment_without_a_file_is_refused(place: Place, ask: Ask) -> None:
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps(text(attachments=[{"id": 0}, {"id": 1}])))
    form.add_field("files[0]", b"content", filename="a b?.md")
    path = f"/channels/{place.general.id}/messages"
    status, body = await ask("POST", path, data=form)
    assert (status, body["code"]) == (400, 50035)
    assert body["errors"]["attachments"]["1"]["id"]["_errors"]


async def test_an_embed_shows_only_a_picture_that_came_with_the_message(
    place: Place, ask: Ask
) -> None:
    for name in ("chart.png", "other.png"):
        form = aiohttp.FormData()
        embed = {"title": "Chart", "image": {"url": "attachment://chart.png", "description": "A"}}
        form.add_field("payload_json", json.dumps(text(embeds=[embed])))
        form.add_field("files[0]", b"content", filename=name)
        await ask("POST", f"/channels/{place.general.id}/messages", data=form)
    shown, missed = place.general.messages
    (file,) = shown.attachments
    image = {"url": file.url, "proxy_url": file.url, "description": "A"}
    assert shown.embeds[0]["image"] == image
    assert "image" not in missed.embeds[0]
    # It stays there through an edit that says nothing of files.
    path = f"/channels/{place.general.id}/messages/{shown.id}"
    await ask("PATCH", path, json=text(embeds=[embed]))
    assert shown.embeds[0]["image"] == image


async def test_files_take_the_permission_to_attach_them(place: Place, ask: Ask) -> None:
    place.guild.set_overwrite(place.general, place.guild.everyone, deny=Permission.ATTACH_FILES)
    path = f"/channels/{place.general.id}/messages"
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps(text()))
    form.add_field("files[0]", b"content", filename="chart.png")
    status, body = await ask("POST", path, data=form)
    assert (status, body["code"]) == (403, 50013)
    assert (await ask("POST", path, json=text()))[0] == 200


async def test_a_file_keeps_a_safe_name_and_can_be_fetched(place: Place, ask: Ask) -> None:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", json.dumps({"attachments": [{"id": 0, "description": "Notes"}]}))
    form.add_field("files[0]", b"content", filename="../a b?.md")
    status, body = await ask("POST", f"/channels/{place.general.id}/messages", data=form)
    (file,) = body["attachments"]
    assert status == 200
    assert (file["filename"], file["size"], file["description"]) == (".._a_b_.md", 7, "Notes")
    async with aiohttp.ClientSession() as session, session.get(file["url"]) as response:
        assert await response.read() == b"content"
    async with (
        aiohttp.ClientSession() as session,
        session.get(place.sandbox.world.base_url + "/attachments/1/2/x") as response,
    ):
        assert response.status == 404


async def test_commands_keep_their_ids_when_they_are_registered_again(
    sandbox: Sandbox, ask: Ask
) -> None:
    path = f"/applications/{sandbox.world.application_id}/commands"
    paper = {"name": "paper", "description": "Finds"}
    _, first = await ask("PUT", path, json=[paper, {"name": "top", "description": "Ranks"}])
    _, second = await ask("PUT", path, json=[paper | {"description": "Finds one"}])
    assert second[0]["id"] == first[0]["id"]
    assert second[0]["version"] != first[0]["version"]
    assert (await ask("GET", path))[1] == second
    assert (await ask("POST", path, json={"name": "Again", "type": 3}))[0] == 201
    assert (await ask("POST", path, json=paper))[0] == 200
    assert (await ask("DELETE", f"{path}/{first[0]['id']}"))[0] == 204
    assert [command.name for command in sandbox.world.commands.values()] == ["Again"]
    assert (await ask("PUT", path, json={"name": "paper"}))[1]["code"] == 50035
    assert (await ask("PUT", path, json=[paper, paper]))[1]["errors"]["1"]["_errors"]


async def test_the_account_returns_itself_and_its_guilds(place: Place, ask: Ask) -> None:
    guild = f"/guilds/{place.guild.id}"
    assert (await ask("GET", "/users/@me"))[1]["bot"] is True
    assert (await ask("GET", f"/users/{place.anna.id}"))[1]["global_name"] == "Anna"
    assert (await ask("GET", "/applications/@me"))[1]["name"] == "Sandbox Bot"
    assert (await ask("GET", "/gateway/bot"))[1]["shards"] == 1
    assert [entry["name"] for entry in (await ask("GET", "/users/@me/guilds"))[1]] == [
        "Reading group"
    ]
    assert (await ask("GET", f"{guild}?with_counts=true"))[1]["approximate_member_count"] == 3
    assert (await ask("GET", guild))[1]["preferred_locale"] == "ko"
    assert len((await ask("GET", f"{guild}/roles"))[1]) == 2
    assert [entry["id"] for entry in (await ask("GET", f"{guild}/channels"))[1]] == [
        str(place.general.id)
    ]
    assert (await ask("GET", f"{guild}/members/{place.anna.id}"))[1]["user"]["id"] == str(
        place.anna.id
    )
    assert (await ask("GET", f"/users/@me{guild}/member"))[0] == 200
    assert (await ask("DELETE", f"/users/@me{guild}"))[0] == 204
    assert place.guild.me is None
