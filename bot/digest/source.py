"""Decode and normalize the text of a digest: encoding, Unicode form, newlines, size limits."""

import re
import unicodedata
from datetime import date

from bot.digest.problems import DigestError

MAX_BYTES = 16 * 1024 * 1024
"""Size of one text in UTF-8. All digests of 18 months are 11 MB."""
MAX_LINES = 100_000
"""Lines of one text; all digests of 18 months have 75,000."""
_MAX_COMBINING_MARKS = 64
"""Combining marks in a row; no script needs more than about a dozen."""

_LONG_RUN = re.compile(rf"[^\w\x00-\x7f]{{{_MAX_COMBINING_MARKS + 1},}}")
_DATED_PATH = re.compile(
    r"(?:^|[/\\])(?P<year>\d{4})"
    r"(?:[/\\](?P<month>\d{2})[/\\](?P<day>\d{2})|-(?P<iso_month>\d{2})-(?P<iso_day>\d{2}))"
    r"\.md$",
    re.ASCII | re.IGNORECASE,
)


def decode(data: bytes) -> str:
    """Return the text of a digest's bytes: UTF-8, with or without a byte order mark.

    Raises:
        DigestError: The bytes are not UTF-8 (the message has the offset), or over 16 MiB.
    """
    if len(data) > MAX_BYTES:
        raise _too_large()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from after the byte order mark.
        offset = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        raise DigestError(
            f"is not UTF-8: the byte 0x{data[offset]:02x} at offset {offset} can't be read"
        ) from error


def lines_of(text: str) -> list[str]:
    """Return the lines of a text in normalized form, which the rest of the parser relies on.

    All kinds of newlines are accepted; characters are composed (NFC); the byte order mark and
    trailing whitespace are removed; NUL becomes U+FFFD. Line numbers stay the same.

    Raises:
        DigestError: The text is over 16 MiB or 100,000 lines, or has too many combining marks in a
            row, over which normalization would take quadratic time.
    """
    # A character takes at most 4 bytes, so most texts need no counting.
    if len(text) * 4 > MAX_BYTES and len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _too_large()
    text = text.removeprefix("\ufeff")
    if not unicodedata.is_normalized("NFC", text):
        _check_combining_marks(text)
        text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if (count := text.count("\n")) >= MAX_LINES:
        raise DigestError(f"has {count + 1:,} lines; at most {MAX_LINES:,} are read")
    return [line.rstrip(" \t") for line in text.split("\n")]


def date_from_path(path: str) -> date | None:
    """Return the date at the end of a path, `…/2025/02/21.md` or `…/2025-02-21.md`.

    Returns `None` if there is no date or an invalid one.
    """
    match = _DATED_PATH.search(path)
    if match is None:
        return None
    month, day = match["month"] or match["iso_month"], match["day"] or match["iso_day"]
    try:
        return date(int(match["year"]), int(month), int(day))
    except ValueError:
        return None


def _too_large() -> DigestError:
    return DigestError(f"is larger than {MAX_BYTES // 1024 // 1024} MiB: no digest is")


def _check_combining_marks(text: str) -> None:
    """Refuse long runs of combining marks: composing them would take quadratic time."""
    for run in _LONG_RUN.finditer(text):
        if sum(unicodedata.combining(mark) > 0 for mark in run[0]) > _MAX_COMBINING_MARKS:
            line = text.count("\n", 0, run.start()) + 1
            raise DigestError(
                f"line {line} has over {_MAX_COMBINING_MARKS} combining marks in a row"
            )
