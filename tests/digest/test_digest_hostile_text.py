"""Text made to be slow to parse: parsing must take linear time.

Function calls are counted instead of measuring time, so that the machine doesn't matter. Work
inside regular expressions can't be counted; the texts are so long that a quadratic one would not
end.
"""

from datetime import date

import pytest
from counted_calls import count_calls
from examples import is_thorough

from bot.digest import parse

HEAD = "## Daily Papers (2025-02-21)\n\n### [T](https://arxiv.org/abs/2502.14499)\n\n"
NEXT = "\n## Daily Papers (2025-02-22)\n\n### [U](https://arxiv.org/abs/2502.14500)\n"
UNITS = {
    "quotes": "> ",
    "lines of quotes": "> > > > > > > >\n",
    "items in items": "- ",
    "lines of items in items": "- - - - - - - - a\n",
    "items": "- a\n",
    "numbers": "1. a\n",
    "asterisks": "*",
    "brackets": "[",
    "links": "[](",
    "closed brackets": "](",
    "backticks": "`",
    "fences": "```\n",
    "no fences": "```a`\n",
    "definitions": "[a]: <b>\n",
    "broken definitions": '[a]: b "\n',
    "underlines": "a\n---\n",
    "lazy lines": "a\n",
    "tags": "<div>\n",
    "comments": "<!--\n",
    "less-than": "<",
    "lines of less-than": "<\n",
    "attributes": 'a="b" ',
    "blanks": " ",
    "tabs": "\t",
    "headings": "#### a\n",
    "words": "a-",
    "colons": "**:",
    "commas": "1,",
    "marks": "a\u0301\u0323",
}
BEGINNINGS = {
    "": "",
    "item": "- ",
    "heading": "- **",
    "section": "- **a**: ",
    "paper": "### [",
    "address": "### [T](",
    "authors": "Authors: ",
    "list of authors": "Authors: ['",
    "votes": "Vote: ",
    "picture": "![](",
    "video": "Watch Video",
    "tag": "<video src=",
    "date": "## Daily Papers (2025-",
    "escaped": "- <!-- escaped -->\n  &#",
}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_number_of_calls_is_linear_in_the_size_of_the_text(unit: str) -> None:
    count = 100 if is_thorough() else 50
    for beginning in BEGINNINGS.values():
        texts = (HEAD + beginning + unit * n + "x y" for n in (count, 2 * count))
        once, twice = (count_calls(parse, text) for text in texts)
        assert twice < 2.2 * once + 200


@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS.keys())
def test_very_long_line_and_the_digest_after_it_are_parsed(beginning: str) -> None:
    for unit in (unit for unit in UNITS.values() if "\n" not in unit):
        line = f"{beginning}{unit * (50_000 // len(unit))}x y`\n"
        digests, _ = parse(HEAD + line + NEXT)
        assert digests[-1].date == date(2025, 2, 22)
        assert digests[-1].papers[0].arxiv_id == "2502.14500"


def test_deeply_nested_items_lose_no_word() -> None:
    deep = "".join("  " * depth + f"- w{depth}\n" for depth in range(250))
    (digest,), problems = parse(HEAD + deep)
    assert digest.papers[0].sections[0].body == deep.rstrip("\n")
    assert not problems
