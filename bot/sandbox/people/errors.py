"""The error of actions that Discord's client would not send."""


class NotSentError(Exception):
    """Discord's client would not send this, and so nothing is sent to the bot.

    Such as a command that is not registered, an option out of its range, a disabled button.

    Attributes:
        text: what is wrong, with `{name}`s for the facts: by it a translation is found.
        facts: what stands in their place.
    """

    def __init__(self, text: str, /, **facts: object) -> None:
        """Take what is wrong; without facts, braces in the text are just characters."""
        super().__init__(text.format(**facts) if facts else text)
        self.text = text
        self.facts = facts
