"""The REST API, a module a subject."""
