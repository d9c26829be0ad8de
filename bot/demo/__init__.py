"""The demo: the bot in a sandbox, with a sample digest."""
