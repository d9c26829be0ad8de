"""Rules for messages."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.sandbox.model import Json, Message, MessageFlag
from bot.sandbox.rules.components import check_components
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.shape import (
    Path,
    Problems,
    boolean,
    json_object,
    list_of,
    moment,
    number,
    one_of,
    snowflake,
    text,
    url,
)

CONTENT = 2000
"""Characters of a message's content."""
EMBED_TEXT = 6000
"""Characters of all text in all embeds of a message."""
EMBEDS = 10
NONCE = 25
_FILES = 10
_FILE_BYTES = 10 * 1024 * 1024

_PICTURE = json_object(
    {"url": url(schemes=("http", "https", "attachment")), "description": text(4096)},
    required=("url",),
)
_ICON = url(schemes=("http", "https", "attachment"))
_FIELD = json_object(
    {"name": text(256, least=1), "value": text(1024, least=1), "inline": boolean},
    required=("name", "value"),
)


def _embed_shows_something(value: Json, path: Path, problems: Problems) -> None:
    shown = ("title", "description", "fields", "image", "thumbnail", "author", "footer", "video")
    if not any(value.get(name) for name in shown):
        problems.required((*path, "description"))


EMBED = json_object(
    {
        "title": text(256),
        "description": text(4096),
        "url": url(),
        "color": number(0, 0xFFFFFF),
        "timestamp": moment,
        "fields": list_of(_FIELD, 25),
        "footer": json_object({"text": text(2048, least=1), "icon_url": _ICON}, required=("text",)),
        "author": json_object(
            {"name": text(256, least=1), "url": url(), "icon_url": _ICON}, required=("name",)
        ),
        "image": _PICTURE,
        "thumbnail": _PICTURE,
    },
    also=_embed_shows_something,
)
"""One embed; the total length of all embeds is checked with the message."""


def embed_length(embed: Json) -> int:
    """Return the number of characters of an embed that count towards the limit."""
    parts = [embed.get("title"), embed.get("description")]
    parts += [(embed.get("author") or {}).get("name"), (embed.get("footer") or {}).get("text")]
    for field in embed.get("fields") or ():
        parts += [field["name"], field["value"]]
    return sum(len(part) for part in parts if part)


def _mentions_do_not_contradict(value: Json, path: Path, problems: Problems) -> None:
    for kind in ("users", "roles"):
        named = value.get(kind) or []
        if named and kind in (value.get("parse") or ()):
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"
            problems.add(path, code, message)
        if len({str(entry) for entry in named}) != len(named):
            message = "The set already contains this value"
            problems.add((*path, kind), "SET_TYPE_ALREADY_CONTAINS_VALUE", message)


ALLOWED_MENTIONS = json_object(
    {
        "parse": list_of(one_of("users", "roles", "everyone")),
        "users": list_of(snowflake, 100),
        "roles": list_of(snowflake, 100),
        "replied_user": boolean,
    },
    also=_mentions_do_not_contradict,
)
"""`allowed_mentions` of a message."""


