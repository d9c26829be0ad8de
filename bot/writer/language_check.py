"""Whether a sentence is in the language that it should be in. Pure."""

import re
from typing import Final

_HANGUL: Final = re.compile("[가-힣]")
_KANA: Final = re.compile("[ぁ-ゟ゠-ヿ]")
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_POLITE_END: Final = re.compile(r"니다[.!]?[\"')\]]*\Z")
"""The end of a sentence in 합니다체, in which all Korean texts are."""
_FEW_HANGUL: Final = 4
_FEW_WORDS: Final = 3
"""Too few to tell a language by."""
_SURE: Final = 3
"""Frequent words of another language that tell it from one that is not listed here."""
_FREQUENT: Final = {
    "en": "the of and to in is a an that for with on by are we it as this from be our which can",
    "de": "der die das und ist nicht von den mit ein eine einer für auf wir im zu dem des auch",
    "fr": "le la les de des et est un une dans pour que qui sur avec par nous sont au du en ce",
    "es": "el la los las de y es un una en para que con por se del al son como nuestro más",
    "it": "il lo la gli le di e è un una in per che con si del della sono nel dei da",
    "pt": "o os as de e é um uma em para que com por se do da dos das são no na",
    "nl": "de het een en van is in te dat op met voor zijn niet aan ook wij door om",
}
"""By language, words that nearly every sentence has some of."""
_FREQUENT_WORDS: Final = {code: frozenset(words.split()) for code, words in _FREQUENT.items()}


def is_in_language(sentence: str, language: str) -> bool:
    """Return whether a sentence seems to be in a language; a short one gets the benefit of doubt.

    >>> is_in_language("We train a model on the data.", "ko")
    False
    >>> is_in_language("Das Modell ist in der Lage, das zu lernen.", "en")
    False
    """
    match language:
        case "ko":
            return len(_HANGUL.findall(sentence)) >= _FEW_HANGUL and not _KANA.search(sentence)
        case "ja":
            return bool(_KANA.search(sentence)) and not _HANGUL.search(sentence)
        case "zh":
            has_others = _KANA.search(sentence) or _HANGUL.search(sentence)
            return bool(_HAN.search(sentence)) and not has_others
        case "ru" | "uk" | "bg":
            return bool(_CYRILLIC.search(sentence))
        case _:
            return _is_latin(sentence) and _has_words_of(sentence, language)


def is_polite(sentence: str) -> bool:
    """Return whether a Korean sentence is in 합니다체.

    >>> is_polite("모델을 학습합니다."), is_polite("모델을 학습한다.")
    (True, False)
    """
    return bool(_POLITE_END.search(sentence))


def _is_latin(sentence: str) -> bool:
    return not any(
        pattern.search(sentence) for pattern in (_HANGUL, _KANA, _HAN, _CYRILLIC)
    ) and bool(_WORD.search(sentence))


def _has_words_of(sentence: str, language: str) -> bool:
    words = [word.lower() for word in _WORD.findall(sentence)]
    if len(words) <= _FEW_WORDS:
        return True
    hits = {
        code: sum(word in frequent for word in words) for code, frequent in _FREQUENT_WORDS.items()
    }
    most = max(hits.values())
    return hits[language] >= most if language in hits else most < _SURE
