"""Sentences that tell a person why an action was not sent.

Their translations stand in `locales/`, with the English text of the error as the key.
"""

from bot.sandbox.people.errors import NotSentError
from bot.sandbox.people.texts import texts_of


def explain(error: NotSentError, locale: str) -> str:
    """Return why an action was not sent, as a sentence in the language of a locale.

    It is in English where there is no translation.
    """
    texts = texts_of(__package__, locale)
    known = texts.get(error.text)
    if known is None:
        said = str(error)
        return f"{said[:1].upper()}{said[1:]}."
    facts = {
        name: texts.get(fact, fact) if isinstance(fact, str) else fact
        for name, fact in error.facts.items()
    }
    return known.format(**facts)
