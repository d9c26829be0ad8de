"""A paper, its texts, media and details, and a day's list of papers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

MOST_VOTES = 10_000_000
"""The most votes of a paper: larger numbers are errors, and too long for texts that show them."""


class MediaKind(StrEnum):
    """The kind of a paper's media."""

    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a video of a paper."""

    kind: MediaKind
    url: str
    """Valid according to `storage.addresses`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it."""

    heading: str | None
    """Such as "What's New", without asterisks or colon; `None` where the text has no heading."""
    body: str
    """Markdown, without the list mark of its first line; never blank."""


class Basis(StrEnum):
    """What a language model was given to read of a paper."""

    ABSTRACT = "abstract"
    """Title and abstract."""
    FULL_TEXT = "full_text"
    """These and the beginning of the paper's text."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paper's sections in one language, as one source gives them."""

    language: str | None
    """Such as `ko`; `None` if it is not known."""
    sections: tuple[Section, ...]
    source: str
    """The name of the source."""
    basis: Basis | None = None
    """What they rest on if a language model wrote them; `None` for other texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a digest doesn't say about a paper, but services do; `None` or empty is unknown."""

    abstract: str | None = None
    """The authors' abstract, in plain text: paragraphs without line breaks, LaTeX as Unicode."""
    summary: str | None = None
    """One sentence that Hugging Face's AI wrote."""
    keywords: tuple[str, ...] = ()
    organization: str | None = None
    """The name of the authors' organization."""
    code_url: str | None = None
    """The code repository; valid according to `storage.addresses`."""
    code_stars: int | None = None
    """The stars of that repository on GitHub."""
    project_url: str | None = None
    """The project's page; valid according to `storage.addresses`."""
    comments: int | None = None
    """Comments on the paper's page at Hugging Face."""
    submitted_at: datetime | None = None
    """UTC; when it was submitted to arXiv."""
    withdrawn_at: datetime | None = None
    """UTC; when its authors withdrew it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as one source describes it, or as merged from several."""

    arxiv_id: str
    """Without version: `2502.14499` or `hep-th/9901001`."""
    title: str
    """As the source writes it, on one line."""
    votes: int | None = None
    """0 to `MOST_VOTES`; `None` means not known, which is not 0."""
    authors: tuple[str, ...] = ()
    media: Media | None = None
    sections: tuple[Section, ...] = ()
    """Of the first source by precedence that has any."""
    language: str | None = None
    """Of the sections, such as `ko`; `None` if it is not known."""
    other_texts: tuple[Text, ...] = ()
    """The sections of further sources and languages, by precedence of the sources."""
    details: Details = Details()
    authors_ordered: bool = False
    """Whether the authors are in the paper's order; digests shuffle them."""
    source: str | None = field(default=None, compare=False)
    """The name of the source of the sections; `None` if they are not from the database."""
    basis: Basis | None = field(default=None, compare=False)
    """What the sections rest on, as in `Text`."""

    @property
    def url(self) -> str:
        """The paper's page at arXiv."""
        return f"https://arxiv.org/abs/{self.arxiv_id}"

    @property
    def pdf_url(self) -> str:
        """The paper's PDF."""
        return f"https://arxiv.org/pdf/{self.arxiv_id}"

    @property
    def huggingface_url(self) -> str:
        """The paper's page at Hugging Face, where people vote."""
        return f"https://huggingface.co/papers/{self.arxiv_id}"


@dataclass(frozen=True, slots=True)
class Digest:
    """A day's list of papers."""

    date: date
    papers: tuple[Paper, ...] = ()
    """By rank; no id twice."""
