"""The terminal's own texts, in the language of the person. They stand in `locales/`."""

from collections.abc import Mapping

from bot.sandbox.people.texts import texts_of

VERBS = ("press", "choose", "menu", "fill", "submit", "dismiss")
"""Keys of the words that a line can begin with; in English they are these words."""
_HELP = (
    *("helpPress", "helpChoose", "helpChooseOf", "helpMenu", "helpFill"),
    *("helpSubmit", "helpDismiss"),
)


class Words:
    """The texts of one language.

    Discord's own for failures have the English text as their key, and English has none of them.
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


def words_of(locale: str) -> Words:
    """Return the texts for a locale, such as `en-GB`; in English where it has none."""
    return Words(texts_of(__package__, locale))
