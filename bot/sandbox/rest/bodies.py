"""Reading the bodies of requests: JSON, or JSON with files beside it."""

from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from bot.sandbox.rest.call import UploadedFile
from bot.sandbox.rules import strict_json


@dataclass(slots=True)
class Body:
    """The body of a request."""

    json: object = None
    """The value; `None` where there was none, or no JSON."""
    files: dict[str, UploadedFile] = field(default_factory=dict)
    """By field."""
    is_json: bool = True
    """Whether what was sent is JSON."""


async def read_body(request: web.Request) -> Body:
    """Read the body of a request.

    Source: https://discord.com/developers/docs/reference#uploading-files
    """
    body = Body()
    if request.content_type == "multipart/form-data":
        try:
            await _read_parts(request, body)
        except ValueError:  # its parts are not what its header says
            body.is_json = False
    elif request.can_read_body:
        _parse(await request.read(), body)
        if request.content_type != "application/json":
            body.is_json = False
    return body


async def _read_parts(request: web.Request, body: Body) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=True))
        name = part.name or ""
        if name == "payload_json":
            _parse(content, body)
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            filename = part.filename or "unknown"
            body.files[name] = UploadedFile(name, filename, content, kind)


def _parse(raw: bytes, body: Body) -> None:
    try:
        body.json = strict_json.loads(raw) if raw else None
    except ValueError:  # no JSON, or no text at all
        body.is_json = False
