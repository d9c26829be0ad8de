"""The Discord bot: scheduled posts, slash commands, and the command line."""
