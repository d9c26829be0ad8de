"""English words that say little about what a paper is on."""

from typing import Final

from storage.stems import stem

_FILLERS: Final = (
    "a about across against all an and any approach are as at based be before better beyond "
    "bridging by can comprehensive do does done efficient effective en enabling enhanced "
    "enhancing evaluating exploring for framework from fully get has have how improved improving "
    "in into is it its let leveraging make makes making many mitigating more most need new not "
    "novel of on one only or our out over paper preliminary report rethinking revisiting simple "
    "so some study technical than that the their them then there these they this those through "
    "to too toward towards under unified unlocking up us use used using via want was we what "
    "when where which while who why will with within without you your"
)
_GENERIC: Final = "data language large learning method model system task"
_VAGUE: Final = (
    "analysis capability dataset evaluation generation generative good high information "
    "knowledge level long low network open performance research space text time training "
    "understanding"
)

FILLERS: Final = frozenset(_FILLERS.split())
"""Words of titles that say nothing."""
GENERIC: Final = frozenset(map(stem, _GENERIC.split()))
"""Stems of words that say nothing by themselves, but with others: `world model`."""
VAGUE: Final = frozenset(map(stem, _VAGUE.split()))
"""Stems of words that are no term by themselves, but two of them are: `text generation`."""
