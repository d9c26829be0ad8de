"""One paper, block by block: first its facts, then its sections."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.digest import bounds, facts
from bot.digest.escapes import BARE, ESCAPED, unescaped
from bot.digest.problems import ProblemKind
from storage.addresses import LONGEST_ADDRESS, AddressFault, address_fault
from storage.records import MOST_VOTES, Media, Paper, Section

_LONGEST_QUOTE = 60
_LONGEST_MARKUP = 20
"""Lines that one HTML tag may be spread over."""

_ADDRESS_FAULTS = {
    AddressFault.NOT_WEB: "is no whole address of the web",
    AddressFault.TOO_LONG: f"has over {LONGEST_ADDRESS:,} characters",
    AddressFault.CREDENTIALS: "has a user name or a password in it",
    AddressFault.MALFORMED: "is not well formed, so that Discord would refuse it",
    AddressFault.PRIVATE: "leads into a private network",
}

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
        self._unknown_from = 0
        """The line on which the first of `_unknown` begins."""
        self._room = bounds.MAX_PAPER - bounds.size(title)
        """Bytes that the sections may still take; the authors are taken off at the first."""
        self._is_cut = False
        """Whether no more sections are kept."""
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
        # A heading of blanks beyond ASCII is none.
        self._begin(_OpenSection(name if name.strip() else None, line, rest, is_list=True))

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
            if not self._unknown:
                self._unknown_from = line
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
                reason = f"more than {MOST_VOTES:,}" if votes.is_too_many else "no number of votes"
                self._tell(
                    ProblemKind.VOTES_UNREADABLE,
                    line,
                    f"{quoted(votes.unreadable)} is {reason}: taken as not known",
                )
        elif authors := facts.authors_in(text):
            self._authors = self._first_authors(authors.names)
            if len(authors.names) > len(self._authors):
                self._tell(
                    ProblemKind.AUTHORS_TOO_MANY,
                    line,
                    f"{len(authors.names):,} authors are named: the first {len(self._authors):,} "
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

    def _first_authors(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return as many of the first names as a paper may have."""
        room = self._room
        for number, name in enumerate(names[: bounds.MAX_AUTHORS]):
            room -= bounds.size(name)
            if room < 0:
                return names[:number]
        return names[: bounds.MAX_AUTHORS]

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
        elif fault := address_fault(media.url):
            self._drop(media.url, line, _ADDRESS_FAULTS[fault])
        elif self._media is None:
            self._media = media
        elif self._media.url != media.url:
            self._drop(media.url, line, "is a second picture or video")

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
            self._add(None, "\n\n".join(self._unknown), self._unknown_from, end)
            self._unknown.clear()
        section, self._open = self._open, None
        if section is None:
            return
        text = "\n".join(self._body(section, end))
        body = text.strip("\n")
        first = section.first + len(text) - len(text.lstrip("\n"))
        heading = section.heading
        if section.is_escaped:
            body = unescaped(body)
            heading = unescaped(heading) if heading is not None else None
        if body.strip():
            self._add(heading, body, first, end)
        elif heading is not None:
            self._tell(
                ProblemKind.SECTION_EMPTY, section.first, f"{quoted(heading)} has no text: left out"
            )

    def _add(self, heading: str | None, body: str, first: int, end: int) -> None:
        """Add a section, or as much of it as a paper may hold.

        Args:
            heading: of the section; `None` if it has none.
            body: of the section; not blank.
            first: the line on which the body begins.
            end: the line behind the section.
        """
        if self._is_cut:
            return
        if len(self._sections) >= bounds.MAX_SECTIONS:
            self._is_cut = True
            self._tell(
                ProblemKind.TEXT_CUT,
                first,
                f"{self._arxiv_id} has over {bounds.MAX_SECTIONS} sections: left out from here",
            )
            return
        if not self._sections:
            self._room -= sum(map(bounds.size, self._authors))
        if heading is not None and (short := bounds.cut(heading, bounds.MAX_LINE)) != heading:
            heading = short
            self._tell(
                ProblemKind.TEXT_CUT,
                first,
                f"{quoted(heading)} has over {bounds.MAX_LINE // 1024} KB: cut",
            )
        room = self._room - bounds.size(heading or "")
        self._is_cut = room < min(bounds.size(body), bounds.MAX_SECTION)
        kept = bounds.cut(body, max(min(room, bounds.MAX_SECTION), 0))
        if kept != body:
            whole, most = (
                (self._arxiv_id, bounds.MAX_PAPER) if self._is_cut else ("it", bounds.MAX_SECTION)
            )
            self._tell(
                ProblemKind.TEXT_CUT,
                min(first + kept.count("\n"), end - 1),
                f"the text of {quoted(heading or body)} is cut here: {whole} has over "
                f"{most // 1024} KB",
            )
        if kept.strip():
            self._sections.append(Section(heading, kept))
            self._room = room - bounds.size(kept)

    def _body(self, section: _OpenSection, end: int) -> list[str]:
        first = section.first
        if section.text is None:
            return self._lines[first:end]
        if first + 1 == end:
            return [section.text]
        lines = [section.text]
        lines += [
            _outdented(line, section.indent) for line in self._lines[first + 1 : section.item_end]
        ]
        lines += self._lines[max(first + 1, section.item_end) : end]
        return lines


def _outdented(line: str, columns: int) -> str:
    """Return a line without its indentation, as far as that is its item's."""
    if line.startswith(" " * columns):
        return line[columns:]
    text = line.lstrip(" \t")
    indentation = line[: len(line) - len(text)].expandtabs(4)
    return indentation[columns:] + text
