"""The fonts of charts, and which characters they have: what they lack is never drawn.

Pillow brings a font with ASCII, so a chart in English needs no other. For all else, such as Korean,
the fonts of the system are tried, those that Windows and macOS bring and those of the usual
packages. A text is drawn from left to right, a character at a time: characters that need more, such
as emoji, joined marks and Arabic or Hebrew letters, are left out.

Importing this module imports Pillow.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final, Self

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont, Layout

_SYSTEM_FONTS: Final = (
    "Pretendard-Regular.otf",
    "NotoSansKR-Regular.otf",
    "NotoSansKR-Regular.ttf",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKkr-Regular.otf",
    "NanumGothic.ttf",
    "NanumBarunGothic.ttf",
    "malgun.ttf",
    "AppleSDGothicNeo.ttc",
    "UnDotum.ttf",
    "baekmuk.ttf",
)
"""Font files with Korean letters, in order of preference; the first one installed is used."""
_OTHER_FONTS: Final = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "LiberationSans-Regular.ttf",
    "segoeui.ttf",
    "arial.ttf",
    "Arial Unicode.ttf",
)
"""Fonts with accents, Greek, Cyrillic and signs; the first that is there is used."""
_CHECKED_SIZE: Final = 24
"""The size of a font at which its characters are looked up."""
_NO_CHARACTER: Final = "\U0010ffff"
"""No font has it: it is drawn as what the font draws for characters that it lacks."""
_UNDRAWN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mc", "Me", "Mn", "Zl", "Zp"})
"""Categories of characters that are no sign by themselves."""
_RIGHT_TO_LEFT: Final = frozenset({"AL", "AN", "R"})
_ELLIPSIS: Final = "…"
_ALIKE: Final = MappingProxyType(
    {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "‘": "'", "’": "'", "“": '"', "”": '"'}
)
"""What is drawn for signs that no font has."""
_LEAST_LEFT: Final = 0.9
"""The part of a text's letters that must be drawable, or else its plain form is drawn."""


class _Face:
    """A font in any size."""

    def __init__(self, name: str | None) -> None:
        """Load a font.

        Args:
            name: Of its file, which is looked for in the folders of the system; `None` for the one
                that Pillow brings.

        Raises:
            OSError: There is no such font, or it can't be read.
        """
        self._name = name
        self._sizes: dict[int, FreeTypeFont] = {}
        self._known: dict[str, bool] = {" ": True}
        self._missing = self._mask(_NO_CHARACTER)

    def at_size(self, size: int) -> FreeTypeFont:
        """Return the font in a size, in pixels."""
        if size not in self._sizes:
            if self._name is None:
                font = ImageFont.load_default(size)
                assert isinstance(font, FreeTypeFont)
            else:
                font = ImageFont.truetype(self._name, size, layout_engine=Layout.BASIC)
            self._sizes[size] = font
        return self._sizes[size]

    def _mask(self, char: str) -> tuple[tuple[int, int], bytes]:
        mask = self.at_size(_CHECKED_SIZE).getmask(char)
        return mask.size, bytes(mask)

    def has(self, char: str) -> bool:
        """Return whether the font has a character: it doesn't look like one that it lacks."""
        if char not in self._known:
            mask = self._mask(char)
            self._known[char] = mask != self._missing and any(mask[1])
        return self._known[char]


class Fonts:
    """The fonts that a chart is drawn with."""

    def __init__(self, names: Sequence[str | None]) -> None:
        """Load fonts.

        Args:
            names: Of their files, by precedence; `None` is the one that Pillow brings.

        Raises:
            OSError: One of them is missing.
        """
        self._faces = [_Face(name) for name in names]

    @classmethod
    def find(cls) -> Self:
        """Return the font that Pillow brings, with fonts of the system for what it lacks."""
        found = (_first_of(_SYSTEM_FONTS), _first_of(_OTHER_FONTS))
        return cls([None, *filter(None, found)])

    def has(self, char: str) -> bool:
        """Return whether a character can be drawn."""
        return self._face_of(char) is not None

    def _face_of(self, char: str) -> int | None:
        """Return the index of the first font that has a character; `None` if none has it."""
        if unicodedata.category(char) in _UNDRAWN:
            return None
        if unicodedata.bidirectional(char) in _RIGHT_TO_LEFT:
            return None
        return next((at for at, face in enumerate(self._faces) if face.has(char)), None)

    def drawable(self, text: str, plain: str = "") -> str:
        """Return what is drawn of a text, on one line; of its plain form if too little is left.

        >>> Fonts([None]).drawable("GPT 🤖 for 한국어", "GPT"), Fonts([None]).drawable("Café 🍵")
        ('GPT', 'Cafe')
        """
        kept = self._keep_drawable(text)
        return kept if kept is not None else self._keep_drawable(plain) or ""

    def _keep_drawable(self, text: str) -> str | None:
        """Return the characters of a text that can be drawn; `None` if too few of them can."""
        letters = kept_letters = 0
        kept: list[str] = []
        for char in unicodedata.normalize("NFC", text):
            is_letter = char.isalnum()
            letters += is_letter
            drawn = " " if char.isspace() else self._or_alike(char)
            if drawn is not None:
                kept.append(drawn)
                kept_letters += is_letter
        found = " ".join("".join(kept).split())
        return found if found and kept_letters >= _LEAST_LEFT * letters else None

    def _or_alike(self, char: str) -> str | None:
        """Return a character, or else one that looks alike; `None` if there is none."""
        if self.has(char):
            return char
        base = _ALIKE.get(char) or unicodedata.normalize("NFD", char)[0]
        return base if base != char and base.isascii() and self.has(base) else None

    def runs(self, text: str, size: int) -> Iterator[tuple[FreeTypeFont, str]]:
        """Yield the parts of a drawable text, each with its font, from left to right."""
        run, at = "", 0
        for char in text:
            # A space goes with what is before it.
            face = at if char == " " else self._face_of(char)
            assert face is not None, f"no font has {char!a}"
            if face != at and run:
                yield self._faces[at].at_size(size), run
                run = ""
            run, at = run + char, face
        if run:
            yield self._faces[at].at_size(size), run

    def width(self, text: str, size: int) -> float:
        """Return the width of a text, which has only characters that a font has, in pixels."""
        return sum(font.getlength(run) for font, run in self.runs(text, size))

    def fit(self, text: str, size: int, room: float) -> str:
        """Return a drawable text, shortened with an ellipsis to a width in pixels."""
        if self.width(text, size) <= room:
            return text
        mark = _ELLIPSIS if self.has(_ELLIPSIS) else "..."
        fewest, most = 0, len(text)
        while fewest < most:
            middle = (fewest + most + 1) // 2
            if self.width(text[:middle].rstrip() + mark, size) <= room:
                fewest = middle
            else:
                most = middle - 1
        return text[:fewest].rstrip() + mark if fewest else ""


@cache
def _first_of(names: Sequence[str]) -> str | None:
    """Return the first font that the system has; looked for once."""
    for name in names:
        try:
            _Face(name)
        except OSError:
            continue
        return name
    return None


def has_korean() -> bool:
    """Return whether the system has a font with Korean letters."""
    return _first_of(_SYSTEM_FONTS) is not None
