"""For each rule in the table of docs/sandbox.md, a request that breaks it."""

from collections.abc import Mapping
from typing import Final

import violation_steps
from violation_builders import (
    Violation,
    button,
    command,
    commands,
    components,
    embed,
    field,
    in_forum,
    label,
    lacking,
    layout,
    link,
    message,
    modal,
    option,
    options,
    repeated,
    row,
    select,
    text_display,
    text_input,
)

from bot.sandbox import Limits, Permission, Rate

_TEXT: Final = {"content": "Hello"}
_MESSAGES: Final = "/channels/{channel}/messages"
_MESSAGE: Final = "/channels/{channel}/messages/{message}"
_LONG_OPTIONS: Final = [
    option(name=f"o{n}", choices=[{"name": "x" * 100, "value": f"{m}" * 80} for m in range(9)])
    for n in range(5)
]

VIOLATIONS: Final[Mapping[str, Violation]] = {
    "Content has at most 2,000 characters.": message(content="x" * 2001),
    "A message is not empty.": message(content="  "),
    "An edit leaves something to show.": violation_steps.edit_to_nothing,
    "A nonce has at most 25 characters.": message(content="x", nonce="n" * 26),
    "A message has at most 3 stickers.": message(sticker_ids=["1", "2", "3", "4"]),
    "A message has at most 10 attachments.": message(attachments=[{"id": n} for n in range(11)]),
    "An attachment that is described was uploaded.": message(content="x", attachments=[{"id": 0}]),
    "A file has at most 10 MiB.": violation_steps.too_large_a_file,
    "A message that is replied to exists.": message(
        content="x", message_reference={"message_id": "1"}
    ),
    "Allowed mentions name at most 100 users.": message(
        content="x", allowed_mentions={"users": [str(n) for n in range(101)]}
    ),
    "Allowed mentions name users or parse all, not both.": message(
        content="x", allowed_mentions={"parse": ["users"], "users": ["1"]}
    ),
    "A message is edited by its author only.": violation_steps.edit_of_another_user,
    "A page of messages has at most 100.": violation_steps.too_long_a_page,
    "A message has at most 10 embeds.": message(embeds=[{"title": "t"}] * 11),
    "All embeds have at most 6,000 characters.": message(embeds=[{"description": "d" * 3001}] * 2),
    "An embed shows something.": message(embeds=[{"color": 1}]),
    "An embed's title has at most 256 characters.": embed(title="t" * 257),
    "An embed's description has at most 4,096 characters.": embed(description="d" * 4097),
    "An embed has at most 25 fields.": embed(fields=[{"name": "n", "value": "v"}] * 26),
    "A field's name has at most 256 characters.": field(name="n" * 257),
    "A field's value has at most 1,024 characters.": field(value="v" * 1025),
    "A field has a value.": field(value=None),
    "A footer has at most 2,048 characters.": embed(footer={"text": "f" * 2049}),
    "An author's name has at most 256 characters.": embed(author={"name": "a" * 257}),
    "A color is at most 16,777,215.": embed(color=0x1000000),
    "An embed's URL has at most 2,048 characters.": embed(url="https://a.org/" + "x" * 2048),
    "An embed's URL begins with http or https.": embed(url="ftp://arxiv.org/"),
    "A URL is well formed.": embed(image={"url": "https://under_score.example.org/a.png"}),
    "A timestamp is in ISO 8601.": embed(timestamp="yesterday"),
    "A message has at most 5 action rows.": components(
        *(row(button(custom_id=str(n))) for n in range(6))
    ),
    "An action row has at most 5 buttons.": components(
        row(*(button(custom_id=str(n)) for n in range(6)))
    ),
    "A select menu fills its action row.": components(row(button(), select())),
    "A button's label has at most 80 characters.": components(row(button(label="l" * 81))),
    "A custom_id has at most 100 characters.": components(row(button(custom_id="c" * 101))),
    "A button has a label or an emoji.": components(row(button(label=None))),
    "A button that is no link has a custom_id.": components(row(button(custom_id=None))),
    "A link button has a URL.": components(row(link(url=None))),
    "A link button has no custom_id.": components(row(link(custom_id="go"))),
    "A link button's URL has at most 512 characters.": components(
        row(link(url="https://a.org/" + "x" * 512))
    ),
    "No two components have the same custom_id.": components(row(button(), button())),
    "No two components have the same id.": components(
        row(button(id=7), button(id=7, custom_id="b"))
    ),
    "A select menu has at most 25 options.": components(row(select(26))),
    "An option's label has at most 100 characters.": components(
        row(select(options=options(1, label="l" * 101)))
    ),
    "An option's value has at most 100 characters.": components(
        row(select(options=options(1, value="v" * 101)))
    ),
    "An option's description has at most 100 characters.": components(
        row(select(options=options(1, description="d" * 101)))
    ),
    "No two options have the same value.": components(row(select(options=options(2, value="v")))),
    "A placeholder has at most 150 characters.": components(row(select(placeholder="p" * 151))),
    "A select menu's max_values is at most 25.": components(row(select(25, max_values=26))),
    "A select menu's max_values is at most the number of its options.": components(
        row(select(2, max_values=3))
    ),
    "A select menu's min_values is at most its max_values.": components(
        row(select(3, min_values=3, max_values=2))
    ),
    "A message with Components V2 has no content, embeds, stickers or poll.": layout(
        text_display(), content="Hello"
    ),
    "Components V2 can't be removed from a message.": violation_steps.edit_without_components_v2,
    "Text displays need Components V2.": components(text_display()),
    "A message with Components V2 has at most 40 components, nested ones included.": layout(
        *({"type": 17, "components": [text_display()] * 20} for _ in range(2))
    ),
    "All text displays have at most 4,000 characters.": layout(
        text_display("x" * 2001), text_display("x" * 2000)
    ),
    "A section has at most 3 text displays.": layout(
        {"type": 9, "components": [text_display()] * 4, "accessory": button()}
    ),
    "A section has an accessory.": layout({"type": 9, "components": [text_display()]}),
    "A media gallery has at most 10 items.": layout(
        {"type": 12, "items": [{"media": {"url": "https://example.org/a.png"}}] * 11}
    ),
    "A container has at least 1 component.": layout({"type": 17, "components": []}),
    "A container's accent_color is at most 16,777,215.": layout(
        {"type": 17, "accent_color": 0x1000000, "components": [text_display()]}
    ),
    "Media of an attachment is a file of the message.": layout(
        {"type": 12, "items": [{"media": {"url": "attachment://missing.png"}}]}
    ),
    "A modal's title has at most 45 characters.": modal(label(text_input()), title="t" * 46),
    "A modal's custom_id has at most 100 characters.": modal(
        label(text_input()), custom_id="c" * 101
    ),
    "A modal has at most 5 components.": modal(*[text_display()] * 6),
    "A label has at most 45 characters.": modal(label(text_input(), label="l" * 46)),
    "A label's description has at most 100 characters.": modal(
        label(text_input(), description="d" * 101)
    ),
    "A text input's value has at most 4,000 characters.": modal(
        label(text_input(value="v" * 4001))
    ),
    "A text input's max_length is at most 4,000.": modal(label(text_input(max_length=4001))),
    "A text input's placeholder has at most 100 characters.": modal(
        label(text_input(placeholder="p" * 101))
    ),
    "A radio group has at least 2 options.": modal(
        label({"type": 21, "custom_id": "kind", "options": options(1)})
    ),
    "A checkbox group has at most 10 options.": modal(
        label({"type": 22, "custom_id": "kinds", "options": options(11)})
    ),
    "A file upload takes at most 10 files.": modal(
        label({"type": 19, "custom_id": "files", "max_values": 11})
    ),
    "A required select menu of a modal has no min_values of 0.": modal(label(select(min_values=0))),
    "A select menu of a modal is not disabled.": modal(label(select(disabled=True))),
    "An interaction is responded to once.": violation_steps.second_response,
    "The first response comes within 3 seconds.": violation_steps.late_response,
    "Followups come within 15 minutes.": violation_steps.late_followup,
    "Followups come after the first response.": violation_steps.followup_before_response,
    "Choices are a response to autocomplete only.": violation_steps.choices_for_command,
    "A modal is not a response to a modal.": violation_steps.modal_for_modal,
    "Autocomplete offers at most 25 choices.": violation_steps.too_many_choices,
    "A command's name is a word in lower case.": command(name="Find Paper"),
    "A command's name has at most 32 characters.": command(name="n" * 33),
    "A command's description has at most 100 characters.": command(description="d" * 101),
    "A slash command has a description.": command(description=None),
    "A command of a context menu has no description.": command(type=3),
    "A command has at most 25 options.": command(options=[option(name=f"o{n}") for n in range(26)]),
    "An option has at most 25 choices.": command(
        options=[option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])]
    ),
    "A choice's name has at most 100 characters.": command(
        options=[option(choices=[{"name": "n" * 101, "value": "v"}])]
    ),
    "A choice's value has at most 100 characters.": command(
        options=[option(choices=[{"name": "n", "value": "v" * 101}])]
    ),
    "An option with autocomplete has no choices.": command(
        options=[option(choices=[{"name": "n", "value": "v"}], autocomplete=True)]
    ),
    "Required options come first.": command(options=[option(), option(name="b", required=True)]),
    "No two options of a command have the same name.": command(options=[option(), option()]),
    "Subcommands do not stand beside other options.": command(
        options=[option(), option(1, name="b")]
    ),
    "A command has at most 8,000 characters.": command(options=_LONG_OPTIONS),
    "An application has at most 100 slash commands.": commands(1, 101),
    "An application has at most 15 commands of a context menu.": commands(3, 16),
    "Whoever can't view a channel can't read it.": lacking(
        Permission.VIEW_CHANNEL, "GET", "/channels/{channel}"
    ),
    "Messages need SEND_MESSAGES.": lacking(Permission.SEND_MESSAGES, "POST", _MESSAGES, _TEXT),
    "Embeds need EMBED_LINKS.": lacking(
        Permission.EMBED_LINKS, "POST", _MESSAGES, {"embeds": [{"title": "t"}]}
    ),
    "Files need ATTACH_FILES.": violation_steps.file_without_permission,
    "Messages in threads need SEND_MESSAGES_IN_THREADS.": violation_steps.message_in_thread,
    "Reading a message needs READ_MESSAGE_HISTORY.": lacking(
        Permission.READ_MESSAGE_HISTORY, "GET", _MESSAGE
    ),
    "Replying needs READ_MESSAGE_HISTORY.": lacking(
        Permission.READ_MESSAGE_HISTORY,
        "POST",
        _MESSAGES,
        _TEXT | {"message_reference": {"message_id": "1"}},
    ),
    "Deleting another's message needs MANAGE_MESSAGES.": lacking(
        Permission.MANAGE_MESSAGES, "DELETE", _MESSAGE
    ),
    "Changing a channel needs MANAGE_CHANNELS.": lacking(
        Permission.MANAGE_CHANNELS, "PATCH", "/channels/{channel}", {"name": "other"}
    ),
    "Starting a thread needs CREATE_PUBLIC_THREADS.": lacking(
        Permission.CREATE_PUBLIC_THREADS, "POST", _MESSAGE + "/threads", {"name": "Talk"}
    ),
    "A locked thread takes messages of moderators only.": violation_steps.message_in_locked_thread,
    "An archived thread is not changed.": violation_steps.change_of_archived_thread,
    "A message has one thread.": violation_steps.second_thread_of_message,
    "A guild has a limit of active threads.": violation_steps.thread_beyond_limit,
    "A thread's name has at most 100 characters.": lacking(
        Permission.NONE, "POST", _MESSAGE + "/threads", {"name": "n" * 101}
    ),
    "A forum takes no messages but threads.": in_forum(_TEXT, path="messages"),
    "A post has at most 5 tags.": in_forum(
        {"name": "Post", "message": _TEXT, "applied_tags": ["1", "2", "3", "4", "5", "6"]}
    ),
    "A post's tags are tags of the forum.": in_forum(
        {"name": "Post", "message": _TEXT, "applied_tags": ["1"]}
    ),
    "A post has a tag, where the forum requires one.": in_forum(
        {"name": "Post", "message": _TEXT}, requires_tag=True
    ),
    "Only announcement channels are published from.": violation_steps.publication_elsewhere,
    "A message is published once.": violation_steps.second_publication,
    "A direct message is wanted by its recipient.": violation_steps.unwanted_direct_message,
    "A recipient of direct messages exists.": violation_steps.unknown_recipient,
    "Requests name the bot's token.": violation_steps.wrong_token,
    "A route has its rate limit; 5 messages in 5 seconds a channel.": repeated(
        Limits(overall=None), "POST", _MESSAGES, 5
    ),
    "A bot sends at most 50 requests a second.": repeated(
        Limits({}, Rate(50, 60.0)), "GET", "/users/@me", 50
    ),
    "An address with 10,000 invalid requests in 10 minutes is banned.": (
        violation_steps.request_of_banned_address
    ),
    "Messages older than an hour are rarely edited.": violation_steps.frequent_edits_of_old_message,
}
"""By the text of the rule."""
