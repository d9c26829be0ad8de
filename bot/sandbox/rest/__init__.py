"""The REST API: routes, middlewares, faults and records."""
