"""Publish what the bot has read: a folder of digests, pages and a feed that anyone can serve."""
