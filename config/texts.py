"""The texts that people read on Discord, in each language: `config/locales/*/*.ftl`.

We use Fluent instead of gettext. Plurals, selections and terms are in the text file, so translators
need no code, and a text can have another structure in each language. Nothing is compiled. Texts
have keys, so that a missing text is an error here and a failed test, not an English sentence in a
Korean answer.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, Self, TypeAlias

import babel
import babel.dates
import babel.lists
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentType, fluent_date
from fluent.syntax.ast import Junk, Message, Resource, Term

FALLBACK: Final = "en"
"""The language for people whose own language has no texts."""

Argument: TypeAlias = str | int | float | Decimal | date
"""The types of a text's arguments. A `datetime`, which is a `date`, should have a time zone."""

_LISTS_OF_COMMAS: Final = frozenset({"ko"})
"""Languages in which a list needs no “and”: the “및” of Unicode's is the Korean of offices."""
_LARGEST_COUNT = 10**12
_CACHE_SIZE = 2_000
"""How many formatted texts are cached for each language."""


class TextError(Exception):
    """A text can't be formatted, because of an error in the code or in the text files."""


class _Verbatim(FluentType, str):
    """An argument that is text, without a limit of its length.

    fluent.runtime rejects `str` arguments of over 2,500 characters, as a protection from untrusted
    text files. We trust ours, and a person can type 6,000 characters into a command.
    """

    __slots__ = ()

    def format(self, locale: babel.Locale) -> str:  # type: ignore[override]  # noqa: ARG002 - the signature is Fluent's
        return self


class Texts:
    """The texts of one language: `texts("paper-rank", rank=3)`."""

    def __init__(
        self,
        locale: babel.Locale,
        messages: frozenset[str],
        bundle: FluentBundle,
        fallback: "Texts | None" = None,
    ) -> None:
        self.language: Final[str] = locale.language
        """A language code without a region, such as `ko`."""
        self.fallback: Final[Texts] = fallback or self
        """The same texts in `FALLBACK`, for where the letters of the language can't be shown."""
        self._locale = locale
        self._messages = messages
        self._bundle = bundle
        # Many people ask for the newest papers, and Babel is slow at numbers and dates.
        self._cached = lru_cache(maxsize=_CACHE_SIZE, typed=True)(self._format)
        self._format_time = lru_cache(maxsize=_CACHE_SIZE)(
            partial(babel.dates.format_time, format="short", locale=locale)
        )
        self._language_name = lru_cache(maxsize=_CACHE_SIZE)(self._find_language_name)

    def __call__(self, key: str, /, **arguments: Argument) -> str:
        """Return the text of a key, with numbers and dates formatted for the language.

        A `date` is written out (`February 21, 2025`, `2025년 2월 21일`), a `datetime` with its
        minute, unless the text says otherwise with `DATETIME($day, dateStyle: "short")` or with the
        functions `DATE` and `DATES`, which show parts of dates. Numbers are grouped (`1,234`): pass
        numbers that are no amounts, such as Discord ids, as `str`.

        Raises:
            TextError: The key is unknown, an argument is missing or has a wrong type, or the text
                can't be formatted.
        """
        try:
            return self._cached(key, **arguments)
        except TypeError:  # an argument that is not hashable, which has a wrong type
            return self._format(key, **arguments)

    def _format(self, key: str, /, **arguments: Argument) -> str:
        if key not in self._messages:
            raise TextError(f"There is no text “{key}” in “{self.language}”.")
        values = {name: self._value(key, name, value) for name, value in arguments.items()}
        pattern = self._bundle.get_message(key).value
        assert pattern is not None, "only messages with a text have keys"
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            reasons = "; ".join(str(error) for error in errors)
            raise TextError(f"The text “{key}” in “{self.language}” can't be shown: {reasons}.")
        return str(text)

    def join(self, names: Sequence[str]) -> str:
        """Return names as a list in a sentence: “A, B, and C”, in Korean “A, B, C”."""
        if self.language in _LISTS_OF_COMMAS:
            return ", ".join(names)
        return babel.lists.format_list(names, locale=self.language)

    def format_time(self, value: time) -> str:
        """Return a time of day as people of the locale write it: “8:00 AM”, “오전 8:00”."""
        return self._format_time(value)

    def language_name(self, code: str) -> str:
        """Return the name of a language in this one, such as “Korean” for `ko`.

        A code that is unknown is returned as it is.
        """
        return self._language_name(code)

    def _find_language_name(self, code: str) -> str:
        try:
            language = babel.Locale.parse(code, sep="-").language
        except (ValueError, babel.UnknownLocaleError):
            return code
        return str(babel.Locale.parse(self.language).languages.get(language, code))

    def keys(self) -> frozenset[str]:
        """Return the keys of all texts."""
        return self._messages

    def forget(self) -> None:
        """Forget the formatted texts: what they show beside their arguments has changed."""
        self._cached.cache_clear()

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
                # Discord ids are this large. A mention with grouped digits would not work.
                pass
            case int() | float() | Decimal():
                return value
        raise TextError(f"The text “{key}” was given {value!r} as ${name}: pass text or an amount.")


_MOST_LOCALES: Final = 256
"""How many names of locales are cached: more than Discord has."""


