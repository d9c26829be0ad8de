# What a person is told, in private, when something fails.
error-unknown = Something went wrong. It was logged; please try again later.
error-storage = The database is unavailable right now. Please try again in a few minutes.
error-rate-limited = Discord is limiting my requests right now. Please try again in a few minutes.
error-guild-only = This command only works in a server.
error-not-in-guild = I'm not in this server. Add me, then try again.
error-manage-server = You need the Manage Server permission.
error-outdated = This button or command is from an older version. Please use the command again.
error-option = “{ $value }” isn't a valid choice. Pick one from the list.

# While the database has no papers.
no-papers-yet = No papers yet. They appear here after the first daily update.
no-papers-yet-manager = No papers yet. They appear here after the first daily update. If it doesn't come, the reason is in the bot's log.
no-papers-yet-reading = No papers yet. I'm loading them now; please try again in a minute.
