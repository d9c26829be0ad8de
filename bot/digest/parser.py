"""Parse Markdown into digests and problems."""

from datetime import date

from markdown_it.token import Token

from bot.digest import facts, limits
from bot.digest.blocks import blocks_of
from bot.digest.paper import PaperParser, quote
from bot.digest.problems import DigestError, Problem, ProblemKind
from bot.digest.source import date_from_path, lines_of
from storage.records import Digest, Paper

_PAPER_LEVEL = 3
"""The heading level of papers. Higher levels structure the page, lower ones a paper."""


def parse(text: str, *, path: str | None = None) -> tuple[tuple[Digest, ...], tuple[Problem, ...]]:
    """Return the digests in a text, in the order of their first headings, and the problems.

    A digest begins with a heading such as `## Daily Papers (2025-02-21)` and ends at the next
    heading of that level or above; several of the same day are one digest. A paper is a heading
    that links to arXiv or to its page on Hugging Face, then its picture or video, votes and
    authors, then its sections:

    - A list item that begins with a heading in asterisks is a section, with everything up to the
      next item of a bullet list.
    - Consecutive items without heading are one section without heading, whose body is the list as
      in the source. After a heading without text of its own they are the body of its section.
    - At most 64 sections and 256 KB of a paper are kept, and 64 KB of a section.
    - Bodies are lines of the source, without the indentation of their list item and without
      trailing whitespace.

    Other text around digests is ignored; a heading or a thematic break (`---`) ends a paper.

    Args:
        text: Any Markdown, up to 16 MiB and 100,000 lines.
        path: The path of the file. `…/2025/02/21.md` or `…/2025-02-21.md` gives the date of papers
            that have no dated heading above them.

    Raises:
        DigestError: The text has no digest, or is too large. No other exception on any text.
    """
    return _PageParser(lines_of(text), date_from_path(path) if path is not None else None).read()


