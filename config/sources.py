"""The tables `[[sources]]`: where papers come from."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from config import validators

FILES_NAME: Final = "files"
"""The source of what `ingest` stores, and of the folder of the setting `digests`."""

HUGGINGFACE_NAME: Final = "huggingface"
"""The name of the default source; another kind of source can't have it."""


class SourceKind(StrEnum):
    """The kinds of places that papers come from."""

    FOLDER = "folder"
    """A folder of digests."""
    URL = "url"
    """Digests at an address with their date in it."""
    HUGGINGFACE = "huggingface"
    """The daily lists of Hugging Face."""


class Source(BaseModel):
    """One table `[[sources]]`."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: Annotated[str, AfterValidator(validators.check_source_name)]
    """1 to 40 characters; no other source has it, and what the source says is stored under it."""
    kind: SourceKind
    language: Annotated[str, AfterValidator(validators.check_language)] | None = None
    """The language of the texts, as a lower-case ISO 639 code; `None` if it isn't known."""
    path: Annotated[Path, AfterValidator(validators.check_home)] | None = Field(
        default=None, validate_default=True
    )
    """The folder; `None` for other kinds."""
    url: Annotated[str, AfterValidator(validators.check_url_template)] | None = Field(
        default=None, validate_default=True, repr=False
    )
    """The address, in which `format(date=…)` fills in a day; `None` for other kinds than `url`. It
    is not shown, as it may hold a password."""

    # The rules below belong to single keys, not to the model: so they are checked, and their
    # problems located, even if another key is wrong.

    @field_validator("name")
    @classmethod
    def _check_reserved_name(cls, name: str) -> str:
        if name == FILES_NAME:
            raise ValueError(
                f"another name than {FILES_NAME}, under which what is ingested and the folder of "
                "the setting digests are stored"
            )
        return name

    @field_validator("kind")
    @classmethod
    def _check_kind_of_name(cls, kind: SourceKind, info: ValidationInfo) -> SourceKind:
        if info.data.get("name") == HUGGINGFACE_NAME and kind is not SourceKind.HUGGINGFACE:
            raise ValueError(f"{SourceKind.HUGGINGFACE}, as the name is, or another name")
        return kind

    @field_validator("path")
    @classmethod
    def _check_path_of_kind(cls, path: Path | None, info: ValidationInfo) -> Path | None:
        kind = info.data.get("kind")
        if path is None and kind is SourceKind.FOLDER:
            raise _missing_key_error()
        if path is not None and kind not in {SourceKind.FOLDER, None}:
            raise ValueError("no path, as only a source of kind folder has one")
        return path

    @field_validator("url")
    @classmethod
    def _check_url_of_kind(cls, url: str | None, info: ValidationInfo) -> str | None:
        kind = info.data.get("kind")
        if url is None and kind is SourceKind.URL:
            raise _missing_key_error()
        if url is not None and kind is SourceKind.HUGGINGFACE:
            raise ValueError("no url, as the address of Hugging Face is [huggingface] url")
        if url is not None and kind is SourceKind.FOLDER:
            raise ValueError("no url, as only a source of kind url has one")
        return url


DEFAULT_SOURCE: Final = Source(name=HUGGINGFACE_NAME, kind=SourceKind.HUGGINGFACE, language="en")
"""The source in force if neither sources nor a folder of digests are set."""


def _missing_key_error() -> PydanticCustomError:
    """Return the error that pydantic has for a key that is always required."""
    return PydanticCustomError("missing", "Field required")


def _check_together(values: object, validate: ValidatorFunctionWrapHandler) -> tuple[Source, ...]:
    """Check what concerns several sources, even if single ones are wrong as well."""
    problems = list(_conflicts(values))
    sources: tuple[Source, ...] = ()
    try:
        sources = validate(values)
    except ValidationError as error:
        problems += [
            InitErrorDetails(
                # Not the type alone: pydantic refuses some of its own, such as `path_type`.
                type=PydanticCustomError(details["type"], details["msg"], details.get("ctx")),
                loc=details["loc"],
                input=None,
            )
            for details in error.errors(include_url=False, include_input=False)
        ]
    if problems:
        raise ValidationError.from_exception_data("sources", problems, hide_input=True)
    return sources


Sources: TypeAlias = Annotated[tuple[Source, ...], WrapValidator(_check_together)]
"""All sources; the first one has precedence."""


def _conflicts(values: object) -> Iterator[InitErrorDetails]:
    """Yield names that are given twice, and sources of the kind `huggingface` after the first."""
    first: dict[tuple[str, str], int] = {}
    for index, source in enumerate(values if isinstance(values, Sequence) else ()):
        given = source.model_dump() if isinstance(source, Source) else source
        if not isinstance(given, Mapping):
            continue
        for key in ("name", "kind"):
            value = given.get(key)
            if not isinstance(value, str) or (key == "kind" and value != SourceKind.HUGGINGFACE):
                continue
            number = first.setdefault((key, value), index) + 1
            if number <= index:
                expected = {
                    "name": f"a name of its own, as number {number} has this one",
                    "kind": f"another kind, as number {number} is of this one, and one is enough",
                }[key]
                yield InitErrorDetails(
                    type=PydanticCustomError("conflict", "{error}", {"error": expected}),
                    loc=(index, key),
                    input=None,
                )
