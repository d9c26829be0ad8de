"""What keeps the database: daily copies, and removal of what is over. Stored jobs."""
