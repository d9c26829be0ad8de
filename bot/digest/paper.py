"""One paper, block by block: first its facts, then its sections."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.digest import facts
from bot.digest.escapes import BARE, ESCAPED, unescaped
from bot.digest.problems import ProblemKind
from storage.records import Media, Paper, Section

_LONGEST_QUOTE = 60
_LONGEST_MARKUP = 20
"""Lines that one HTML tag may be spread over."""

Tell = Callable[[ProblemKind, int, str], None]
"""Takes a problem: its kind, its line (from 0) and its message."""


def quoted(text: str) -> str:
    """Return some of a text for a message: one line, in quotes, cut where it is long."""
    text = text.strip()
    return f"“{text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + '…'}”"


@dataclass(slots=True)
class _OpenSection:
    """A section whose end has not come yet."""

    heading: str | None
    first: int
    """The line it begins on, from 0."""
    text: str | None = None
    """What its first line has behind mark and heading; `None` where all of the line is body."""
    indent: int = 0
    """The column at which the text of its item begins."""
    item_end: int = 0
    """The line behind its item; 0 where it is no item."""
    is_list: bool = False
    """Whether items without heading belong to it."""
    is_escaped: bool = False


class PaperReader:
    """Takes the blocks under a paper's heading and makes a `Paper` of them.

    Lines are counted from 0. No block raises; what can't be read is told.
    """

    def __init__(self, lines: list[str], tell: Tell, *, arxiv_id: str, title: str) -> None:
        self._lines = lines
        self._tell = tell
        self._arxiv_id = arxiv_id
        self._title = title
        self._votes: int | None = None
        self._authors: tuple[str, ...] = ()
        self._media: Media | None = None
        self._promised: int | None = None
        """The line that says "Watch Video" without an address; markup may give one later."""
        self._dropped: set[str] = set()
        self._unknown: list[str] = []
        self._sections: list[Section] = []
        self._open: _OpenSection | None = None

    def paper(self, end: int) -> Paper:
        """Return the paper, which ends before the line `end`."""
        self._close(end)
        if self._promised is not None and self._media is None and not self._dropped:
            self._tell(
                ProblemKind.MEDIA_DROPPED, self._promised, "there is no address to watch a video at"
            )
        return Paper(
            self._arxiv_id,
            self._title,
            self._votes,
            self._authors,
            self._media,
            tuple(self._sections),
        )

    def item(self, mark: str, indent: int, first: int, end: int) -> None:
        """Take an item of a list."""
        if mark not in "-+*":
            # The numbers of a list are part of its text, and such a list part of a section.
            if self._open is None:
                self._begin(_OpenSection(None, first, is_list=True))
            return
        text = self._lines[first].lstrip(" \t")[1:].strip(" \t")
        heading, rest = None, text
        if headed := facts.heading_in(text):
            heading, rest = headed
        elif end > first + 1 and (bold := facts.bold_in(text)):
            heading, rest = bold, ""
        is_escaped = rest.startswith(ESCAPED)
        if is_escaped:
            rest = rest.removeprefix(ESCAPED).lstrip(" \t")
        elif heading is None:
            if not rest.startswith(BARE):
                if self._open is None or not self._open.is_list:
                    self._begin(_OpenSection(None, first, is_list=True))
                return
            rest = rest.removeprefix(BARE).lstrip(" \t")
        is_list = heading is not None and not rest and end == first + 1
        self._begin(_OpenSection(heading, first, rest, indent, end, is_list, is_escaped))

    def heading(self, text: str, line: int) -> None:
        """Take a heading below the paper's own: a section's."""
        headed = facts.heading_in(text)
        name, rest = headed or (facts.bold_in(text) or text.strip(" \t*:："), "")
        self._begin(_OpenSection(name or None, line, rest, is_list=True))

    def paragraph(self, first: int, end: int) -> None:
        """Take a paragraph: facts, or more of a section."""
        if self._open is None:
            self._facts(first, end)
        elif headed := facts.heading_in(self._lines[first].lstrip(" \t")):
            self._begin(_OpenSection(headed[0], first, headed[1]))

    def verbatim(self, first: int, end: int) -> None:
        """Take code: text that has no meaning here."""
        if self._open is None:
            self.keep(self._lines[first:end], first)

    def keep(self, lines: list[str], line: int) -> None:
        """Take text among the facts that states none; it begins on the line `line`."""
        if lines:
            self._tell(
                ProblemKind.TEXT_UNKNOWN, line, f"{quoted(lines[0])} is no known fact: kept as text"
            )
            self._unknown.append("\n".join(lines))

    # Facts.

    def _facts(self, first: int, end: int) -> None:
        unknown: list[str] = []
        unknown_from = line = first
        while line < end:
            text = self._lines[line].strip(" \t")
            stop = line + 1
            if text.startswith("<"):
                is_fact, stop = self._markup(line, end)
            else:
                is_fact = self._fact(text, line)
            if not is_fact:
                if headed := facts.heading_in(text):
                    self.keep(unknown, unknown_from)
                    self._begin(_OpenSection(headed[0], line, headed[1]))
                    return
                if not unknown:
                    unknown_from = line
                unknown += self._lines[line:stop]
            line = stop
        self.keep(unknown, unknown_from)

    def _fact(self, text: str, line: int) -> bool:
        if votes := facts.votes_in(text):
            self._votes = votes.votes
            if votes.unreadable is not None:
                self._tell(
                    ProblemKind.VOTES_UNREADABLE,
                    line,
                    f"{quoted(votes.unreadable)} is no number of votes: taken as not known",
                )
        elif authors := facts.authors_in(text):
            self._authors = authors.names[: facts.MOST_AUTHORS]
            if len(authors.names) > facts.MOST_AUTHORS:
                self._tell(
                    ProblemKind.AUTHORS_TOO_MANY,
                    line,
                    f"{len(authors.names):,} authors are named: the first {facts.MOST_AUTHORS:,} "
                    "are kept",
                )
            if not authors.well_formed:
                self._tell(
                    ProblemKind.AUTHORS_UNREADABLE,
                    line,
                    f"the list of authors is broken: {len(authors.names)} could be told apart",
                )
        elif media := facts.media_in(text):
            self._show(media, line)
        else:
            return False
        return True

    def _markup(self, line: int, end: int) -> tuple[bool, int]:
        """Read HTML; tell whether it was nothing but tags that show, and where it ends."""
        stop, still_open = line, 0
        while stop < min(end, line + _LONGEST_MARKUP):
            still_open += self._lines[stop].count("<") - self._lines[stop].count(">")
            stop += 1
            if still_open <= 0:
                break
        shown, has_text = facts.media_in_markup("\n".join(self._lines[line:stop]))
        for media in shown:
            self._show(media, line)
        return not has_text, stop

    def _show(self, media: Media, line: int) -> None:
        if not media.url:
            self._promised = line
        elif facts.is_absolute(media.url):
            if self._media is None:
                self._media = media
            elif self._media.url != media.url:
                self._drop(media.url, line, "is a second picture or video")
        else:
            self._drop(media.url, line, "is no whole address of the web")

    def _drop(self, url: str, line: int, reason: str) -> None:
        if url not in self._dropped:
            self._dropped.add(url)
            self._tell(ProblemKind.MEDIA_DROPPED, line, f"{quoted(url)} {reason}: left out")

    # Sections.

    def _begin(self, section: _OpenSection) -> None:
        self._close(section.first)
        self._open = section

    def _close(self, end: int) -> None:
        if self._unknown:
            self._sections.append(Section(None, "\n\n".join(self._unknown)))
            self._unknown.clear()
        section, self._open = self._open, None
        if section is None:
            return
        body = self._body(section, end)
        heading = section.heading
        if section.is_escaped:
            body = unescaped(body)
            heading = unescaped(heading) if heading is not None else None
        if body.strip():
            self._sections.append(Section(heading, body))
        elif heading is not None:
            self._tell(
                ProblemKind.SECTION_EMPTY, section.first, f"{quoted(heading)} has no text: left out"
            )

    def _body(self, section: _OpenSection, end: int) -> str:
        first = section.first
        if section.text is None:
            lines = self._lines[first:end]
        elif first + 1 == end:
            return section.text
        else:
            lines = [section.text]
            lines += [
                _outdented(line, section.indent)
                for line in self._lines[first + 1 : section.item_end]
            ]
            lines += self._lines[max(first + 1, section.item_end) : end]
        return "\n".join(lines).strip("\n")


def _outdented(line: str, columns: int) -> str:
    """Return a line without its indentation, as far as that is its item's."""
    if line.startswith(" " * columns):
        return line[columns:]
    text = line.lstrip(" \t")
    indentation = line[: len(line) - len(text)].expandtabs(4)
    return indentation[columns:] + text
