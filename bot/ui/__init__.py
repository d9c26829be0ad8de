"""Rendering of records as embeds, views and texts for Discord."""
