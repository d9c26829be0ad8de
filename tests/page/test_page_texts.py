"""The page's own texts: each exists in every language, each is used, and there are no others."""

import json
import re
from collections import Counter
from functools import cache
from importlib.resources import files

import pytest

from bot.sandbox.page.static_files import static_files

STATIC = files("bot.sandbox.page") / "static"
USE = re.compile(r"\bt\((?:\w+(?:\.\w+)* \? )?\"(\w+)\"(?: : \"(\w+)\")?")
BUILT = re.compile(
    r"option\d+|true|false|administrator|manager|member|outside|dark|light|system|more|tooS\w+|"
    r"tooL\w+|oneMessage|manyMessages|write\w*|welcome\w*|thinking|used|nothing\w+|en-US|en-GB|ko"
)
"""Keys that the page puts together, or chooses by what it shows."""
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
NO_TEXT = re.compile(
    r"(?:class|className|d|rel|autocomplete)\"?: (?:\"[^\"]*\"|`[^`]*`)"
    r"|(?:querySelector(?:All)?|closest|matches|matchMedia|toggle)\((?:\"[^\"]*\"|`[^`]*`)"
    r"|from \"[^\"]*\"|import \"[^\"]*\"|const PATHS = \{.*?\n\};",
    re.DOTALL,
)
"""What is written like a text, but names something: classes, selectors, modules, drawings."""
LITERAL = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
WORDS = re.compile(r"[가-힣]|[A-Za-z]{2,}[.,:!?]? [A-Za-z]|^[A-Z][a-z]+[.!?…]?$|^[A-Z]{2,}$")
"""Korean, two words, or a word that begins a sentence."""
KEYS = re.compile(r"Arrow(?:Up|Down)|Enter|Escape|Tab|Home|End|Backspace")


@cache
def scripts() -> dict[str, str]:
    return {
        entry.name: entry.read_text(encoding="utf-8") for entry in (STATIC / "scripts").iterdir()
    }


@cache
def texts(language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(
        (STATIC / "locales" / f"{language}.json").read_text(encoding="utf-8")
    )
    return found


def written_texts(script: str) -> list[str]:
    """Return the literals of a script that look like texts for people."""
    code = NO_TEXT.sub("", COMMENT.sub("", script))
    literals = ["".join(found) for found in LITERAL.findall(code)]
    plain = [re.sub(r"\$\{[^}]*\}", "", literal) for literal in literals]
    # Selectors have brackets.
    found = [text for text in plain if WORDS.search(text) and "[" not in text]
    return [text for text in found if not KEYS.fullmatch(text)]


@pytest.mark.parametrize(
    "code", ['h("p", {}, "Nothing is here.")', "h('p', {}, `Sent`)", 'title: "보내기"', 'x("ALT")']
)
def test_a_text_in_a_script_is_found(code: str) -> None:
    assert len(written_texts(code)) == 1


@pytest.mark.parametrize("name", sorted(scripts()))
def test_scripts_have_no_texts_of_their_own(name: str) -> None:
    assert written_texts(scripts()[name]) == []


def test_each_text_exists_in_each_language_with_the_same_placeholders() -> None:
    placeholders = [
        {key: sorted(re.findall(r"\{(\w+)\}", text)) for key, text in texts(language).items()}
        for language in ("en", "ko")
    ]
    assert len(placeholders[0]) > 100
    assert placeholders[0] == placeholders[1]


def test_korean_texts_are_in_the_style_of_the_bots() -> None:
    wrong = re.compile(r"(?:어|아|해|예|에|이)요(?=[.!?:]|$)|[하으]세요|십시오")
    assert [text for text in ("없어요.", "환영해요!", "선택하세요") if not wrong.search(text)] == []
    assert [text for text in texts("ko").values() if wrong.search(text)] == []


def test_each_used_text_exists_and_each_existing_text_is_used() -> None:
    found = USE.findall("\n".join(scripts().values()))
    used = {key for keys in found for key in keys if key}
    known = set(texts("en"))
    # Discord's own words for failures are keys by themselves.
    sentences = {key for key in known if " " in key}
    assert used <= known
    assert known - used - sentences == {key for key in known - used if BUILT.fullmatch(key)}


def test_the_page_loads_each_style_and_script_and_no_other() -> None:
    paths = set(static_files())
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    loaded = set(re.findall(r'(?:href|src)="([^"]+)"', page)) | {"index.html"}
    loaded |= {f"locales/{language}.json" for language in ("en", "ko")}
    assert loaded == paths
    imported = set(re.findall(r'from "\./([\w.]+)"', "\n".join(scripts().values())))
    assert imported == set(scripts()) - {"main.js"}
    joined = static_files()["scripts.js"].body.decode()
    assert not re.findall(r"^(?:import|export)\b.*", joined, re.MULTILINE)


def test_scripts_which_are_served_as_one_have_different_names() -> None:
    """A browser would refuse all of them; this says which name it is, also without a browser."""
    declared = re.compile(
        r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE
    )
    names = Counter(declared.findall(static_files()["scripts.js"].body.decode()))
    assert len(names) > 100
    assert [name for name, times in names.items() if times > 1] == []
