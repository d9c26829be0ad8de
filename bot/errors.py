"""What a person is told when something they asked for can't be done."""

from config.texts import Argument


class UserError(Exception):
    """A request that can't be met; its text is chosen by `key`, in the person's own language."""

    def __init__(self, key: str, **facts: Argument) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts
