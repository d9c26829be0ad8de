"""Texts in the language of a person. They stand in the `locales/` of a package."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_DEFAULT: Final = "en"
_LANGUAGES: Final = frozenset({_DEFAULT, "ko"})


def texts_of(package: str, locale: str) -> Mapping[str, str]:
    """Return the texts of a package for a locale, such as `en-GB`, by key.

    They are English for a language that has none, and empty if the package needs no English file
    since its keys are the English texts.
    """
    language = locale.partition("-")[0]
    return _load(package, language if language in _LANGUAGES else _DEFAULT)


@cache
def _load(package: str, language: str) -> Mapping[str, str]:
    path = files(package) / "locales" / f"{language}.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found
