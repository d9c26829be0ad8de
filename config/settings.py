"""Every setting, its default and what it may be; `config/loading.py` reads them."""

from functools import partial
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
)

from config import validators
from config.invite import Invite
from config.log_format import LogFormat
from config.log_level import LogLevel
from config.sources import DEFAULT_SOURCE, Source, Sources

HUGGINGFACE_URL: Final = "https://huggingface.co"
"""The base address of Hugging Face."""

ARXIV_URL: Final = "https://export.arxiv.org"
"""The base address of arXiv, for programs."""

_Int: TypeAlias = Annotated[int, BeforeValidator(validators.check_no_boolean)]
_Float: TypeAlias = Annotated[float, BeforeValidator(validators.check_no_boolean)]
_HuggingFaceUrl: TypeAlias = Annotated[
    str, AfterValidator(partial(validators.check_url, example=HUGGINGFACE_URL))
]
_ArxivUrl: TypeAlias = Annotated[
    str, AfterValidator(partial(validators.check_url, example=ARXIV_URL))
]
_WriterUrl: TypeAlias = Annotated[
    str, AfterValidator(partial(validators.check_url, example="http://127.0.0.1:11434/v1"))
]
_DiscordUrl: TypeAlias = Annotated[
    str, AfterValidator(partial(validators.check_url, example="http://127.0.0.1:8080/api/v10"))
]
_ArchiveUrl: TypeAlias = Annotated[
    str, AfterValidator(partial(validators.check_url, example="https://example.org/papers"))
]

_CONFIG: Final = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class HuggingFace(BaseModel):
    """The table `[huggingface]`: how Hugging Face is asked."""

    model_config = _CONFIG

    url: _HuggingFaceUrl | None = None
    """The base address, without a final slash; `None` is `HUGGINGFACE_URL`."""
    token: Annotated[SecretStr | None, AfterValidator(validators.check_huggingface_token)] = None
    """An access token, with which Hugging Face answers more requests."""


class Arxiv(BaseModel):
    """The table `[arxiv]`: how arXiv is asked."""

    model_config = _CONFIG

    url: _ArxivUrl | None = None
    """The base address, without a final slash; `None` is `ARXIV_URL`."""


class Posting(BaseModel):
    """The table `[posting]`: the scheduled posts."""

    model_config = _CONFIG

    news_days: Annotated[_Int, Field(ge=0, le=31)] = 7
    """A digest that is more days old is not posted by a schedule."""
    wait_hours: Annotated[_Float, Field(ge=0, le=20)] = 6.0
    """How many hours a schedule waits for a late digest."""
    list_age_hours: Annotated[_Float, Field(ge=0, le=24)] = 10.0
    """How many hours ago a list that still grows must have begun, before a schedule posts it."""
    requests_per_second: Annotated[_Int, Field(ge=1, le=1000)] = 50
    """The most requests per second to Discord, which itself allows a bot 50."""
    schedules_per_server: Annotated[_Int, Field(ge=1, le=1000)] = 25
    """The most schedules of one server."""
    schedules_per_channel: Annotated[_Int, Field(ge=1, le=1000)] = 10
    """The most schedules of one channel."""


class Writer(BaseModel):
    """The table `[writer]`: the language model that writes papers' sections."""

    model_config = _CONFIG

    url: _WriterUrl | None = None
    """The base of an OpenAI chat API, without a final slash, such as `https://…/v1`."""
    model: Annotated[str | None, AfterValidator(validators.check_model)] = None
    """The model's name at that address."""
    key: Annotated[SecretStr | None, AfterValidator(validators.check_writer_key)] = None
    """Sent as a bearer token; `None` for a server that wants none."""
    languages: Annotated[
        tuple[str, ...],
        BeforeValidator(validators.split_languages),
        AfterValidator(validators.check_languages),
    ] = ("ko", "en")
    """The codes of the languages to write in."""
    papers_per_day: Annotated[_Int, Field(ge=0, le=10_000)] = 60
    """The most papers to write in a day, from midnight UTC."""
    tokens_per_day: Annotated[_Int, Field(ge=0, le=1_000_000_000)] = 1_000_000
    """The most tokens to use in a day, those that are read included."""
    parallel: Annotated[_Int, Field(ge=1, le=16)] = 2
    """How many papers are written at the same time."""
    all: bool = False
    """Whether all papers are written, and not only those that posts show and people open."""

    @property
    def is_on(self) -> bool:
        """Whether there is a model to ask: address and name are both set."""
        return self.url is not None and self.model is not None


