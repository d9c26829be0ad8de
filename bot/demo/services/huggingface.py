"""Hugging Face's Daily Papers on this machine: lists that fill, and votes that grow.

It behaves like the real service: days begin in the evening of New York, a date ahead of UTC is
refused with 400, weekends are empty, numbers can be missing, and requests are limited.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from aiohttp import web

from bot.demo.services.local_server import LocalServer, utc_now
from bot.demo.services.made_papers import LocalPaper, day_of, made_papers, votes_at
from bot.sources.list_days import open_day, opens_at

_DEFAULT_LIMIT: Final = 50
_MOST_LIMIT: Final = 100
_WINDOW: Final = 300
"""Seconds of a rate limit."""
_SATURDAY: Final = 5


def is_weekend(day: date) -> bool:
    """Whether a day is a Saturday or a Sunday, when lists are usually empty."""
    return day.weekday() >= _SATURDAY


class LocalHuggingFace(LocalServer):
    """A local stand-in for Hugging Face.

    async with LocalHuggingFace(clock.now) as service:
        reader = HuggingFace(client, url=service.url)
    """

    def __init__(
        self,
        now: Callable[[], datetime] = utc_now,
        *,
        papers_per_day: int = 30,
        is_empty: Callable[[date], bool] = is_weekend,
        requests_per_window: int = 500,
    ) -> None:
        """Make a service.

        Args:
            now: Its clock, in UTC.
            papers_per_day: How many papers `made_papers` invents for a day without a list of its
                own.
            is_empty: Which of those days have an empty list.
            requests_per_window: Requests in 5 minutes before it answers 429; with a token twice as
                many.
        """
        super().__init__(now)
        self._papers_per_day = papers_per_day
        self._is_empty = is_empty
        self._limit = requests_per_window
        self._window = (0, 0)
        self._lists: dict[date, tuple[LocalPaper, ...]] = {}
        self._removed: set[tuple[date, str]] = set()
        self._singles: dict[str, LocalPaper] = {}

    def set_list(self, day: date, papers: Iterable[LocalPaper]) -> None:
        """Set all papers that the list of a day will have; none for a holiday."""
        self._lists[day] = tuple(papers)

    def repeat_list(self, day: date, on: date) -> None:
        """Put the papers of a day before those of another: a Sunday list shown again on Monday."""
        repeated = self.papers_of(day)
        ids = {paper.arxiv_id for paper in repeated}
        others = [paper for paper in self.papers_of(on) if paper.arxiv_id not in ids]
        self.set_list(on, [*repeated, *others])

    def remove(self, day: date, arxiv_id: str) -> None:
        """Take a paper out of the list of a day, as editors do; its own page stays."""
        self._removed.add((day, arxiv_id))

    def add_paper(self, paper: LocalPaper) -> None:
        """Add a paper that no list has."""
        self._singles[paper.arxiv_id] = paper

    def papers_of(self, day: date) -> tuple[LocalPaper, ...]:
        """Return all papers that the list of a day will have had at its end."""
        if day not in self._lists:
            count = 0 if self._is_empty(day) else self._papers_per_day
            self._lists[day] = made_papers(day, count)
        return self._lists[day]

    def papers_on_list(self, day: date) -> tuple[LocalPaper, ...]:
        """Return the papers that are in the list of a day now."""
        now = self.now()
        if now < opens_at(day):
            return ()
        return tuple(
            paper
            for paper in self.papers_of(day)
            if paper.appears_at <= now and (day, paper.arxiv_id) not in self._removed
        )

    def find(self, arxiv_id: str) -> LocalPaper | None:
        """Return a paper that has appeared, in whatever list, or in none."""
        if arxiv_id in self._singles:
            return self._singles[arxiv_id]
        if made := day_of(arxiv_id):
            self.papers_of(made[0])
        papers = (paper for papers in self._lists.values() for paper in papers)
        found = next((paper for paper in papers if paper.arxiv_id == arxiv_id), None)
        return found if found is not None and found.appears_at <= self.now() else None

    def routes(self) -> Sequence[web.RouteDef]:
        """Return the routes that the program uses."""
        return [
            web.get("/api/daily_papers", self._answer_list),
            web.get("/api/papers/{id:.+}", self._answer_paper),
            web.get("/papers/{id:.+}.md", self._answer_full_text),
        ]

    async def _answer_list(self, request: web.Request) -> web.Response:
        try:
            text = request.query.get("date")
            day = date.fromisoformat(text) if text else open_day(self.now())
            page = int(request.query.get("p", "0"))
            limit = int(request.query.get("limit", str(_DEFAULT_LIMIT)))
        except ValueError:
            return self._json(request, {"error": "Invalid query"}, status=400)
        if day > self.now().astimezone(UTC).date():
            return self._json(request, {"error": "The date is in the future"}, status=400)
        if page < 0 or not 0 < limit <= _MOST_LIMIT:
            return self._json(request, {"error": "Invalid page or limit"}, status=400)
        papers = self.papers_on_list(day)[page * limit : (page + 1) * limit]
        return self._json(request, [self._item(paper, day) for paper in papers])

    async def _answer_paper(self, request: web.Request) -> web.Response:
        paper = self.find(request.match_info["id"])
        if paper is None:
            return self._json(request, {"error": "Paper not found"}, status=404)
        body = self._inner(paper) | {"numTotalModels": 0, "numTotalDatasets": 0}
        return self._json(request, _with_changes(body, paper))

    async def _answer_full_text(self, request: web.Request) -> web.Response:
        paper = self.find(request.match_info["id"])
        if paper is None or paper.full_text is None:
            return web.Response(status=404, text="Not found")
        return web.Response(text=paper.full_text, content_type="text/markdown")

    def _json(self, request: web.Request, value: object, *, status: int = 200) -> web.Response:
        """Return an answer, with the state of the rate limit in its header, or 429."""
        window, left = divmod(int(self.now().timestamp()), _WINDOW)
        used = self._window[1] + 1 if self._window[0] == window else 1
        self._window = (window, used)
        limit = self._limit * 2 if "Authorization" in request.headers else self._limit
        if used > limit:
            status, value = 429, {"error": "Too many requests"}
        return web.json_response(
            value,
            status=status,
            headers={"RateLimit": f'"api";r={max(0, limit - used)};t={_WINDOW - left}'},
        )

    def _item(self, paper: LocalPaper, day: date) -> dict[str, object]:
        inner = self._inner(paper)
        inner["submittedOnDailyAt"] = f"{day.isoformat()}T00:00:00.000Z"
        outer = {
            "paper": _with_changes(inner, paper),
            "publishedAt": inner["publishedAt"],
            "title": paper.title,
            "summary": paper.abstract,
            "thumbnail": f"https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/"
            f"{paper.arxiv_id}.png",
            "numComments": paper.comments,
            "submittedBy": {"fullname": "A Submitter", "name": "submitter", "type": "user"},
            "isAuthorParticipating": False,
        }
        return _with_changes(outer, paper)

    def _inner(self, paper: LocalPaper) -> dict[str, object]:
        organization = paper.organization
        optional: dict[str, object] = {
            "ai_summary": paper.summary,
            "ai_keywords": list(paper.keywords) or None,
            "githubRepo": paper.code_url,
            "githubStars": paper.code_stars,
            "projectPage": paper.project_url,
            "mediaUrls": list(paper.media_urls) or None,
            "withdrawnAt": paper.withdrawn_at and _stamp(paper.withdrawn_at),
            "organization": organization
            and {"name": organization.lower().replace(" ", "-"), "fullname": organization},
        }
        return {
            "id": paper.arxiv_id,
            "authors": [
                {"_id": f"{number:024x}", "name": name, "hidden": False}
                for number, name in enumerate(paper.authors, 1)
            ],
            "publishedAt": _stamp(paper.submitted_at or paper.appears_at - timedelta(days=1)),
            "title": paper.title,
            "summary": paper.abstract,
            "upvotes": votes_at(paper, self.now()),
            "discussionId": f"{0:024x}",
        } | {name: value for name, value in optional.items() if value is not None}


def _with_changes(body: dict[str, object], paper: LocalPaper) -> dict[str, object]:
    """Return an object without the paper's missing fields, and with its own values in others."""
    kept = {name: value for name, value in body.items() if name not in paper.missing}
    return kept | {name: value for name, value in paper.fields.items() if name != "paper"}


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
