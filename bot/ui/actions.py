"""The `custom_id`s of buttons and menus: all of their state, so that they outlive restarts.

Each template matches what the function of the same name returns; `bot.commands` answers presses.
An id begins with the version of its format. Those of version 0.1.0 of the bot have none, and go on
working: messages stay in channels for years.
"""

import re
from datetime import date

import discord

_VERSION = r"(?:2:)?"

FULL_TEXT = rf"{_VERSION}whole:(?P<arxiv_id>\S+)"
ABSTRACT = r"2:abstract:(?P<arxiv_id>\S+)"
SHARE = r"2:share:(?P<arxiv_id>[^\s:]+)"
DISCUSS = r"2:discuss:(?P<arxiv_id>[^\s:]+)(?::(?P<post>\d{1,20}))?"
_LANGUAGE = r"(?P<language>[A-Za-z]{2,3}(?:[-_]\w{1,20})?)"
QUOTES = rf"2:quotes:(?P<arxiv_id>[^\s:]+):{_LANGUAGE}(?::(?P<page>\d{{1,3}}))?"
REPORT = rf"2:report:(?P<arxiv_id>[^\s:]+):{_LANGUAGE}:(?P<version>[0-9a-f]{{12}})"
SAVE = r"2:save:(?P<arxiv_id>[^\s:]+)"
SIMILAR = r"2:similar:(?P<arxiv_id>[^\s:]+)(?::(?P<page>\d{1,6}))?"
SIMILAR_SHARE = r"2:similar:share:(?P<arxiv_id>[^\s:]+):(?P<page>\d{1,6})"
CITE = r"2:cite:(?P<arxiv_id>[^\s:]+)"
CITATION = r"2:citation:(?P<format>[a-z]+):(?P<arxiv_id>[^\s:]+)"
MORE = r"2:more"
OPEN = rf"{_VERSION}open(?::(?P<private>private))?"
TOP = (
    rf"{_VERSION}top:(?P<period>[a-z]+):(?P<count>\d+):(?P<anchor>\d+):(?P<owner>\d+):"
    r"(?P<page>\d+)"
)

DAY = r"2:day:(?P<direction>before|after):(?P<count>\d+):(?P<anchor>\d+):(?P<owner>\d+)"

CHART = r"2:chart:(?P<action>show|share):(?P<period>[a-z]+):(?P<anchor>\d+)"

_COVERAGE = r"(?P<coverage>(?:day|week|month):[\d-]{7,10})"
_MARK = r"(?P<mark>\S{1,30})"
POST_OPEN = rf"{_VERSION}post:open:{_MARK}"
POST_REST = rf"{_VERSION}post:rest:{_COVERAGE}:{_MARK}"
POST_ALL = rf"2:post:all:{_COVERAGE}:(?P<shown>\d{{1,2}}):{_MARK}"
POST_DISCUSS = rf"2:post:discuss:{_COVERAGE}:{_MARK}"
REST_OPEN = r"2:rest:open(?::(?P<post>\d{1,20}))?"
REST = rf"{_VERSION}rest:{_COVERAGE}:(?P<page>\d{{1,4}}):(?P<salt>\d{{1,3}}):(?P<seen>[1-4][\w-]*)"
SCHEDULES = rf"{_VERSION}schedules:(?P<page>\d{{1,6}})"
POST_AGAIN = rf"{_VERSION}again:(?P<schedule>\d{{1,18}})"
CANCEL = rf"{_VERSION}leave"
WELCOME = r"2:welcome"
SETUP = r"2:setup:(?P<action>[a-z]+):(?P<draft>\d{1,18})(?::(?P<schedule>\d{1,18}))?"
SCHEDULE = r"2:schedule:(?P<action>[a-z]+):(?P<schedule>\d{1,18})"
SEARCH = r"2:search:(?P<search>\d{1,18}):(?P<owner>\d{1,20}):(?P<page>\d{1,6})"
SEARCH_SHARE = r"2:search:share:(?P<search>\d{1,18}):(?P<page>\d{1,6})"
BY_AUTHOR = r"2:author"
LIST = r"2:list:(?P<page>\d{1,6})"
SAVED = r"2:saved:(?P<action>[a-z]+):(?P<page>\d{1,6})"
ENTRY = r"2:entry:(?P<action>[a-z]+):(?P<arxiv_id>[^\s:]+)(?::(?P<page>\d{1,6}))?"
MY_DATA = r"2:mydata:(?P<action>[a-z]+)"
_WITH_MARK = tuple(map(re.compile, (POST_OPEN, POST_REST, POST_ALL, POST_DISCUSS)))


