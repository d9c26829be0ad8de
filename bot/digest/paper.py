"""Parse one paper from its blocks: first its facts, then its sections."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.digest import facts, limits
from bot.digest.escapes import BARE, ESCAPED, unescape
from bot.digest.problems import ProblemKind
from storage.addresses import LONGEST_ADDRESS, AddressFault, address_fault
from storage.records import MOST_VOTES, Media, Paper, Section

_MAX_QUOTE = 60
_MAX_TAG_LINES = 20
"""Lines that one HTML tag may take."""

_ADDRESS_FAULTS = {
    AddressFault.NOT_WEB: "is no whole address of the web",
    AddressFault.TOO_LONG: f"has over {LONGEST_ADDRESS:,} characters",
    AddressFault.CREDENTIALS: "has a user name or a password in it",
    AddressFault.MALFORMED: "is not well formed, so that Discord would refuse it",
    AddressFault.PRIVATE: "leads into a private network",
}

Report = Callable[[ProblemKind, int, str], None]
"""Called with a problem: its kind, its 0-based line and its message."""


def quote(text: str) -> str:
    """Return a text in quotation marks for a message, truncated if it is long."""
    text = text.strip()
    return f"“{text if len(text) <= _MAX_QUOTE else text[: _MAX_QUOTE - 1] + '…'}”"


@dataclass(slots=True)
class _OpenSection:
    """A section whose end is not yet reached."""

    heading: str | None
    first: int
    """Its first line, 0-based."""
    text: str | None = None
    """The first line after list marker and heading; `None` if the whole line is body."""
    indent: int = 0
    """The column where the text of its list item begins."""
    item_end: int = 0
    """The line after its list item; 0 if it is no item."""
    is_list: bool = False
    """Whether following items without heading belong to it."""
    is_escaped: bool = False


class PaperParser:
    """Builds a `Paper` from the blocks under its heading.

    Lines are 0-based. No method raises; what can't be read is reported.
    """

    def __init__(self, lines: list[str], report: Report, *, arxiv_id: str, title: str) -> None:
        self._lines = lines
        self._report = report
        self._arxiv_id = arxiv_id
        self._title = title
        self._votes: int | None = None
        self._authors: tuple[str, ...] = ()
        self._media: Media | None = None
        self._video_line: int | None = None
        """The line with "Watch Video" but no address; HTML may give one later."""
        self._dropped_urls: set[str] = set()
        self._unknown: list[str] = []
        self._unknown_line = 0
        """The first line of `_unknown`."""
        self._bytes_left = limits.MAX_PAPER - limits.size(title)
        """Bytes left for the sections; the authors are subtracted at the first section."""
        self._is_full = False
        """Whether further sections are left out."""
        self._sections: list[Section] = []
        self._section: _OpenSection | None = None

    def paper(self, end: int) -> Paper:
        """Return the paper, which ends before line `end`."""
        self._end_section(end)
        if self._video_line is not None and self._media is None and not self._dropped_urls:
            self._report(
                ProblemKind.MEDIA_DROPPED,
                self._video_line,
                "there is no address to watch a video at",
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
        """Parse a list item."""
        if mark not in "-+*":
            # Numbered lists are text of a section, with their numbers.
            if self._section is None:
                self._begin_section(_OpenSection(None, first, is_list=True))
            return
        text = self._lines[first].lstrip(" \t")[1:].strip(" \t")
        heading, rest = None, text
        if headed := facts.section_heading_in(text):
            heading, rest = headed
        elif end > first + 1 and (bold := facts.bold_in(text)):
            heading, rest = bold, ""
        is_escaped = rest.startswith(ESCAPED)
        if is_escaped:
            rest = rest.removeprefix(ESCAPED).lstrip(" \t")
        elif heading is None:
            if not rest.startswith(BARE):
                if self._section is None or not self._section.is_list:
                    self._begin_section(_OpenSection(None, first, is_list=True))
                return
            rest = rest.removeprefix(BARE).lstrip(" \t")
        is_list = heading is not None and not rest and end == first + 1
        self._begin_section(_OpenSection(heading, first, rest, indent, end, is_list, is_escaped))

    def heading(self, text: str, line: int) -> None:
        """Parse a heading below the paper's own, which begins a section."""
        headed = facts.section_heading_in(text)
        name, rest = headed or (facts.bold_in(text) or text.strip(" \t*:："), "")
        # Other whitespace than ASCII may be left.
        self._begin_section(_OpenSection(name if name.strip() else None, line, rest, is_list=True))

    def paragraph(self, first: int, end: int) -> None:
        """Parse a paragraph: facts, or text of a section."""
        if self._section is None:
            self._parse_facts(first, end)
        elif headed := facts.section_heading_in(self._lines[first].lstrip(" \t")):
            self._begin_section(_OpenSection(headed[0], first, headed[1]))

    def code(self, first: int, end: int) -> None:
        """Parse a block of code: text of a section, never facts."""
        if self._section is None:
            self.add_unknown_text(self._lines[first:end], first)

    def add_unknown_text(self, lines: list[str], line: int) -> None:
        """Keep text that stands among the facts and is none; `line` is its first line."""
        if lines:
            self._report(
                ProblemKind.TEXT_UNKNOWN, line, f"{quote(lines[0])} is no known fact: kept as text"
            )
            if not self._unknown:
                self._unknown_line = line
            self._unknown.append("\n".join(lines))

    # Facts.

    def _parse_facts(self, first: int, end: int) -> None:
        unknown: list[str] = []
        unknown_from = line = first
        while line < end:
            text = self._lines[line].strip(" \t")
            stop = line + 1
            if text.startswith("<"):
                is_fact, stop = self._parse_html(line, end)
            else:
                is_fact = self._parse_fact(text, line)
            if not is_fact:
                if headed := facts.section_heading_in(text):
                    self.add_unknown_text(unknown, unknown_from)
                    self._begin_section(_OpenSection(headed[0], line, headed[1]))
                    return
                if not unknown:
                    unknown_from = line
                unknown += self._lines[line:stop]
            line = stop
        self.add_unknown_text(unknown, unknown_from)

    def _parse_fact(self, text: str, line: int) -> bool:
        if votes := facts.votes_in(text):
            self._votes = votes.votes
            if votes.unreadable is not None:
                reason = f"more than {MOST_VOTES:,}" if votes.is_too_many else "no number of votes"
                self._report(
                    ProblemKind.VOTES_UNREADABLE,
                    line,
                    f"{quote(votes.unreadable)} is {reason}: taken as not known",
                )
        elif authors := facts.authors_in(text):
            self._authors = self._limit_authors(authors.names)
            if len(authors.names) > len(self._authors):
                self._report(
                    ProblemKind.AUTHORS_TOO_MANY,
                    line,
                    f"{len(authors.names):,} authors are named: the first {len(self._authors):,} "
                    "are kept",
                )
            if not authors.well_formed:
                self._report(
                    ProblemKind.AUTHORS_UNREADABLE,
                    line,
                    f"the list of authors is broken: {len(authors.names)} could be told apart",
                )
        elif media := facts.media_in(text):
            self._set_media(media, line)
        else:
            return False
        return True

    def _limit_authors(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the first names, as many as the limits allow."""
        bytes_left = self._bytes_left
        if len(names) <= limits.MAX_AUTHORS and limits.size("".join(names)) <= bytes_left:
            return names
        for number, name in enumerate(names[: limits.MAX_AUTHORS]):
            bytes_left -= limits.size(name)
            if bytes_left < 0:
                return names[:number]
        return names[: limits.MAX_AUTHORS]

    def _parse_html(self, line: int, end: int) -> tuple[bool, int]:
        """Parse HTML; return whether it has no text besides tags, and the line after it."""
        stop, still_open = line, 0
        while stop < min(end, line + _MAX_TAG_LINES):
            still_open += self._lines[stop].count("<") - self._lines[stop].count(">")
            stop += 1
            if still_open <= 0:
                break
        media_found, has_text = facts.media_in_html("\n".join(self._lines[line:stop]))
        for media in media_found:
            self._set_media(media, line)
        return not has_text, stop

    def _set_media(self, media: Media, line: int) -> None:
        if not media.url:
            self._video_line = line
        elif fault := address_fault(media.url):
            self._drop_media(media.url, line, _ADDRESS_FAULTS[fault])
        elif self._media is None:
            self._media = media
        elif self._media.url != media.url:
            self._drop_media(media.url, line, "is a second picture or video")

    def _drop_media(self, url: str, line: int, reason: str) -> None:
        if url not in self._dropped_urls:
            self._dropped_urls.add(url)
            self._report(ProblemKind.MEDIA_DROPPED, line, f"{quote(url)} {reason}: left out")

    # Sections.

    def _begin_section(self, section: _OpenSection) -> None:
        self._end_section(section.first)
        self._section = section

    def _end_section(self, end: int) -> None:
        if self._unknown:
            self._add_section(None, "\n\n".join(self._unknown), self._unknown_line, end)
            self._unknown.clear()
        section, self._section = self._section, None
        if section is None:
            return
        text = "\n".join(self._body(section, end))
        body = text.strip("\n")
        first = section.first + len(text) - len(text.lstrip("\n"))
        heading = section.heading
        if section.is_escaped:
            body = unescape(body)
            heading = unescape(heading) if heading is not None else None
        if body.strip():
            self._add_section(heading, body, first, end)
        elif heading is not None:
            self._report(
                ProblemKind.SECTION_EMPTY, section.first, f"{quote(heading)} has no text: left out"
            )

    def _add_section(self, heading: str | None, body: str, first: int, end: int) -> None:
        """Add a section, truncated if it exceeds the limits.

        Args:
            heading: `None` if it has none.
            body: Not blank.
            first: The line where the body begins.
            end: The line after the section.
        """
        if self._is_full:
            return
        if len(self._sections) >= limits.MAX_SECTIONS:
            self._is_full = True
            self._report(
                ProblemKind.TEXT_CUT,
                first,
                f"{self._arxiv_id} has over {limits.MAX_SECTIONS} sections: left out from here",
            )
            return
        if not self._sections:
            self._bytes_left -= limits.size("".join(self._authors))
        if heading is not None and (short := limits.truncate(heading, limits.MAX_LINE)) != heading:
            heading = short
            self._report(
                ProblemKind.TEXT_CUT,
                first,
                f"{quote(heading)} has over {limits.MAX_LINE // 1024} KB: cut",
            )
        bytes_left = self._bytes_left - limits.size(heading or "")
        size = limits.size(body)
        self._is_full = bytes_left < min(size, limits.MAX_SECTION)
        kept = limits.truncate(body, max(min(bytes_left, limits.MAX_SECTION), 0))
        if kept != body:
            size = limits.size(kept)
            whole, most = (
                (self._arxiv_id, limits.MAX_PAPER) if self._is_full else ("it", limits.MAX_SECTION)
            )
            self._report(
                ProblemKind.TEXT_CUT,
                min(first + kept.count("\n"), end - 1),
                f"the text of {quote(heading or body)} is cut here: {whole} has over "
                f"{most // 1024} KB",
            )
        if kept.strip():
            self._sections.append(Section(heading, kept))
            self._bytes_left = bytes_left - size

    def _body(self, section: _OpenSection, end: int) -> list[str]:
        first = section.first
        if section.text is None:
            return self._lines[first:end]
        if first + 1 == end:
            return [section.text]
        lines = [section.text]
        lines += [
            _dedent(line, section.indent) for line in self._lines[first + 1 : section.item_end]
        ]
        lines += self._lines[max(first + 1, section.item_end) : end]
        return lines


def _dedent(line: str, columns: int) -> str:
    """Return a line without the indentation of its list item."""
    if line.startswith(" " * columns):
        return line[columns:]
    text = line.lstrip(" \t")
    indentation = line[: len(line) - len(text)].expandtabs(4)
    return indentation[columns:] + text
