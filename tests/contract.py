"""Validation of requests and responses against Discord's OpenAPI document."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jsonschema_rs import Draft202012Validator, Registry, ValidationError

from bot.sandbox import RecordedRequest, Sandbox

_DOCUMENT = "urn:discord"
_MISSING = 501
_METHODS = ("get", "put", "post", "patch", "delete")


class Contract:
    """Discord's OpenAPI document, with validators that are built when they are first needed."""

    def __init__(self, document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]
        # Discord accepts ids as numbers, too, and discord.py sends `attachments[].id` as a number.
        number = {"type": "integer", "minimum": 0}
        schemas["SnowflakeType"] = {"anyOf": [schemas["SnowflakeType"], number]}
        # Media channels are described in Discord's documentation, not in this document.
        schemas["ChannelTypes"]["oneOf"].append({"title": "GUILD_MEDIA", "const": 16})
        # So are the error codes of fields, which are strings such as BASE_TYPE_REQUIRED.
        field_errors = schemas["InnerErrors"]["properties"]["_errors"]
        field_errors["items"] = {
            "type": "object",
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            "required": ["code", "message"],
        }
        self._registry = Registry([(_DOCUMENT, document)])
        self._operations = {
            (method.upper(), re.sub(r"\{\w+\}", "{}", path)): f"/paths/{_escaped(path)}/{method}"
            for path, item in document["paths"].items()
            for method in item
            if method in _METHODS
        }
        self.routes: dict[tuple[str, str], str] = {
            (method.upper(), path): operation["operationId"]
            for path, item in document["paths"].items()
            for method, operation in item.items()
            if method in _METHODS
        }
        """Names of Discord's routes by method and path template."""
        self._document = document
        self._validator = cache(self._make_validator)

    @classmethod
    def read(cls, path: Path) -> "Contract":
        """Read the document from a file."""
        return cls(json.loads(path.read_text("utf-8")))

    def schema(self, name: str) -> dict[str, Any]:
        """Return a schema of the document by its name."""
        found: dict[str, Any] = self._document["components"]["schemas"][name]
        return found

    def _make_validator(self, pointer: str) -> Draft202012Validator | None:
        node: Any = self._document
        for part in pointer.strip("/").split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            if not isinstance(node, dict) or key not in node:
                return None
            node = node[key]
        schema = {"$ref": f"{_DOCUMENT}#{quote(pointer)}"}
        return Draft202012Validator(schema, registry=self._registry)

    def request_problem(self, request: RecordedRequest) -> str | None:
        """Return what is wrong with a request, or `None`."""
        operation = self._operation(request)
        if operation is None:
            return f"{request.method} {request.path}: Discord has no such route"
        if request.body is None:
            return None
        pointer = f"{operation}/requestBody/content/application~1json/schema"
        return self._problem(request, pointer, request.body)

    def answer_problem(self, request: RecordedRequest) -> str | None:
        """Return what is wrong with the response to a request, or `None`."""
        operation = self._operation(request)
        if operation is None or request.answer is None:
            return None
        code = "4XX" if request.refused else str(request.status)
        if request.refused:
            pointer = "/components/responses/ClientErrorResponse/content/application~1json/schema"
        else:
            pointer = f"{operation}/responses/{code}/content/application~1json/schema"
        return self._problem(request, pointer, request.answer)

    def _operation(self, request: RecordedRequest) -> str | None:
        return self._operations.get((request.method, re.sub(r"\{\w+\}", "{}", request.route)))

    def _problem(self, request: RecordedRequest, pointer: str, value: object) -> str | None:
        validator = self._validator(pointer)
        if validator is None:
            return f"{request.method} {request.route}: the document has nothing at {pointer}"
        error = next(validator.iter_errors(value), None)
        if error is None:
            return None
        error = _most_specific(error)
        where = "/".join(map(str, error.instance_path)) or "its root"
        # A message begins with the value, however long, and ends with what is wrong.
        return f"{request.method} {request.route}: at {where}: {error.message[-300:]}"

    def request_problems(self, sandbox: Sandbox) -> list[str]:
        """Return what is wrong with the requests that the sandbox accepted."""
        taken = [request for request in sandbox.requests if (request.status or 0) < 300]
        return [problem for request in taken if (problem := self.request_problem(request))]

    def answer_problems(self, sandbox: Sandbox) -> list[str]:
        """Return what is wrong with the sandbox's responses, except for injected faults.

        The 501 of a route that is not simulated is no answer of Discord's either.
        """
        mine = [each for each in sandbox.requests if not each.fault and each.status != _MISSING]
        return [problem for request in mine if (problem := self.answer_problem(request))]


def _most_specific(error: ValidationError) -> ValidationError:
    """Return the reason that lies deepest in the value, where there are alternatives."""
    alternatives = getattr(error.kind, "context", [])
    reasons = [_most_specific(each) for found in alternatives for each in found]
    return max((error, *reasons), key=lambda each: len(each.instance_path))


def _escaped(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1")
