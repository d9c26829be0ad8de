"""Checks of single settings; the text of a `ValueError` says what was expected."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from config.log_level import LogLevel


def check_token(secret: SecretStr | None) -> SecretStr | None:
    """Return the token without surrounding blanks and quotes; `None` if nothing is left."""
    if secret is None:
        return None
    value = secret.get_secret_value().strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        # `docker --env-file` and systemd keep the quotes of a shell's `TOKEN="…"`.
        value = value[1:-1].strip()
    if value.lower().startswith("bot "):
        raise ValueError("the token alone, without “Bot” before it")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("one word of plain ASCII letters, digits and marks, as Discord shows it")
    return SecretStr(value) if value else None


def check_url(value: str) -> str:
    """Return an address of a REST API without a final slash."""
    expected = (
        "an address such as http://127.0.0.1:8080/api/v10, without user name, “?” and “#” in it"
    )
    if not value.isprintable() or " " in value:
        raise ValueError(expected)
    try:
        parts = urlsplit(value)
        is_usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:
        raise ValueError(expected) from error
    if not is_usable or "@" in parts.netloc or "?" in value or "#" in value:
        raise ValueError(expected)
    return value.rstrip("/")


def check_log_level(value: object) -> object:
    """Return the name of a log level in lower case."""
    if isinstance(value, str) and value.lower() in list(LogLevel):
        return value.lower()
    raise ValueError(f"one of {', '.join(LogLevel)}")


def check_home(path: Path) -> Path:
    """Return a path with `~` replaced by the home folder."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("a path; the home folder that its “~” means is not known") from error
