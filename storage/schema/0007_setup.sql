-- What people have entered on the set-up screen and not started yet.
CREATE TABLE setup_drafts (
    -- An id is never given twice: it stands in the custom_ids of screens.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL, -- whose screen it is
    schedule_id INTEGER REFERENCES schedules (id) ON DELETE CASCADE, -- NULL: of a new schedule
    draft TEXT NOT NULL CHECK (json_valid(draft)),
    updated_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX setup_drafts_by_person
ON setup_drafts (guild_id, user_id, coalesce(schedule_id, 0));

CREATE INDEX setup_drafts_by_schedule ON setup_drafts (schedule_id) WHERE schedule_id IS NOT NULL;
