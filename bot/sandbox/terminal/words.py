"""The terminal's own texts, in the language of the person. They stand in `locales/`."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.sandbox.people.errors import NotSentError

_DEFAULT = "en"
_LANGUAGES = frozenset({_DEFAULT, "ko"})
VERBS = ("press", "choose", "menu", "fill", "submit", "dismiss")
"""Keys of the words that a line can begin with; in English they are these words."""
_HELP = (
    *("helpPress", "helpChoose", "helpChooseOf", "helpMenu", "helpFill"),
    *("helpSubmit", "helpDismiss"),
)


class Words:
    """The texts of one language.

    Those of errors, and Discord's own for failures, have the English text as their key, and
    English has none of them.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Take the texts by key."""
        self._texts = texts

    def __call__(self, key: str, /, **facts: object) -> str:
        """Return a text, with its `{name}`s filled in."""
        return self._texts[key].format(**facts)

    def verb(self, word: str) -> str | None:
        """Return the key of a verb in this language or in English; `None` if it is none."""
        return next((key for key in VERBS if word in (key, self._texts[key])), None)

    def usages(self) -> list[str]:
        """Return how lines are typed that are no slash commands."""
        return [self._texts[key] for key in _HELP]

    def failure(self, text: str) -> str:
        """Return what Discord says of a failure."""
        return self._texts.get(text, text)

    def explain(self, error: NotSentError) -> str:
        """Return why something was not sent, as a sentence."""
        known = self._texts.get(error.text)
        if known is None:
            said = str(error)
            return f"{said[:1].upper()}{said[1:]}."
        facts = {
            name: self._texts.get(fact, fact) if isinstance(fact, str) else fact
            for name, fact in error.facts.items()
        }
        return known.format(**facts)


@cache
def words_of(locale: str) -> Words:
    """Return the texts for a locale, such as `en-GB`; in English where it has none."""
    language = locale.partition("-")[0]
    name = language if language in _LANGUAGES else _DEFAULT
    path = files(__package__) / "locales" / f"{name}.json"
    return Words(json.loads(path.read_text(encoding="utf-8")))
