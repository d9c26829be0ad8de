"""The error of a request that can't be met, which is shown to the person who made it."""

from config.texts import Argument


class UserError(Exception):
    """A request can't be met.

    `key` is the key of the text that the person reads, and `facts` are the arguments of the text.
    """

    def __init__(self, key: str, **facts: Argument) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts
