"""What a chart shows, as a value that can be stored. Pure."""

from dataclasses import dataclass
from typing import Any, Final, Self

MOST_COLUMNS: Final = 31
MOST_ROWS: Final = 5
ALT_TEXT: Final = 1_024
"""The most characters of the description of a file on Discord."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text on a chart."""

    text: str
    plain: str = ""
    """What stands there instead if no font has the letters of `text`: mostly ASCII."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the chart: the papers of a day, a month or a year, and their votes."""

    label: Label
    papers: int
    votes: int


@dataclass(frozen=True, slots=True)
class Row:
    """A bar with its name, such as a paper and its votes."""

    label: Label
    value: int
    note: Label
    """The value in words."""
    before: int | None = None
    """The value of the period before, as a thinner bar; `None` for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a chart shows."""

    name: str
    """Of the file, without its ending: letters, digits and hyphens."""
    title: Label
    subtitle: Label
    votes: Label
    """The heading of the columns of votes."""
    papers: Label
    """The heading of the columns of papers."""
    columns: tuple[Column, ...]
    """At most `MOST_COLUMNS`, in order."""
    top: Label
    """The heading above the papers with the most votes."""
    top_rows: tuple[Row, ...]
    """At most `MOST_ROWS`."""
    rising: Label
    """The heading above the rising terms."""
    rising_rows: tuple[Row, ...]
    """At most `MOST_ROWS`; without them there is no heading."""
    foot: Label
    alt: str
    """The same in words, at most `ALT_TEXT` characters."""

    @property
    def filename(self) -> str:
        """The name of its file."""
        return f"{self.name}.png"

    def to_json(self) -> dict[str, Any]:
        """Return the chart as JSON, which `from_json` reads."""
        return {
            "name": self.name,
            "title": _label(self.title),
            "subtitle": _label(self.subtitle),
            "votes": _label(self.votes),
            "papers": _label(self.papers),
            "columns": [[_label(each.label), each.papers, each.votes] for each in self.columns],
            "top": _label(self.top),
            "top_rows": list(map(_row, self.top_rows)),
            "rising": _label(self.rising),
            "rising_rows": list(map(_row, self.rising_rows)),
            "foot": _label(self.foot),
            "alt": self.alt,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return a chart that was stored."""
        return cls(
            name=stored["name"],
            title=Label(*stored["title"]),
            subtitle=Label(*stored["subtitle"]),
            votes=Label(*stored["votes"]),
            papers=Label(*stored["papers"]),
            columns=tuple(
                Column(Label(*label), papers, votes) for label, papers, votes in stored["columns"]
            ),
            top=Label(*stored["top"]),
            top_rows=tuple(map(_row_from, stored["top_rows"])),
            rising=Label(*stored["rising"]),
            rising_rows=tuple(map(_row_from, stored["rising_rows"])),
            foot=Label(*stored["foot"]),
            alt=stored["alt"],
        )


def _label(label: Label) -> list[str]:
    return [label.text, label.plain] if label.plain else [label.text]


def _row(row: Row) -> list[Any]:
    return [_label(row.label), row.value, _label(row.note), row.before]


def _row_from(stored: list[Any]) -> Row:
    label, value, note, before = stored
    return Row(Label(*label), value, Label(*note), before)
