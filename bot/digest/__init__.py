"""Parse digests from Markdown and write them as Markdown. Pure functions of values."""

from bot.digest.parser import parse
from bot.digest.problems import DigestError, Problem, ProblemKind
from bot.digest.published import is_published
from bot.digest.source import date_from_path, decode
from bot.digest.writer import write

__all__ = [
    "DigestError",
    "Problem",
    "ProblemKind",
    "date_from_path",
    "decode",
    "is_published",
    "parse",
    "write",
]
