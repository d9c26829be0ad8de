"""Stored jobs: the runner, its scheduler and its watchdog. Knows no kind of job."""
