"""Validation of requests and responses against Discord's OpenAPI document."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

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
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_DOCUMENT, resource)
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
        self._valid: set[tuple[str, str]] = set()
        """What was valid before: most bots send the same commands, and to check them is slow."""

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
        schema = {"$ref": f"{_DOCUMENT}#{pointer}"}
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
        # Unlike values, their representations tell 1 from 1.0 and from True.
        key = (pointer, repr(value))
        if key in self._valid:
            return None
        if validator.is_valid(value):
            self._valid.add(key)
            return None
        error = best_match(validator.iter_errors(value))
        where = "/".join(map(str, error.absolute_path)) if error else ""
        reason = error.message if error else ""
        return f"{request.method} {request.route}: at {where or 'its root'}: {reason[:300]}"

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


def _escaped(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1")
