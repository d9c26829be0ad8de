"""Every text that a person reads on Discord, in each language: `config/locales/*/*.ftl`.

Fluent and not gettext: plurals, selections and terms stand in the text file itself, so a translator
needs no code; there is no compile step between the file and the program; texts go by a key, so that
one which is missing is an error here and a failed test, not an English sentence in a Korean answer;
and the text of one language may be built quite differently from that of another.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, Self, TypeAlias

import babel
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentType, fluent_date
from fluent.syntax.ast import Junk, Message, Resource, Term

FALLBACK: Final = "en"
"""The language of everyone whose own is not here."""

Argument: TypeAlias = str | int | float | Decimal | date
"""What a text may be given. A `datetime` is a `date` too, and should know its zone."""

_LARGEST_COUNT = 10**12
_REMEMBERED = 2_000
"""Texts kept as they were formatted, a language."""


class TextError(Exception):
    """A text that cannot be shown: a fault in the program or its text files, not the reader's."""


class _Verbatim(FluentType, str):
    """Text that stands in a message as it is.

    fluent.runtime refuses plain strings of over 2,500 characters, as a guard against text files
    that nobody has read. Ours are read, and a person may type 6,000 characters into a command.
    """

    __slots__ = ()

    def format(self, locale: babel.Locale) -> str:  # type: ignore[override]  # noqa: ARG002 - the signature is Fluent's
        return self


class Texts:
    """The texts of one language: `texts("paper-rank", rank=3)`."""

    def __init__(self, language: str, messages: frozenset[str], bundle: FluentBundle) -> None:
        self.language: Final = language
        """Such as `ko`, without a region."""
        self._messages = messages
        self._bundle = bundle
        # A morning's papers are asked for by many, and Babel takes its time over numbers and dates.
        self._remembered = lru_cache(maxsize=_REMEMBERED, typed=True)(self._format)

    def __call__(self, key: str, /, **arguments: Argument) -> str:
        """Return the text of a key, with numbers and dates as the language writes them.

        A `date` is written out (`February 21, 2025`, `2025년 2월 21일`), a `datetime` with its
        minute, unless the text says otherwise with `DATETIME($day, dateStyle: "short")`. Numbers
        are grouped (`1,234`): pass what is no amount, such as a Discord id, as `str`.

        Raises:
            TextError: There is no such key, an argument that the text needs is missing or of
                another type, or the text's own markup fails.
        """
        try:
            return self._remembered(key, **arguments)
        except TypeError:  # it can't be remembered, for it is no argument at all
            return self._format(key, **arguments)

    def _format(self, key: str, /, **arguments: Argument) -> str:
        if key not in self._messages:
            raise TextError(f"There is no text “{key}” in “{self.language}”.")
        values = {name: self._value(key, name, value) for name, value in arguments.items()}
        pattern = self._bundle.get_message(key).value
        assert pattern is not None, "only messages with a text are among the keys"
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            reasons = "; ".join(str(error) for error in errors)
            raise TextError(f"The text “{key}” in “{self.language}” can't be shown: {reasons}.")
        return str(text)

    def keys(self) -> frozenset[str]:
        """Return every key."""
        return self._messages

    def _value(self, key: str, name: str, value: Argument) -> object:
        match value:
            case str():
                return _Verbatim(value)
            case datetime():
                return fluent_date(value, dateStyle="long", timeStyle="short")
            case date():
                return fluent_date(value, dateStyle="long")
            case bool():
                pass
            case int() if abs(value) >= _LARGEST_COUNT:
                # Discord's ids are of this size, and a mention with commas in it is none.
                pass
            case int() | float() | Decimal():
                return value
        raise TextError(f"The text “{key}” was given {value!r} as ${name}: pass text or an amount.")


_MOST_LOCALES: Final = 256
"""Names of locales whose texts are remembered: more than Discord has, however they are written."""


class Catalogue:
    """The texts of all languages, parsed once."""

    def __init__(self, resources: Mapping[str, Resource]) -> None:
        """Take a parsed resource a language, among which `FALLBACK` is."""
        self.languages: Final = tuple(sorted(resources, key=lambda name: (name != FALLBACK, name)))
        """Such as `en`, `ko`: `FALLBACK` first, then by name."""
        self._resources = resources
        self._texts = {language: self._build(language, language) for language in self.languages}
        self._by_locale = dict(self._texts)

    @classmethod
    def load(cls, folder: Traversable | None = None) -> Self:
        """Read every language: a folder each with any number of `.ftl` files.

        `None` is the folder that comes with the program, in a wheel or a zip as well.

        Raises:
            TextError: A file is wrong, with its line and the reason, or a key stands twice.
        """
        folder = folder if folder is not None else files("config") / "locales"
        languages = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
        return cls({language: _read(folder / language) for language in languages})

    def for_locale(self, locale: str) -> Texts:
        """Return the texts for a locale as Discord names it (`en-US`, `ko`).

        A language that is not here gets `FALLBACK`. A region decides over numbers and dates: in
        `en-GB` it is “21 February 2025”.
        """
        texts = self._by_locale.get(locale)
        if texts is None:
            texts = self._for_locale(locale)
            if len(self._by_locale) < _MOST_LOCALES:
                self._by_locale[locale] = texts
        return texts

    def _for_locale(self, locale: str) -> Texts:
        try:
            parsed = babel.Locale.parse(locale, sep="-")
        except (ValueError, babel.UnknownLocaleError):
            return self._texts[FALLBACK]
        if parsed.language not in self.languages:
            return self._texts[FALLBACK]
        # Kept under Babel's own name for it, of which there are a few hundred at most.
        name = str(parsed)
        if name not in self._texts:
            self._texts[name] = self._build(parsed.language, name)
        return self._texts[name]

    def _build(self, language: str, locale: str) -> Texts:
        # Discord shows no difference where Fluent's marks isolate a name that is written from right
        # to left, but counts them in every limit, and they break mentions, times and addresses.
        bundle = FluentBundle([locale], use_isolating=False)
        resource = self._resources[language]
        bundle.add_resource(resource)
        keys = {e.id.name for e in resource.body if isinstance(e, Message) and e.value is not None}
        return Texts(language, frozenset(keys), bundle)


def _read(folder: Traversable) -> Resource:
    """Parse a language's files as one resource."""
    entries: list[Any] = []
    places: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".ftl"):
            continue
        source = file.read_text(encoding="utf-8")
        for entry in FluentResource(source).body:
            assert entry.span is not None, "the parser notes where each entry stands"
            line = source.count("\n", 0, entry.span.start) + 1
            place = f"{folder.name}/{file.name}:{line}"
            if isinstance(entry, Junk):
                reasons = "; ".join(str(annotation.message) for annotation in entry.annotations)
                raise TextError(f"{place}: {reasons}")
            if isinstance(entry, Message | Term):
                name = f"-{entry.id.name}" if isinstance(entry, Term) else entry.id.name
                if name in places:
                    raise TextError(f"{place}: “{name}” stands in {places[name]} already")
                places[name] = place
                entries.append(entry)
    return Resource(entries)
