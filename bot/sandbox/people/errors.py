"""What Discord's own client would not let a person do."""


class NotSentError(Exception):
    """Discord's client would not let a person do this: nothing is sent to the bot.

    Such as a command that is not registered, an option out of its range, a disabled button.
    """
