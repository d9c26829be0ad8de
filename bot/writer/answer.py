"""What a model answers: JSON with sentences and quotes, read strictly. Pure."""

import re
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

_FENCE: Final = re.compile(r"\A```(?:json)?[ \t]*\n(?P<json>.*)\n```\Z", re.DOTALL)
_THOUGHT_END: Final = "</think>"
"""Models that reason put their thoughts before it."""

HEADINGS: Final = {
    "new": "What's New",
    "method": "Technical Details",
    "results": "Performance Highlights",
}
"""The headings of sections by the keys of the answer, as digests have them."""
ESSENTIAL: Final = "new"
"""The section without which a text is not worth reading."""


class InvalidAnswerError(Exception):
    """An answer is not the JSON that was asked for; `str()` says why, without quoting it."""


class Item(BaseModel):
    """A sentence with the passage that it rests on."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    text: Annotated[str, Field(max_length=4_000)]
    quote: Annotated[str, Field(max_length=8_000)]


Items = Annotated[tuple[Item, ...], Field(max_length=12, strict=False)]


class Answer(BaseModel):
    """The sentences of the three sections."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    new: Items
    method: Items
    results: Items


_ITEMS: Final = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"text": {"type": "string"}, "quote": {"type": "string"}},
        "required": ["text", "quote"],
        "additionalProperties": False,
    },
}
RESPONSE_FORMAT: Final[dict[str, Any]] = {
    "type": "json_schema",
    "json_schema": {
        "name": "sections",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": dict.fromkeys(HEADINGS, _ITEMS),
            "required": list(HEADINGS),
            "additionalProperties": False,
        },
    },
}
"""For servers that make a model keep to a JSON schema."""


def parse(content: str) -> Answer:
    r"""Return the answer of a model.

    Around the JSON there may be a code fence and, before it, the thoughts of a model that reasons;
    nothing else.

    >>> parse('```json\n{"new": [], "method": [], "results": []}\n```')
    Answer(new=(), method=(), results=())

    Raises:
        InvalidAnswerError: It is something else.
    """
    text = content.rpartition(_THOUGHT_END)[2].strip()
    if fenced := _FENCE.match(text):
        text = fenced["json"]
    try:
        return Answer.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        path = ".".join(map(str, first["loc"]))
        raise InvalidAnswerError(f"{path}: {first['type']}" if path else first["type"]) from None