def full_text(arxiv_id: str) -> str:
    """Return the id of the button that shows a paper's full text in private."""
    return f"2:whole:{arxiv_id}"


def abstract(arxiv_id: str) -> str:
    """Return the id of the button that shows a paper's abstract in private."""
    return f"2:abstract:{arxiv_id}"


def share(arxiv_id: str) -> str:
    """Return the id of the button that posts a paper's card in the channel."""
    return f"2:share:{arxiv_id}"


def discuss(arxiv_id: str, post_id: int | None = None) -> str:
    """Return the id of the button that opens a thread on a paper's card.

    With the message of a post, it posts the card into the thread of that post instead.
    """
    return f"2:discuss:{arxiv_id}" + (f":{post_id}" if post_id is not None else "")


def quotes(arxiv_id: str, language: str, page: int | None = None) -> str:
    """Return the id of the button that shows the quotes of a written text in private.

    With a page (0-based), it turns to that page of the message that it is below.
    """
    return f"2:quotes:{arxiv_id}:{language}" + (f":{page}" if page is not None else "")


def report(arxiv_id: str, language: str, version: str) -> str:
    """Return the id of the button that reports a written text, and of the form that it opens.

    `version` tells whether the text is still the one that the reader sees.
    """
    return f"2:report:{arxiv_id}:{language}:{version}"


def save(arxiv_id: str) -> str:
    """Return the id of the button that saves a paper for the person who presses it."""
    return f"2:save:{arxiv_id}"


def similar(arxiv_id: str, page: int | None = None) -> str:
    """Return the id of the button that shows papers similar to one in private.

    With a page (0-based), it turns to that page of the message that it is below.
    """
    return f"2:similar:{arxiv_id}" + (f":{page}" if page is not None else "")


def similar_share(arxiv_id: str, page: int) -> str:
    """Return the id of the button that posts a page of the papers similar to one."""
    return f"2:similar:share:{arxiv_id}:{page}"


def cite(arxiv_id: str) -> str:
    """Return the id of the button that shows a citation of a paper in private."""
    return f"2:cite:{arxiv_id}"


def citation(arxiv_id: str, to: str) -> str:
    """Return the id of the button that sends a citation of a paper as a file of a format."""
    return f"2:citation:{to}:{arxiv_id}"


def more() -> str:
    """Return the id of the menu of further actions, whose values are `custom_id`s of buttons."""
    return "2:more"


def open_chosen(*, private: bool = False) -> str:
    """Return the id of a menu that shows the chosen paper.

    Args:
        private: Whether it always shows the paper in private; otherwise in public if the menu
            itself is private.
    """
    return "2:open:private" if private else "2:open"


def top(period: str, count: int, anchor: date, owner: int, page: int) -> str:
    """Return the id of the button to a page (0-based) of a ranking.

    `anchor` is the last day of its time range, `owner` the Discord user who asked for it.
    """
    return f"2:top:{period}:{count}:{anchor.toordinal()}:{owner}:{page}"


def day_beside(direction: str, count: int, anchor: date, owner: int) -> str:
    """Return the id of the button to the ranking of the nearest day `before` or `after` a day.

    `anchor` and `owner` are those of `top`.
    """
    return f"2:day:{direction}:{count}:{anchor.toordinal()}:{owner}"


def chart(action: str, period: str, anchor: date) -> str:
    """Return the id of a button that shows the chart of a ranking, or posts it in the channel.

    `action` is `show` or `share`; `period` and `anchor` are those of `top`.
    """
    return f"2:chart:{action}:{period}:{anchor.toordinal()}"


def post_open(mark: str) -> str:
    """Return the id of the menu below a post, which shows the chosen paper in private."""
    return f"2:post:open:{mark}"


def post_rest(coverage: str, mark: str) -> str:
    """Return the id of the button that lists the papers which a post doesn't show.

    `coverage` is the key of the post's coverage, such as `day:2025-02-21`.
    """
    return f"2:post:rest:{coverage}:{mark}"


