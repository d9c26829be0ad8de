"""Messages with Components V2, sent and edited by REST and by discord.py."""

import io
from typing import Any

import discord
import pytest
from discord import ui
from error_codes import codes
from small_bot import Ask, BotInteraction, Place

Body = dict[str, Any]
V2 = 1 << 15
TEXT = {"type": 10, "content": "text"}
LEGACY = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"


async def send(ask: Ask, place: Place, body: Body, status: int = 200) -> Any:  # noqa: ANN401  JSON
    path = f"/channels/{place.general.id}/messages"
    found, answer = await ask("POST", path, json={"allowed_mentions": {"parse": []}} | body)
    assert found == status, answer
    return answer


@pytest.mark.parametrize(
    ("before", "change", "expected"),
    [
        (
            {"flags": V2, "components": [TEXT]},
            {"flags": 0},
            {"flags": "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"},
        ),
        ({"flags": V2, "components": [TEXT]}, {"content": "c"}, {"content": LEGACY}),
        ({"flags": V2, "components": [TEXT]}, {"flags": "x"}, {"flags": "NUMBER_TYPE_COERCE"}),
        (
            {"flags": V2, "components": [TEXT]},
            {"components": [{"type": 10, "content": "x" * 4001}]},
            {"components.0.content": "BASE_TYPE_BAD_LENGTH"},
        ),
        ({"content": "c"}, {"components": [TEXT]}, {"components.0.type": "UNION_TYPE_CHOICES"}),
        ({"content": "c"}, {"flags": V2, "components": [TEXT]}, {"content": LEGACY}),
        (
            {"embeds": [{"title": "t"}]},
            {"content": None, "flags": V2, "components": [TEXT]},
            {"embeds": LEGACY},
        ),
        (
            {"flags": V2, "components": [TEXT]},
            {"components": [{"type": 13, "file": {"url": "attachment://a.txt"}}]},
            {"components.0.file": "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"},
        ),
    ],
)
async def test_an_edit_that_breaks_a_rule_of_components_v2_is_refused(
    ask: Ask, place: Place, before: Body, change: Body, expected: dict[str, str]
) -> None:
    message = await send(ask, place, before)
    path = f"/channels/{place.general.id}/messages/{message['id']}"
    status, answer = await ask("PATCH", path, json=change)
    assert status == 400
    assert answer["code"] == 50035
    assert codes(answer["errors"]) == expected
    assert (await ask("GET", path))[1] == message


async def test_a_message_can_be_given_components_v2_by_an_edit_that_empties_the_rest(
    ask: Ask, place: Place
) -> None:
    message = await send(ask, place, {"content": "c", "embeds": [{"title": "t"}]})
    path = f"/channels/{place.general.id}/messages/{message['id']}"
    change = {"content": None, "embeds": [], "flags": V2, "components": [TEXT]}
    status, answer = await ask("PATCH", path, json=change)
    assert status == 200
    assert answer["flags"] & V2
    assert (answer["content"], answer["embeds"]) == ("", [])
    # A later edit need not repeat the flag.
    status, answer = await ask("PATCH", path, json={"components": [TEXT, TEXT]})
    assert status == 200
    assert [part["id"] for part in answer["components"]] == [1, 2]


async def test_a_message_with_components_v2_needs_components(ask: Ask, place: Place) -> None:
    answer = await send(ask, place, {"flags": V2, "components": []}, status=400)
    assert answer["code"] == 50006


class Everything(ui.LayoutView):
    def __init__(self, file: discord.File) -> None:
        super().__init__(timeout=None)
        more: ui.Button[Everything] = ui.Button(label="More", custom_id="more")
        more.callback = self.more  # type: ignore[method-assign]  # discord.py's own way
        self.add_item(
            ui.Container(
                ui.Section("# Title", accessory=more),
                ui.Section("text", accessory=ui.Thumbnail("https://example.org/a.png")),
                ui.Separator(spacing=discord.SeparatorSpacing.large),
                ui.MediaGallery(discord.MediaGalleryItem(file, description="chart")),
                accent_colour=0x5865F2,
            )
        )
        self.add_item(ui.TextDisplay("below"))

    async def more(self, interaction: BotInteraction) -> None:
        self.add_item(ui.TextDisplay("more"))
        await interaction.response.edit_message(view=self)


async def test_discordpy_reads_what_it_sent(place: Place) -> None:
    async with place.start():
        file = discord.File(io.BytesIO(b"png"), "chart.png")
        sent = await place.channel().send(view=Everything(file), file=file)
        message = await place.channel().fetch_message(sent.id)

    assert message.flags.components_v2
    container = message.components[0]
    assert isinstance(container, discord.Container)
    assert container.accent_colour == discord.Colour(0x5865F2)
    gallery = container.children[3]
    assert isinstance(gallery, discord.MediaGalleryComponent)
    assert gallery.items[0].media.url == message.attachments[0].url
    assert gallery.items[0].media.attachment_id == message.attachments[0].id
    assert gallery.items[0].media.content_type == "image/png"
    ids = [part.id for part in discord.ui.LayoutView.from_message(message).walk_children()]
    assert len(set(ids)) == len(ids)


async def test_a_view_is_sent_again_as_it_was_read(place: Place) -> None:
    async with place.start():
        file = discord.File(io.BytesIO(b"png"), "chart.png")
        sent = await place.channel().send(view=Everything(file), file=file)
        before = place.general.messages[0].components
        view = discord.ui.LayoutView.from_message(sent)
        edited = await sent.edit(view=view)

    assert edited.flags.components_v2
    gallery = before[0]["components"][3]
    again = place.general.messages[0].components[0]["components"][3]
    assert again["items"][0]["media"]["url"] == gallery["items"][0]["media"]["url"]


@pytest.mark.parametrize(("parse", "notified"), [(["users"], True), ([], False)])
async def test_text_displays_mention_as_content_does(
    ask: Ask, place: Place, parse: list[str], *, notified: bool
) -> None:
    display = {"type": 10, "content": f"Hello {place.anna.mention}"}
    body = {"flags": V2, "components": [{"type": 17, "components": [display]}]}
    answer = await send(ask, place, body | {"allowed_mentions": {"parse": parse}})
    assert [user["id"] for user in answer["mentions"]] == [str(place.anna.id)] * notified
