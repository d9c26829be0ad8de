"""Stored jobs that look after the database: daily copies, and removal of what is over."""
