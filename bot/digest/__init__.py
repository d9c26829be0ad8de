"""Markdown in, records out; records in, Markdown out."""

from bot.digest.problems import DigestError, Problem, ProblemKind
from bot.digest.reading import parse
from bot.digest.source import date_from_path, decode
from bot.digest.writing import write

__all__ = ["DigestError", "Problem", "ProblemKind", "date_from_path", "decode", "parse", "write"]
