-- How much of what the bot posts is read, counted without persons, and what is to be written into the
-- log channels of servers.

CREATE TABLE weekly_counts (
    week TEXT NOT NULL CHECK (week IS date(week)), -- its Monday; UTC
    guild_id INTEGER NOT NULL, -- 0: direct messages, and servers that were forgotten
    posts INTEGER NOT NULL,
    opens INTEGER NOT NULL, -- how often a paper of one of these posts was opened, also later
    opened_posts INTEGER NOT NULL, -- of how many of these posts one was
    threads INTEGER NOT NULL, -- threads begun in the week in which people wrote twice or more
    searches INTEGER NOT NULL,
    added INTEGER NOT NULL, -- how often the server added the bot
    removed INTEGER NOT NULL,
    deleted_early INTEGER NOT NULL, -- schedules that were deleted within 7 days
    PRIMARY KEY (week, guild_id)
) STRICT, WITHOUT ROWID;

-- So that a post counts once as opened.
CREATE TABLE opened_posts (
    delivery_id INTEGER PRIMARY KEY REFERENCES deliveries (id) ON DELETE CASCADE
) STRICT;

-- So that a thread counts once. Its id is also the time at which it began.
CREATE TABLE thread_messages (
    thread_id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL, -- with which it is forgotten
    messages INTEGER NOT NULL CHECK (messages IN (1, 2)) -- by people; 2: or more
) STRICT;

CREATE INDEX thread_messages_by_guild ON thread_messages (guild_id);

-- A press names the message that it was on.
CREATE INDEX parts_by_message ON parts (message_id) WHERE message_id IS NOT NULL;

-- What is to be written into the log channel of a server; deleted once it is there.
CREATE TABLE log_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (
        kind IN ('paused', 'resumed', 'delayed', 'refused', 'no_papers', 'updated')
    ),
    schedule_id INTEGER REFERENCES schedules (id) ON DELETE CASCADE, -- NULL: about the bot
    reason TEXT,
    actor_id INTEGER, -- the Discord user who did it; NULL: the bot
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    for_creator INTEGER NOT NULL CHECK (for_creator IN (0, 1)), -- told if the log can't be written
    nonce TEXT, -- of the message that it is sent in; NULL: not sent yet
    sent_at TEXT,
    CHECK ((nonce IS NULL) = (sent_at IS NULL))
) STRICT;

CREATE INDEX log_entries_by_guild ON log_entries (guild_id, id);
CREATE INDEX log_entries_by_schedule ON log_entries (schedule_id) WHERE schedule_id IS NOT NULL;