def _nonce(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
    if isinstance(value, bool) or not isinstance(value, str | int):
        problems.add(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
    elif len(str(value)) > NONCE:
        problems.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {NONCE} or fewer in length.")


_FLAGS = number(0, 2**31 - 1)


def has_v2(flags: object) -> bool:
    """Return whether flags, already checked to be a number, have IS_COMPONENTS_V2."""
    return bool(int(flags or 0) & MessageFlag.COMPONENTS_V2)  # type: ignore[call-overload]  # a number


def _whole(value: Json, path: Path, problems: Problems) -> None:
    is_v2 = has_v2(value.get("flags"))
    if value.get("components"):
        check_components(value["components"], (*path, "components"), problems, is_v2=is_v2)
    if is_v2:
        check_legacy(value, path, problems)
    embeds = value.get("embeds") or ()
    if sum(map(embed_length, embeds)) > EMBED_TEXT:
        message = f"Embed size exceeds maximum size of {EMBED_TEXT}"
        problems.add((*path, "embeds"), "MAX_EMBED_SIZE_EXCEEDED", message)


def check_legacy(held: Mapping[str, object], path: Path, problems: Problems) -> None:
    """Check that a message with Components V2 has no content, embeds, stickers or poll."""
    for name in ("content", "embeds", "sticker_ids", "poll"):
        if held.get(name):
            message = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            problems.add((*path, name), code, message)


def check_change(body: Json, present: Message, path: Path, problems: Problems) -> None:
    """Check the flag IS_COMPONENTS_V2 of an edit: it can be added, but not removed.

    An edit that adds it must remove the content and embeds of the message.

    Args:
        body: the changes, found to be well formed but for their flags.
        present: the message that is edited.
        path: of the changes in the request's body.
        problems: where problems are added.
    """
    flags, before = body.get("flags"), problems.count
    if flags is not None:
        _FLAGS(flags, (*path, "flags"), problems)
    if problems.count > before:
        return
    if has_v2(present.flags):
        if flags is not None and not has_v2(flags):
            message = "The IS_COMPONENTS_V2 flag cannot be removed from a message"
            problems.add((*path, "flags"), "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", message)
    elif has_v2(flags):
        held = {"content": present.content, "embeds": present.embeds}
        kept = {name: value for name, value in held.items() if name not in body}
        check_legacy(kept, path, problems)


_ATTACHMENT = json_object(
    {
        "id": snowflake,
        "filename": text(1024, least=1),
        "description": text(1024),
        "title": text(1024),
    },
    required=("id",),
)
MESSAGE = json_object(
    {
        "content": text(CONTENT),
        "embeds": list_of(EMBED, EMBEDS),
        "allowed_mentions": ALLOWED_MENTIONS,
        "components": list_of(json_object({}), 40),
        "attachments": list_of(_ATTACHMENT, _FILES),
        "sticker_ids": list_of(snowflake, 3),
        "flags": _FLAGS,
        "nonce": _nonce,
        "enforce_nonce": boolean,
        "tts": boolean,
        "message_reference": json_object(
            {
                "message_id": snowflake,
                "channel_id": snowflake,
                "guild_id": snowflake,
                "fail_if_not_exists": boolean,
            },
            required=("message_id",),
        ),
        "username": text(80, least=1),
        "avatar_url": url(),
        "thread_name": text(100),
    },
    also=_whole,
)
"""The body of a message that is sent or edited."""


def check_files(
    body: Json,
    sizes: dict[str, int],
    problems: Problems,
    path: Path = (),
    *,
    kept: Collection[int] = (),
) -> None:
    """Check the attachments of a message against the files of the request.

    Args:
        body: of the message.
        sizes: bytes of the files, by field such as `files[0]`.
        problems: what is wrong is added here.
        path: of the body.
        kept: ids of the files that the message has before an edit.

    Raises:
        ApiError: a file is too large.
    """
    if len(sizes) > _FILES:
        problems.add(
            (*path, "attachments"), "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length."
        )
    if any(size > _FILE_BYTES for size in sizes.values()):
        raise ApiError(Refusal.PAYLOAD_TOO_LARGE)
    seen: set[int] = set()
    for index, entry in enumerate(body.get("attachments") or ()):
        number_ = int(entry["id"])
        is_there = number_ in kept or f"files[{number_}]" in sizes
        if number_ in seen or not is_there:
            message = f"Attachment data for ID {number_} does not belong to a file"
            where = (*path, "attachments", index, "id")
            problems.add(where, "MESSAGE_ATTACHMENT_NOT_FOUND", message)
        seen.add(number_)


def is_empty(body: Json, *, has_files: bool) -> bool:
    """Return whether a message would be empty.

    Buttons alone do not count, nor do files beside Components V2.
    """
    if has_v2(body.get("flags")):
        return not body.get("components")
    if (body.get("content") or "").strip() or body.get("embeds") or has_files:
        return False
    return not (body.get("sticker_ids") or body.get("poll"))
