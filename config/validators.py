"""Checks of single settings; the text of a `ValueError` says what was expected."""

import re
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr
from pydantic_core import PydanticCustomError

from config.invite import Invite
from config.log_format import LogFormat
from config.log_level import LogLevel

_SAMPLE_DAYS: Final = (date(2001, 2, 3), date(2001, 2, 4), date(2001, 3, 3), date(2002, 2, 3))
"""Days that differ in the day, the month and the year alone."""
_DIRECTIVE: Final = re.compile(r"%(?:-[djm]|[aAbBdGjmuUVwWyY%])")
"""What `strftime` puts in for a date; `%-d` is a day without a leading zero."""
_LONGEST_OPERATOR: Final = 200
"""Characters; `/about` is one message."""
_LONGEST_MODEL: Final = 200
_URL_TEMPLATE: Final = (
    "an address with the whole date, such as https://example.org/{date:%Y/%m/%d}.md, beginning "
    "with http:// or https:// and without “#”"
)


def check_no_boolean(value: object) -> object:
    """Return what was given for a number: Pydantic takes true for 1 and false for 0."""
    if isinstance(value, bool):
        raise PydanticCustomError("boolean", "a number")  # what is expected depends on the key
    return value


def check_token(secret: SecretStr | None) -> SecretStr | None:
    """Return the bot's token without surrounding blanks and quotes; `None` if nothing is left."""
    value = _bare_token(secret)
    if value.lower().startswith("bot "):
        raise ValueError("the token alone, without “Bot” before it")
    return _one_word(value, shown_by="Discord")


def check_huggingface_token(secret: SecretStr | None) -> SecretStr | None:
    """Return a token of Hugging Face as `check_token` does."""
    value = _bare_token(secret)
    if value.lower().startswith("bearer "):
        raise ValueError("the token alone, without “Bearer” before it")
    return _one_word(value, shown_by="Hugging Face")


def check_writer_key(secret: SecretStr | None) -> SecretStr | None:
    """Return the key of a language model's server as `check_token` does."""
    value = _bare_token(secret)
    if value.lower().startswith("bearer "):
        raise ValueError("the key alone, without “Bearer” before it")
    return _one_word(value, shown_by="the server's operator")


def check_model(value: str | None) -> str | None:
    """Return the name of a language model as its server knows it; `None` if it is blank."""
    text = (value or "").strip()
    if len(text) > _LONGEST_MODEL or not text.isprintable() or " " in text:
        raise ValueError(f"the name of a model without blanks, up to {_LONGEST_MODEL} characters")
    return text or None


def split_languages(value: object) -> object:
    """Return codes of languages as a list; the environment has them separated by commas."""
    if isinstance(value, str):
        return [code.strip() for code in value.split(",") if code.strip()]
    return value


def check_languages(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return codes of languages, each once."""
    if not codes:
        raise ValueError('a list of codes of languages, such as ["ko", "en"]')
    return tuple(dict.fromkeys(map(check_language, codes)))


def _bare_token(secret: SecretStr | None) -> str:
    value = "" if secret is None else secret.get_secret_value().strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        # `docker --env-file` and systemd keep the quotes of a shell's `TOKEN="…"`.
        value = value[1:-1].strip()
    return value


def _one_word(value: str, *, shown_by: str) -> SecretStr | None:
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError(
            f"one word of plain ASCII letters, digits and marks, as {shown_by} shows it"
        )
    return SecretStr(value) if value else None


def check_url(value: str, *, example: str) -> str:
    """Return the base address of an API without a final slash; `example` is named in errors."""
    if not _is_url(value) or set("@?#") & set(value):
        raise ValueError(f"an address such as {example}, without user name, “?” and “#” in it")
    return value.rstrip("/")


def _is_url(value: str) -> bool:
    """Return whether a text is an address with `http` or `https`."""
    if not value.isprintable() or " " in value:
        return False
    try:
        parts = urlsplit(value)
        is_usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return False
    return bool(is_usable)


def check_url_template(value: str) -> str:
    """Return an address into which `value.format(date=…)` puts the date of a digest.

    `{date}` is the date as in 2025-02-21; `{date:%Y/%m/%d}` has a format of `strftime`. Nothing
    else can be filled in. Every day must have its own address, which may hold a user name and
    password.

    >>> check_url_template("https://example.org/{date:%Y/%m/%d}.md").format(date=date(2025, 2, 21))
    'https://example.org/2025/02/21.md'
    """
    addresses = _with_dates(value)
    is_whole_date = len(set(addresses)) == len(_SAMPLE_DAYS)
    if not is_whole_date or not all(map(_is_url, addresses)) or "#" in addresses[0]:
        raise ValueError(_URL_TEMPLATE)
    return value


def _with_dates(template: str) -> list[str]:
    """Fill in the sample days; nothing if the template has other places than those of dates."""
    try:
        fields = [field[1:] for field in Formatter().parse(template) if field[1] is not None]
        if all(_is_date_field(*field) for field in fields):
            return [template.format(date=day) for day in _SAMPLE_DAYS]
    except ValueError:
        # A brace without its partner, or a format that this system doesn't have.
        pass
    return []


def _is_date_field(name: str | None, formatting: str | None, conversion: str | None) -> bool:
    is_known = not set("%{}") & set(_DIRECTIVE.sub("", formatting or ""))
    return name == "date" and conversion is None and is_known


def check_source_name(value: str) -> str:
    """Return the name of a source."""
    if not re.fullmatch(r"[a-z0-9_-]{1,40}", value):
        raise ValueError("a name of 1 to 40 lower-case letters (a to z), digits, - and _")
    return value


def check_language(value: str) -> str:
    """Return the code of a language."""
    if not re.fullmatch(r"[a-z]{2,3}", value):
        raise ValueError("the code of a language in lower case, such as en or ko")
    return value


def check_operator(value: str | None) -> str | None:
    """Return who runs the bot, as one line; `None` if it is blank."""
    text = (value or "").strip()
    if len(text) > _LONGEST_OPERATOR or not text.isprintable():
        raise ValueError(f"one line of at most {_LONGEST_OPERATOR} characters, in quotes")
    return text or None


def check_invite(value: object) -> object:
    """Return who is offered to add the bot, in lower case."""
    if isinstance(value, str) and value.lower() in list(Invite):
        return value.lower()
    raise ValueError(f"one of {', '.join(Invite)}")


def check_log_level(value: object) -> object:
    """Return the name of a log level in lower case."""
    if isinstance(value, str) and value.lower() in list(LogLevel):
        return value.lower()
    raise ValueError(f"one of {', '.join(LogLevel)}")


def check_log_format(value: object) -> object:
    """Return the name of a format of the log in lower case."""
    if isinstance(value, str) and value.lower() in list(LogFormat):
        return value.lower()
    raise ValueError(f"one of {', '.join(LogFormat)}")


def check_host(value: str) -> str:
    """Return a host name or address without a scheme and a port."""
    if not re.fullmatch(r"[\w.:-]+", value) or (":" in value and value.count(":") == 1):
        raise ValueError("a host name or address without a port, such as 127.0.0.1 or 0.0.0.0")
    return value


def check_home(path: Path) -> Path:
    """Return a path with `~` replaced by the home folder."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("a path; the home folder that its “~” means is not known") from error