class _PageParser:
    """Parses the blocks of one text. Lines are 0-based here, and 1-based in problems."""

    def __init__(self, lines: list[str], path_day: date | None) -> None:
        self._lines = lines
        self._path_day = path_day
        self._problems: list[Problem] = []
        self._digests: dict[date, dict[str, Paper]] = {}
        self._day = path_day
        self._day_level = 0
        """The level of the heading that gave the day; one of that level or above ends the day."""
        self._expects_papers = path_day is not None
        """Whether a heading of a paper's level without a link to a paper is a problem."""
        self._ignores_text = True
        """Whether text outside papers is no problem, or was already reported."""
        self._has_undated_title = False
        """Whether an undated heading says that the text is a digest."""
        self._undated_count = 0
        self._paper: PaperParser | None = None
        self._paper_line = 0
        self._paper_day: date | None = None

    def read(self) -> tuple[tuple[Digest, ...], tuple[Problem, ...]]:
        """Return what `parse` does."""
        blocks = blocks_of(self._lines)
        for number, block in enumerate(blocks):
            assert block.map is not None
            first, end = block.map
            if block.type == "heading_open":
                level = len(block.markup)
                text = self._lines[first].lstrip(" \t")[level:].strip(" \t")
                self._heading(level, _without_closing_marks(text), first)
            elif block.type == "hr":
                self._rule(first)
            elif block.type == "paragraph" and (
                underlined := self._underlined_heading(first, end, blocks[number + 1 : number + 2])
            ):
                self._heading(*underlined, first)
            elif self._paper is None:
                self._outside_text(first)
            elif block.type == "item":
                self._paper.item(block.markup, block.meta["indent"], first, end)
            elif block.type == "paragraph":
                self._paper.paragraph(first, end)
            else:
                self._paper.code(first, end)
        self._end_paper(len(self._lines))
        if self._has_undated_title and self._path_day is not None and not self._digests:
            self._digests[self._path_day] = {}
        if not self._digests:
            raise self._no_digest()
        digests = (Digest(day, tuple(papers.values())) for day, papers in self._digests.items())
        self._problems.sort(key=lambda problem: problem.line)
        return tuple(digests), tuple(self._problems)

    def _no_digest(self) -> DigestError:
        if self._undated_count:
            return DigestError(
                f"has papers ({self._undated_count}) and no date: neither a heading such as "
                "'## Daily Papers (2025-02-21)' nor a path such as 2025/02/21.md gives one"
            )
        return DigestError(
            "is no digest: found neither a heading such as '## Daily Papers (2025-02-21)' nor, "
            "under a date, one such as '### [Title](https://arxiv.org/abs/2502.14499)'"
        )

    def _report(self, kind: ProblemKind, line: int, message: str) -> None:
        self._problems.append(Problem(kind, line + 1, message))

    # The page: headings of days, and text outside papers.

    def _heading(self, level: int, text: str, line: int) -> None:
        if level > _PAPER_LEVEL:
            if self._paper:
                self._paper.heading(text, line)
            else:
                self._outside_text(line)
            return
        self._end_paper(line)
        if paper := facts.paper_in(text):
            self._begin_paper(paper, line)
        elif level < _PAPER_LEVEL:
            self._page_heading(level, text, line)
        elif self._expects_papers:
            self._report(
                ProblemKind.PAPER_UNREADABLE,
                line,
                f"{quote(text)} links to no paper of arXiv's: left out with what follows",
            )
            self._ignores_text = True

    def _page_heading(self, level: int, text: str, line: int) -> None:
        day, no_date = facts.date_in(text)
        is_digest = "daily papers" in text.lower()
        if is_digest and no_date is not None:
            self._report(ProblemKind.DATE_UNREADABLE, line, f"{no_date} is no date")
        if is_digest and day is not None:
            self._digests.setdefault(day, {})
        elif is_digest:
            # Perhaps only the page's title; a digest of the path's day if there is no other.
            day = self._path_day
            self._has_undated_title = True
        if day is not None:
            self._day, self._day_level = day, level
        elif is_digest or level <= self._day_level:
            self._day = None
        self._expects_papers = is_digest and day is not None
        self._ignores_text = not self._expects_papers

    def _rule(self, line: int) -> None:
        if self._paper:
            self._end_paper(line)
            self._ignores_text = False

    def _outside_text(self, line: int) -> None:
        if not self._ignores_text:
            self._report(
                ProblemKind.TEXT_LEFT_OUT,
                line,
                f"{quote(self._lines[line])} belongs to no paper: left out with what follows",
            )
            self._ignores_text = True

    def _underlined_heading(
        self, first: int, end: int, following: list[Token]
    ) -> tuple[int, str] | None:
        """Return level and text of a setext heading (a text with a line of `=` or `-` under it)."""
        lines = self._lines[first:end]
        if following and following[0].type == "hr" and following[0].map == [end, end + 1]:
            lines.append(self._lines[end])
        text, under = "\n".join(lines[:-1]).strip(), lines[-1].strip(" \t")
        if not text or (under.strip("=") and under.strip("-")):
            return None
        return (1 if under.startswith("=") else 2), text

    # Papers.

    def _begin_paper(self, link: facts.PaperLink, line: int) -> None:
        self._ignores_text = True
        title = limits.truncate(link.title, limits.MAX_LINE)
        if self._day is None:
            self._undated_count += 1
            self._report(ProblemKind.PAPER_UNDATED, line, f"{link.arxiv_id} has no date: left out")
        elif not title:
            self._report(
                ProblemKind.PAPER_UNREADABLE, line, f"{link.arxiv_id} has no title: left out"
            )
        else:
            if title != link.title:
                self._report(
                    ProblemKind.TEXT_CUT,
                    line,
                    f"the title of {link.arxiv_id} has over {limits.MAX_LINE // 1024} KB: cut",
                )
            self._paper = PaperParser(
                self._lines, self._report, arxiv_id=link.arxiv_id, title=title
            )
            self._paper_line, self._paper_day = line, self._day
            self._paper.add_unknown_text([link.rest] if link.rest else [], line)

    def _end_paper(self, line: int) -> None:
        if self._paper is None or self._paper_day is None:
            return
        paper, self._paper = self._paper.paper(line), None
        papers = self._digests.setdefault(self._paper_day, {})
        if papers.pop(paper.arxiv_id, None):
            self._report(
                ProblemKind.PAPER_REPEATED,
                self._paper_line,
                f"{paper.arxiv_id} was given before for {self._paper_day}: this one stands",
            )
        papers[paper.arxiv_id] = paper


def _without_closing_marks(heading: str) -> str:
    """Return a heading's text without a closing sequence: `## Title ##`."""
    text = heading.rstrip("#")
    return text.rstrip(" \t") if text.endswith((" ", "\t")) or not text else heading
