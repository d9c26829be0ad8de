"""The page's own texts: each exists in every language, and each is used."""

import re
from functools import cache
from importlib.resources import files

STATIC = files("bot.sandbox.page") / "static"
ENTRY = re.compile(r"^    (?:\"([^\"]+)\"|(\w+)): \"(.*)\",$", re.MULTILINE)
USE = re.compile(r"\bt\((?:\w+(?:\.\w+)* \? )?\"(\w+)\"(?: : \"(\w+)\")?")
BUILT = re.compile(
    r"kind\d+|true|false|administrator|manager|member|outside|dark|light|system|more|tooS\w+|tooL\w+|"
    r"oneMessage|manyMessages|write\w*|welcome\w*|thinking|used|nothing\w+"
)
"""Keys that the page puts together, or chooses by what it shows."""


@cache
def scripts() -> str:
    return "\n".join(
        entry.read_text(encoding="utf-8")
        for entry in STATIC.iterdir()
        if entry.name.endswith(".js") and entry.name != "texts.js"
    )


@cache
def texts() -> dict[str, dict[str, str]]:
    source = (STATIC / "texts.js").read_text(encoding="utf-8")
    _, english, korean = re.split(r"^  (?:en|ko): \{$", source, flags=re.MULTILINE)
    return {
        language: {found[1] or found[2]: found[3] for found in ENTRY.finditer(part)}
        for language, part in (("en", english), ("ko", korean))
    }


def test_each_text_exists_in_each_language_with_the_same_placeholders() -> None:
    places = {
        language: {key: sorted(re.findall(r"\{(\w+)\}", text)) for key, text in found.items()}
        for language, found in texts().items()
    }
    assert len(places["en"]) > 100
    assert places["ko"] == places["en"]


def test_korean_texts_are_in_the_style_of_the_bots() -> None:
    wrong = re.compile(r"(?:어|아|해|예|에|이)요(?=[.!?:]|$)|[하으]세요|십시오")
    assert [text for text in ("없어요.", "환영해요!", "선택하세요") if not wrong.search(text)] == []
    assert [text for text in texts()["ko"].values() if wrong.search(text)] == []


def test_each_used_text_exists_and_each_existing_text_is_used() -> None:
    used = {key for found in USE.findall(scripts()) for key in found if key}
    known = set(texts()["en"])
    sentences = {key for key in known if " " in key}
    assert used <= known
    assert known - used - sentences == {key for key in known - used if BUILT.fullmatch(key)}