class Publish(BaseModel):
    """The table `[publish]`: the archive of what was read, for others."""

    model_config = _CONFIG

    folder: Annotated[Path, AfterValidator(validators.check_home)] | None = None
    """Where it is written; `None` if nothing is published."""
    url: _ArchiveUrl | None = None
    """The address of the folder on the web, without a final slash; `None` if it has none."""


class Backup(BaseModel):
    """The table `[backup]`: copies of the database that the bot makes every day."""

    model_config = _CONFIG

    folder: Annotated[Path, AfterValidator(validators.check_home)] | None = None
    """Where they are written; `None` if none are made."""
    keep: Annotated[_Int, Field(ge=1, le=1000)] = 7
    """How many there are at most; the oldest are removed."""


class Keep(BaseModel):
    """The table `[keep]`: how long what is over is kept."""

    model_config = _CONFIG

    history_days: Annotated[_Int, Field(ge=60, le=36_500)] = 400
    """How many days posts are remembered, with their history."""
    usage_weeks: Annotated[_Int, Field(ge=0, le=520)] = 53
    """For how many weeks it is remembered how much was read; 0 if it isn't counted."""
    left_server_days: Annotated[_Int, Field(ge=0, le=36_500)] = 30
    """How many days the data of a server is kept that removed the bot; 0 forever."""


class Http(BaseModel):
    """The table `[http]`: the server for health checks and metrics."""

    model_config = _CONFIG

    host: Annotated[str, AfterValidator(validators.check_host)] = "127.0.0.1"
    """The host name or address that it listens on."""
    port: Annotated[_Int, Field(ge=1, le=65_535)] | None = None
    """The port that it listens on; `None` if there is no server."""
    source_max_hours: Annotated[_Float, Field(ge=1, le=1000)] = 36.0
    """How many hours ago a source must have been read for the bot to count as ready."""


class About(BaseModel):
    """The table `[about]`: what `/about` says of this installation."""

    model_config = _CONFIG

    operator: Annotated[str | None, AfterValidator(validators.check_operator)] = None
    """Who runs the bot, as people read it; `None` if that isn't said."""
    invite: Annotated[Invite, BeforeValidator(validators.check_invite)] = Invite.PRIVATE
    """Whether people are offered to add the bot to their own servers."""


class Search(BaseModel):
    """The table `[search]`: how papers are searched."""

    model_config = _CONFIG

    two_languages: bool = True
    """Whether terms are searched in the other language, too."""
    semantic: bool = True
    """Whether papers are also found by meaning, if the extra is installed."""


class Settings(BaseModel):
    """The settings in force; `config.loading.load_settings` reads them."""

    model_config = _CONFIG

    token: Annotated[SecretStr | None, AfterValidator(validators.check_token)] = None
    """The bot's token at Discord, without surrounding blanks and quotes. Only `run` needs one."""
    database: Annotated[Path, AfterValidator(validators.check_home)] = Path("daily-papers.db")
    """The SQLite file."""
    digests: Annotated[Path, AfterValidator(validators.check_home)] | None = None
    """A folder of digests, read with its subfolders; `None` if no folder is watched."""
    discord_url: _DiscordUrl | None = None
    """The base of the REST API, `http` or `https`, without a final slash; `None` is Discord's."""
    log_level: Annotated[LogLevel, BeforeValidator(validators.check_log_level)] = LogLevel.INFO
    log_format: Annotated[LogFormat, BeforeValidator(validators.check_log_format)] = LogFormat.TEXT
    sources: Sources | None = None
    """The sources as they are given, none if empty; `None` if not given: see `active_sources`."""
    huggingface: HuggingFace = HuggingFace()
    arxiv: Arxiv = Arxiv()
    posting: Posting = Posting()
    writer: Writer = Writer()
    publish: Publish = Publish()
    backup: Backup = Backup()
    keep: Keep = Keep()
    http: Http = Http()
    about: About = About()
    search: Search = Search()

    def active_sources(self) -> tuple[Source, ...]:
        """Return the sources in force, the one with precedence first.

        Without `sources` this is Hugging Face, unless there is a folder `digests`. That folder is
        in no case among them: it is watched as the source `FILES_NAME`.
        """
        if self.sources is not None:
            return self.sources
        return (DEFAULT_SOURCE,) if self.digests is None else ()

    def secrets(self) -> tuple[SecretStr, ...]:
        """Return the tokens and keys, which no log may show."""
        given = (self.token, self.huggingface.token, self.writer.key)
        return tuple(secret for secret in given if secret is not None)
