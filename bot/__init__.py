"""Daily Papers: the morning, the commands, and Discord."""
