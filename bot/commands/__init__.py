"""One file a slash command or group."""
