"""A Discord on this machine, to try a bot and to test it."""
