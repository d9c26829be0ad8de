"""Markdown in, records out; records in, Markdown out."""
