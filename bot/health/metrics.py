"""Metrics for Prometheus. Names and units follow its conventions; no label has an id of people.

Source: https://prometheus.io/docs/practices/naming/
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from types import SimpleNamespace
from typing import Any, Final

import aiohttp
import discord
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from bot.health.checks import QUEUED_KINDS
from bot.health.routes import answered_interaction, name_of
from bot.observer import Observer
from storage.jobs import DueJobs
from storage.records import Check

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
"""Discord wants an answer within three seconds."""
_MOST_OPEN: Final = 1000
"""Interactions of which the answer is waited for."""
_OUTCOMES: Final = ("posted", "nothing_new", "filtered_out", "missed", "given_up", "paused")
"""The outcomes of posts that are shown from the start, so that the first one is an increase."""
_FAILED: Final = (aiohttp.ClientError, OSError)
_TOO_MANY: Final = 429
_GATEWAY: Final = frozenset({"ws", "wss"})
"""The schemes of the gateway's address, to which no requests are sent but connections."""
_SCOPES: Final = frozenset({"user", "shared", "global"})
"""What Discord's header X-RateLimit-Scope may say."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is read when the metrics are asked for."""

    checks: Sequence[Check]
    due: Sequence[DueJobs]
    database_bytes: int
    lag: float
    version: str


class Metrics(Observer):
    """The metrics of one bot, in a registry of their own."""

    def __init__(self) -> None:
        # When each counter was made is of no use, and half as many lines again.
        disable_created_metrics()  # type: ignore[no-untyped-call]  # it has no types
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        own: dict[str, Any] = {"namespace": "daily_papers", "registry": self.registry}
        self._posts = Counter("posts", "What came of occurrences of schedules.", ["outcome"], **own)
        self._attempts = Counter(
            "job_attempts", "Runs of stored jobs, by how they ended.", ["kind", "outcome"], **own
        )
        self._due = Gauge("jobs_due", "Stored jobs that may run now.", ["kind"], **own)
        self._late = Gauge(
            "jobs_late", "Stored jobs that have been due for 10 minutes or more.", ["kind"], **own
        )
        self._interactions = Counter(
            "interactions", "Commands, suggestions, buttons and forms.", ["type", "command"], **own
        )
        self._response = Histogram(
            "interaction_response_seconds",
            "Time from an interaction to the end of its first response.",
            ["type", "command"],
            buckets=_SECONDS,
            **own,
        )
        self._requests = Counter(
            "discord_requests", "Requests to Discord.", ["method", "route", "status"], **own
        )
        self._limited = Counter(
            "discord_rate_limited", "Responses 429 of Discord, by scope.", ["scope"], **own
        )
        self._reads = Counter(
            "source_reads", "Attempts to read a list of a source.", ["source", "result"], **own
        )
        self._tokens = Counter("writer_tokens", "Tokens that the language model used.", **own)
        self._sentences = Counter(
            "writer_sentences", "Sentences in answers of the language model.", **own
        )
        self._dropped = Counter(
            "writer_dropped_sentences", "Those of them that were left out.", **own
        )
        self._database = Gauge(
            "database_size_bytes", "Size of the database file and its write-ahead log.", **own
        )
        self._lag = Gauge(
            "event_loop_lag_seconds",
            "The longest time in 30 seconds by which the event loop was late.",
            **own,
        )
        self._checks = Gauge(
            "check_ok", "Whether a check of /healthz or /readyz passes.", ["check"], **own
        )
        self._build = Info("build", "The version of the bot.", **own)
        self._open: OrderedDict[int, tuple[float, str, str]] = OrderedDict()
        """Interactions without a response: when they came, their type and command."""
        for outcome in _OUTCOMES:
            self._posts.labels(outcome)

    # What happens

    def job_attempted(self, kind: str, outcome: str) -> None:
        """Count a run of a job."""
        self._attempts.labels(kind, outcome).inc()

    def post_ended(self, outcome: str) -> None:
        """Count what came of a schedule's occurrence."""
        self._posts.labels(outcome).inc()

    def source_read(self, source: str, *, is_success: bool) -> None:
        """Count an attempt to read a list of a source."""
        self._reads.labels(source, "success" if is_success else "failure").inc()

    def text_attempted(self, *, tokens: int, sentences: int, dropped: int) -> None:
        """Count an attempt of the language model to write a text."""
        self._tokens.inc(tokens)
        self._sentences.inc(sentences)
        self._dropped.inc(dropped)

    def interaction_received(self, interaction: discord.Interaction[Any]) -> None:
        """Count an interaction; its first response is waited for."""
        kind = interaction.type.name
        # Only commands that this bot has: a name that Discord sends could be any.
        command = interaction.command
        name = command.qualified_name if command is not None else ""
        self._interactions.labels(kind, name).inc()
        self._open[interaction.id] = (perf_counter(), kind, name)
        if len(self._open) > _MOST_OPEN:
            self._open.popitem(last=False)

    def trace_config(self) -> aiohttp.TraceConfig:
        """Return the trace that counts requests to Discord; pass it to the client."""
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._on_end)
        trace.on_request_exception.append(self._on_exception)
        return trace

    async def _on_end(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        if params.url.scheme in _GATEWAY:
            return
        path, status = params.url.path, params.response.status
        self._requests.labels(params.method, name_of(path), str(status)).inc()
        if status == _TOO_MANY:
            scope = params.response.headers.get("X-RateLimit-Scope", "")
            self._limited.labels(scope if scope in _SCOPES else "unknown").inc()
        answered = answered_interaction(path)
        begun = self._open.pop(answered, None) if answered is not None else None
        if begun is not None:
            at, kind, name = begun
            self._response.labels(kind, name).observe(perf_counter() - at)

    async def _on_exception(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        params: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        # Others are raised by the rate limiter, and the response has been counted.
        if isinstance(params.exception, _FAILED) and params.url.scheme not in _GATEWAY:
            self._requests.labels(params.method, name_of(params.url.path), "error").inc()

    # What is asked for

    def render(self, snapshot: Snapshot) -> bytes:
        """Return all metrics in Prometheus' text format."""
        self._due.clear()
        self._late.clear()
        for jobs in snapshot.due:
            self._due.labels(jobs.kind).set(jobs.count)
            self._late.labels(jobs.kind).set(0 if jobs.kind in QUEUED_KINDS else jobs.late)
        for check in snapshot.checks:
            self._checks.labels(check.name).set(check.is_ok)
        self._database.set(snapshot.database_bytes)
        self._lag.set(snapshot.lag)
        self._build.info({"version": snapshot.version})
        return generate_latest(self.registry)
