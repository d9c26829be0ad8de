"""One line of a report."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The state of what was checked."""

    OK = "ok"
    TO_DO = "to do"
    """Something is wrong; the text says what to do."""
    SKIPPED = "skipped"
    """It could not be checked, for a reason that another line has, or that is none of a fault."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check, for the operator."""

    state: State
    subject: str
    """What was checked, in a word or two."""
    text: str


def ok(subject: str, text: str) -> Finding:
    """Return that something is as it should be."""
    return Finding(State.OK, subject, text)


def to_do(subject: str, text: str) -> Finding:
    """Return that somebody has to do something, and what."""
    return Finding(State.TO_DO, subject, text)


def skipped(subject: str, text: str) -> Finding:
    """Return that something was not checked, and why."""
    return Finding(State.SKIPPED, subject, text)
