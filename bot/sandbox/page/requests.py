"""The requests of the bot, numbered, so that a browser can ask for their details."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import count

from bot.sandbox.model import Json
from bot.sandbox.model.events import Event
from bot.sandbox.rest.recorder import Complaint, RecordedRequest

_KEPT = 500
_COMPLAINT = "COMPLAINT"


class Requests:
    """The newest requests of a bot."""

    def __init__(self, so_far: Iterable[RecordedRequest]) -> None:
        self._numbers = count(1)
        self._kept: dict[int, RecordedRequest] = {}
        self._number_of: dict[int, int] = {}
        """By the identity of the record."""
        self._complaints: dict[int, list[str]] = {}
        for record in deque(so_far, _KEPT):
            self._keep(record)

    def on_event(self, event: Event) -> None:
        """Take an event, if it is about a request."""
        if event.name == "REQUEST":
            self._keep(event.subject)
        elif event.name == _COMPLAINT:
            complaint: Complaint = event.subject
            self._complaints.setdefault(id(complaint.request), []).append(complaint.reason)

    def _keep(self, record: RecordedRequest) -> None:
        number = next(self._numbers)
        self._kept[number], self._number_of[id(record)] = record, number
        if len(self._kept) > _KEPT:
            dropped = self._kept.pop(next(iter(self._kept)))
            self._number_of.pop(id(dropped), None)
            self._complaints.pop(id(dropped), None)

    def summary(self, record: RecordedRequest) -> Json | None:
        """Return the summary of a request, or `None` if it is not kept any more."""
        number = self._number_of.get(id(record))
        return None if number is None else self._summary(number, record)

    def summaries(self) -> list[Json]:
        """Return the summaries of all, oldest first."""
        return [self._summary(number, record) for number, record in self._kept.items()]

    def details(self, number: int) -> Json | None:
        """Return the bodies of request and response, or `None` if they are not kept."""
        record = self._kept.get(number)
        if record is None:
            return None
        return {
            "query": record.query,
            "body": record.body,
            "files": [
                {"field": field, "name": name, "bytes": size} for field, name, size in record.files
            ],
            "answer": record.answer,
            "headers": record.headers,
        }

    def _summary(self, number: int, record: RecordedRequest) -> Json:
        return {
            "number": number,
            "at": round(record.at.timestamp() * 1000),
            "method": record.method,
            "path": record.path,
            "status": record.status,
            "milliseconds": round(record.seconds * 1000, 1),
            "refused": record.refused,
            "reasons": [*_reasons(record), *self._complaints.get(id(record), ())],
            "fault": record.fault,
        }


def _reasons(record: RecordedRequest) -> list[str]:
    """Return why a request was refused, with a line for each field that Discord names."""
    answer = record.answer
    if not record.refused or not isinstance(answer, dict):
        return []
    code = f" (code {answer['code']})" if answer.get("code") else ""
    return [f"{answer.get('message', '')}{code}", *_field_reasons(answer.get("errors") or {}, "")]


def _field_reasons(errors: Json, path: str) -> Iterator[str]:
    for key, value in errors.items():
        if key == "_errors":
            for error in value:
                yield f"{path}: {error.get('message', '')} [{error.get('code', '')}]"
        elif isinstance(value, dict):
            step = f"[{key}]" if key.isdecimal() else f".{key}" if path else key
            yield from _field_reasons(value, path + step)
