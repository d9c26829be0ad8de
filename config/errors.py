"""The errors of settings."""

from collections.abc import Iterable


class SettingsError(Exception):
    """Settings that cannot be used; `str()` of it is for the operator.

    It never holds a value that was given: one of them may be the token, under a wrong name too.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
