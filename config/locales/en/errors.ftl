# What a person is told, in private, when something fails.
error-unknown = Something went wrong here. It has been noted; please try again later.
error-storage = The database can't be used at the moment. Please try again in a few minutes.
error-rate-limited = Discord is limiting the bot's requests at the moment. Please try again in a few minutes.
error-guild-only = This works in a server only, not in direct messages.
error-not-in-guild = I'm not in this server. Add me to it, then try again.
error-manage-server = You need the permission “Manage Server” for this.
error-outdated = This button is from an older version. Please use the command again.
error-option = “{ $value }” can't be used here. Choose from what Discord offers.

# While the database has no papers.
no-papers-yet = No papers yet. They appear here after the first daily update.
no-papers-yet-manager = No papers yet. They appear here after the first daily update. If it doesn’t come, the reason is in the bot’s log.
no-papers-yet-reading = No papers yet. They are being read right now; please try again in a minute.