def post_all(coverage: str, shown: int, mark: str) -> str:
    """Return the id of the button that lists the papers which a post doesn't show.

    The post shows the first `shown` papers of its menu; the menu has others, too.
    """
    return f"2:post:all:{coverage}:{shown}:{mark}"


def post_discuss(coverage: str, mark: str) -> str:
    """Return the id of the button that opens a thread on a post."""
    return f"2:post:discuss:{coverage}:{mark}"


def mark_of(custom_id: str) -> str | None:
    """Return the mark in the `custom_id` of a component below a post; `None` for any other."""
    for template in _WITH_MARK:
        if match := template.fullmatch(custom_id):
            return match["mark"]
    return None


def rest_open(post_id: int | None) -> str:
    """Return the id of the menu of the papers that a post doesn't show.

    `post_id` is the post's message; `None` for a preview.
    """
    return "2:rest:open" + (f":{post_id}" if post_id is not None else "")


def rest(coverage: str, page: int, salt: int, seen: str) -> str:
    """Return the id of the button to a page (0-based) of the papers that a post doesn't show.

    `salt` and `seen` are the fields of the post's `ShownPapers`.
    """
    return f"2:rest:{coverage}:{page}:{salt}:{seen}"


def schedules(page: int) -> str:
    """Return the id of the button to a page (0-based) of a server's schedules."""
    return f"2:schedules:{page}"


def post_again(schedule_id: int) -> str:
    """Return the id of the button that posts again what was already posted."""
    return f"2:again:{schedule_id}"


def cancel() -> str:
    """Return the id of the button that posts nothing."""
    return "2:leave"


def welcome() -> str:
    """Return the id of the welcome's button, which sets up the bot."""
    return "2:welcome"


def setup(action: str, draft_id: int, schedule_id: int | None = None) -> str:
    """Return the id of a button, menu or form of the set-up screen.

    `schedule_id` is another schedule that the button opens.
    """
    return f"2:setup:{action}:{draft_id}" + (f":{schedule_id}" if schedule_id is not None else "")


def schedule(action: str, schedule_id: int) -> str:
    """Return the id of a button that does something with a stored schedule."""
    return f"2:schedule:{action}:{schedule_id}"


def search(search_id: int, owner: int, page: int) -> str:
    """Return the id of the button to a page (0-based) of what a stored search finds.

    `owner` is the Discord user who searched.
    """
    return f"2:search:{search_id}:{owner}:{page}"


def search_share(search_id: int, page: int) -> str:
    """Return the id of the button that posts a page of what a stored search finds."""
    return f"2:search:share:{search_id}:{page}"


def by_author() -> str:
    """Return the id of a menu that shows the papers of the chosen author."""
    return "2:author"


def list_page(page: int) -> str:
    """Return the id of the button to a page (0-based) of the list of schedules."""
    return f"2:list:{page}"


def saved(action: str, page: int) -> str:
    """Return the id of a button or menu below a page (0-based) of a person's saved papers.

    They are those of whoever presses it, so that it doesn't name a person.
    """
    return f"2:saved:{action}:{page}"


def entry(action: str, arxiv_id: str, page: int | None = None) -> str:
    """Return the id of a button that does something with a saved paper, or of its form.

    With a page, it goes back to that page of the saved papers.
    """
    return f"2:entry:{action}:{arxiv_id}" + (f":{page}" if page is not None else "")


def my_data(action: str) -> str:
    """Return the id of a button that deletes what is stored about a person or a server.

    It is about whoever presses it, or the server where it is pressed.
    """
    return f"2:mydata:{action}"


class StaticLayout(discord.ui.LayoutView):
    """A message of Components V2 that is sent and forgotten, as `StaticView`."""

    def __init__(self, *items: discord.ui.Item["StaticLayout"]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)
        self.stop()


class StaticView(discord.ui.View):
    """Buttons and menus that are sent and forgotten: presses are answered by their `custom_id`.

    discord.py keeps every sent view that still listens, forever if it has no timeout; this one is
    stopped before it is sent.
    """

    def __init__(self, *items: discord.ui.Item["StaticView"]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)
        self.stop()
