"""The gateway: connections, sessions, and their events."""
