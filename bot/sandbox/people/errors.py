"""The error of actions that Discord's client would not send."""


class NotSentError(Exception):
    """Discord's client would not send this, and so nothing is sent to the bot.

    Such as a command that is not registered, an option out of its range, a disabled button.
    """
