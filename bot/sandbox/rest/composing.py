"""Creating and changing messages by the bodies of requests."""

import mimetypes
import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.model import Attachment, Channel, Json, Message, MessageFlag, User
from bot.sandbox.rest.call import Call, UploadedFile
from bot.sandbox.rest.stored_components import link_media, stored_components
from bot.sandbox.rules.components import ATTACHMENT, check_media
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.mentions import pings_of
from bot.sandbox.rules.messages import MESSAGE, check_change, check_files, is_empty
from bot.sandbox.rules.shape import Path, Problems

_SETTABLE = int(
    MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The body of a message that has passed all checks."""

    body: Json
    flags: int

    def __contains__(self, name: str) -> bool:
        return name in self.body

    def get(self, name: str) -> Any:  # noqa: ANN401  any JSON
        """Return a field; `None` where it is null or absent."""
        return self.body.get(name)


def draft(
    call: Call, body: Json, path: Path = (), *, new: bool, present: Message | None = None
) -> Draft:
    """Check the body of a message.

    Args:
        call: that it came with.
        body: of the message.
        path: of the body in that of the request.
        new: whether it is a new message, which can't be empty.
        present: the message that is edited.

    Raises:
        ApiError: it breaks a rule.
    """
    problems = Problems()
    flags = body.get("flags")
    if present is not None and present.flags & MessageFlag.COMPONENTS_V2:
        # Whatever flags an edit names: the message keeps Components V2, and its rules.
        body = body | {"flags": int(MessageFlag.COMPONENTS_V2)}
    MESSAGE(body, path, problems)
    problems.refuse()
    body = body | {"flags": flags}
    if present is not None:
        check_change(body, present, path, problems)
    sizes = {name: len(file.content) for name, file in call.files.items()}
    kept = {file.id for file in present.attachments} if present is not None else set()
    check_files(body, sizes, problems, path, kept=kept)
    problems.refuse()
    files = _names_of_files(call, body, present)
    check_media(body.get("components") or [], files, (*path, "components"), problems)
    problems.refuse()
    if new and is_empty(body, has_files=bool(call.files)):
        raise ApiError(Refusal.EMPTY_MESSAGE)
    if (new or "content" in body) and body.get("allowed_mentions") is None:
        call.complain("it does not say whom it may notify (allowed_mentions)")
    return Draft(body, int(body.get("flags") or 0) & _SETTABLE)


def fill(call: Call, message: Message, found: Draft) -> None:
    """Write the fields of a draft into a message; other fields stay unchanged."""
    if "content" in found:
        message.content = (found.get("content") or "").strip()
    if "embeds" in found:
        message.embeds = [_embed(embed) for embed in found.get("embeds") or ()]
    if "components" in found:
        message.components = stored_components(found.get("components") or [])
    if call.files or "attachments" in found:
        message.attachments = _attachments(call, message, found)
    if message.embeds:
        _link_files(call, message)
    link_media(message, call.world)
    message.flags |= found.flags
    message.pings = pings_of(message, found.get("allowed_mentions"))


def _embed(embed: Json) -> Json:
    """Return an embed as Discord returns it: stripped, without unknown fields."""
    known = ("title", "description", "url", "color", "timestamp", "fields")
    kept: Json = {"type": "rich"}
    for name in known:
        value = embed.get(name)
        if value is not None and value != []:
            kept[name] = value.strip() if isinstance(value, str) else value
    if embed.get("fields"):
        kept["fields"] = [
            {
                "name": field["name"].strip(),
                "value": field["value"].strip(),
                "inline": bool(field.get("inline")),
            }
            for field in embed["fields"]
        ]
    for name in ("image", "thumbnail"):
        if embed.get(name):
            kept[name] = {"url": embed[name]["url"], "proxy_url": embed[name]["url"]}
            if embed[name].get("description"):
                kept[name]["description"] = embed[name]["description"]
    for name in ("author", "footer"):
        if embed.get(name):
            kept[name] = {key: value for key, value in embed[name].items() if value is not None}
            if "icon_url" in kept[name]:
                kept[name]["proxy_icon_url"] = kept[name]["icon_url"]
    return kept


def _names_of_files(call: Call, body: Json, present: Message | None) -> set[str]:
    """Return the names of the files that a message has after the request."""
    listed = body.get("attachments")
    kept = present.attachments if present is not None else []
    if listed is not None:
        ids = {int(entry["id"]) for entry in listed}
        kept = [file for file in kept if file.id in ids]
    return {file.filename for file in kept} | {
        _file_name(file, _described(listed).get(field, {})) for field, file in call.files.items()
    }


def _described(listed: list[Json] | None) -> dict[str, Json]:
    """Return the `attachments` of a request, by the field of their file."""
    return {f"files[{int(entry['id'])}]": entry for entry in listed or ()}


def _file_name(file: UploadedFile, entry: Json) -> str:
    """Return the name of a file, with the characters replaced that Discord replaces."""
    return re.sub(r"[^\w.\-]", "_", entry.get("filename") or file.filename)


def _attachments(call: Call, message: Message, found: Draft) -> list[Attachment]:
    """Return the files that a message has after the request, the new ones last."""
    listed = found.get("attachments")
    present = {file.id: file for file in message.attachments}
    kept = list(present.values())
    if listed is not None:
        kept = [present[int(entry["id"])] for entry in listed if int(entry["id"]) in present]
    described = _described(listed)
    for field, file in sorted(call.files.items()):
        entry = described.get(field, {})
        number = call.world.new_id()
        name = _file_name(file, entry)
        url = f"{call.world.base_url}/attachments/{message.channel.id}/{number}/{name}"
        description = entry.get("description")
        kept.append(Attachment(number, name, file.content, _kind(name, file), url, description))
    return kept


def _kind(name: str, file: UploadedFile) -> str:
    """Return the content type of a file, by its name, as Discord does."""
    return mimetypes.guess_type(name)[0] or file.content_type


def _link_files(call: Call, message: Message) -> None:
    """Replace `attachment://` URLs of embeds by those of the files; Discord leaves out others."""
    by_name = {f"{ATTACHMENT}{file.filename}": file.url for file in message.attachments}
    for embed in message.embeds:
        for name in ("image", "thumbnail"):
            url = embed.get(name, {}).get("url", "")
            if found := by_name.get(url):
                embed[name] |= {"url": found, "proxy_url": found}
            elif url.startswith(ATTACHMENT):
                call.complain(f"an embed shows {url}, which the message doesn't have")
                del embed[name]


def new_message(call: Call, channel: Channel, author: User, found: Draft) -> Message:
    """Return a new message from a draft, without adding it to its channel."""
    message = Message(call.world.new_id(), channel, author, call.world.clock())
    fill(call, message, found)
    return message