class Catalogue:
    """The texts of all languages, which are parsed once."""

    def __init__(self, resources: Mapping[str, Resource]) -> None:
        """Take a parsed resource for each language, including `FALLBACK`."""
        self.languages: Final = tuple(sorted(resources, key=lambda name: (name != FALLBACK, name)))
        """Language codes such as `en`, `ko`: `FALLBACK` first, then in alphabetical order."""
        self._resources = resources
        self._command_ids: Mapping[str, int] = {}
        self._texts: dict[str, Texts] = {}
        for language in self.languages:
            self._texts[language] = self._build(language, language)
        self._by_locale = dict(self._texts)

    @classmethod
    def load(cls, folder: Traversable | None = None) -> Self:
        """Load every language: each is a folder with any number of `.ftl` files.

        `None` loads the texts of this package, also from a wheel or a zip file.

        Raises:
            TextError: A file has a syntax error or a duplicate key; the message has the line.
        """
        folder = folder if folder is not None else files("config") / "locales"
        languages = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
        return cls({language: _read(folder / language) for language in languages})

    def set_command_ids(self, ids: Mapping[str, int]) -> None:
        """Set the ids of the registered commands, by their English names."""
        if ids == self._command_ids:
            return
        self._command_ids = dict(ids)
        for texts in self._texts.values():
            texts.forget()

    def _link(self, command: str) -> str:
        """Return a command as people can click it: the function `COMMAND` of the texts.

        `COMMAND("schedule add")` is `</schedule add:ID>`, or `/schedule add` while its id isn't
        known.
        """
        command_id = self._command_ids.get(command.split(maxsplit=1)[0])
        return f"/{command}" if command_id is None else f"</{command}:{command_id}>"

    def for_locale(self, locale: str) -> Texts:
        """Return the texts for a locale of Discord's (`en-US`, `ko`).

        An unknown language gets `FALLBACK`. The region decides how numbers and dates are formatted:
        `en-GB` has “21 February 2025”.
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
        # The key is Babel's name of the locale; there are a few hundred of them.
        name = str(parsed)
        if name not in self._texts:
            self._texts[name] = self._build(parsed.language, name)
        return self._texts[name]

    def _build(self, language: str, locale: str) -> Texts:
        # Discord ignores Fluent's isolation marks around right-to-left names, but counts them in
        # every limit, and they break mentions, time stamps and URLs.
        parsed = babel.Locale.parse(locale)
        format_day = lru_cache(maxsize=_CACHE_SIZE)(partial(babel.dates.format_date, locale=parsed))
        functions: dict[str, Any] = {
            "DATETIME": partial(_format_datetime, format_day),
            "DATE": partial(_format_date, parsed),
            "DATES": partial(_format_dates, parsed),
            "COMMAND": self._link,
        }
        bundle = FluentBundle([locale], use_isolating=False, functions=functions)
        resource = self._resources[language]
        bundle.add_resource(resource)
        keys = {e.id.name for e in resource.body if isinstance(e, Message) and e.value is not None}
        fallback = self._texts[FALLBACK] if language != FALLBACK else None
        return Texts(parsed, frozenset(keys), bundle, fallback)


def _format_datetime(
    format_day: Callable[..., str],
    value: date,
    **options: Any,  # noqa: ANN401 - Fluent's
) -> FluentType:
    """Return a date or time as Fluent's function `DATETIME` does; days are formatted once."""
    if isinstance(value, datetime) or list(options) != ["dateStyle"]:
        return fluent_date(value, **options)
    return _Verbatim(format_day(date.fromordinal(value.toordinal()), options["dateStyle"]))


def _format_date(locale: babel.Locale, day: date, *, skeleton: str = "", pattern: str = "") -> str:
    """Return parts of a date or time: the function `DATE` of the texts.

    Args:
        locale: Decides their order and names.
        day: A `datetime` is shown in its own time zone.
        skeleton: The parts, for which the locale has a pattern: `MMMd` is “Feb 21” or “2월 21일”.
        pattern: The pattern itself, where the locale's own doesn't read well.

    Source: https://unicode.org/reports/tr35/tr35-dates.html#Date_Field_Symbol_Table
    """
    if pattern:
        return babel.dates.format_datetime(day, pattern, locale=locale)
    return babel.dates.format_skeleton(skeleton, day, locale=locale)


def _format_dates(locale: babel.Locale, first: date, last: date, *, skeleton: str) -> str:
    """Return a range of days, such as “Feb 17 – 23”: the function `DATES` of the texts."""
    return babel.dates.format_interval(first, last, skeleton, locale=locale)


def _read(folder: Traversable) -> Resource:
    """Parse the files of a language into one resource."""
    entries: list[Any] = []
    places: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".ftl"):
            continue
        source = file.read_text(encoding="utf-8")
        for entry in FluentResource(source).body:
            assert entry.span is not None, "the parser sets the span of each entry"
            line = source.count("\n", 0, entry.span.start) + 1
            place = f"{folder.name}/{file.name}:{line}"
            if isinstance(entry, Junk):
                reasons = "; ".join(str(annotation.message) for annotation in entry.annotations)
                raise TextError(f"{place}: {reasons}")
            if isinstance(entry, Message | Term):
                name = f"-{entry.id.name}" if isinstance(entry, Term) else entry.id.name
                if name in places:
                    raise TextError(f"{place}: “{name}” is already in {places[name]}")
                places[name] = place
                entries.append(entry)
    return Resource(entries)
