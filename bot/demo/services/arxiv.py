"""arXiv's API on this machine: single papers as Atom feeds."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from aiohttp import web

from bot.demo.services.faults import too_many_requests
from bot.demo.services.local_server import LocalServer, utc_now
from bot.demo.services.made_papers import LocalPaper, made_paper

_ID = re.compile(r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_FEED = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: id_list={ids}</title>
  <id>http://arxiv.org/api/query</id>
{entries}</feed>
"""
_ENTRY = """\
  <entry>
    <id>http://arxiv.org/abs/{arxiv_id}v1</id>
    <updated>{updated}</updated>
    <published>{published}</published>
    <title>{title}</title>
    <summary>{abstract}</summary>
{authors}{comment}  </entry>
"""
_ERROR = """\
  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_{arxiv_id}</id>
    <title>Error</title>
    <summary>incorrect id format for {arxiv_id}</summary>
  </entry>
"""
_AUTHOR = "    <author><name>{name}</name></author>\n"
_COMMENT = (
    '    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">This paper has been withdrawn'
    " by its authors</arxiv:comment>\n"
)


class LocalArXiv(LocalServer):
    """A local stand-in for arXiv.

    It knows the papers that `made_papers` invents, and those that are added. An unknown id gives an
    empty feed, a malformed one 400 with an entry about the error, as the real API does.
    """

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        """Make a service; `now` is its clock, in UTC."""
        super().__init__(now)
        self._papers: dict[str, LocalPaper] = {}

    def add_paper(self, paper: LocalPaper) -> None:
        """Add a paper."""
        self._papers[paper.arxiv_id] = paper

    def refuse(self, period: timedelta, *, has_header: bool = False) -> None:
        """Answer 429 for a period from now on, as arXiv does for hours.

        Args:
            period: For how long.
            has_header: Whether `Retry-After` says for how long; arXiv often doesn't.
        """
        fault = too_many_requests(period.total_seconds() if has_header else None)
        self.faults.put("/api/query", fault, until=self.now() + period)

    def routes(self) -> Sequence[web.RouteDef]:
        """Return the one route of the API."""
        return [web.get("/api/query", self._query)]

    async def _query(self, request: web.Request) -> web.Response:
        ids = [one for one in request.query.get("id_list", "").split(",") if one]
        malformed = [one for one in ids if not _ID.fullmatch(one)]
        if malformed:
            return _feed(ids, [_ERROR.format(arxiv_id=escape(malformed[0]))], status=400)
        known = (self._find(_ID.sub(r"\g<id>", one)) for one in ids)
        return _feed(ids, [_entry(paper) for paper in known if paper is not None])

    def _find(self, arxiv_id: str) -> LocalPaper | None:
        found = self._papers.get(arxiv_id) or made_paper(arxiv_id)
        is_there = found is not None and _submitted_at(found) <= self.now()
        return found if is_there else None


def _feed(ids: list[str], entries: list[str], *, status: int = 200) -> web.Response:
    text = _FEED.format(ids=escape(",".join(ids)), entries="".join(entries))
    return web.Response(text=text, status=status, content_type="application/atom+xml")


def _entry(paper: LocalPaper) -> str:
    # Long lines are broken, and the next one is indented.
    return _ENTRY.format(
        arxiv_id=paper.arxiv_id,
        updated=_stamp(paper.withdrawn_at or _submitted_at(paper)),
        published=_stamp(_submitted_at(paper)),
        title=escape(paper.title).replace("\n", "\n  "),
        abstract=escape(paper.abstract),
        authors="".join(_AUTHOR.format(name=escape(name)) for name in paper.authors),
        comment=_COMMENT if paper.withdrawn_at else "",
    )


def _submitted_at(paper: LocalPaper) -> datetime:
    return paper.submitted_at or paper.appears_at - timedelta(days=1)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
