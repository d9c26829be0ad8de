"""The language of a text, where its source doesn't say."""

import re
from collections.abc import Iterable

from storage.records import Section

_HANGUL = re.compile("[가-힣]")


def language_of(sections: Iterable[Section]) -> str:
    """Return `ko` if there is any Hangul in the sections' bodies, else `en`.

    Digests are written in one of these, and a Korean one is never without Hangul.

    >>> language_of([Section(None, "A gym."), Section("Results", "13개의 과제")])
    'ko'
    """
    is_korean = any(_HANGUL.search(section.body) for section in sections)
    return "ko" if is_korean else "en"
