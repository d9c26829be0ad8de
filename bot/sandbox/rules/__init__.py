"""Discord's rules: permissions, mentions, rate limits, and checks of request bodies."""
