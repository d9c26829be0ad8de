CREATE TABLE schedules (
    -- An id is never given twice: it stands in logs and in the alarm clock.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    time TEXT NOT NULL CHECK (time IS strftime('%H:%M', time) AND time < '24:00'), -- local
    timezone TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 25),
    language TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE INDEX schedules_by_guild ON schedules (guild_id);

-- What was posted, or is about to be. A channel gets a digest once: the row is the lock.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL,
    digest_id INTEGER NOT NULL REFERENCES digests (id),
    schedule_id INTEGER REFERENCES schedules (id) ON DELETE SET NULL,
    planned_at TEXT NOT NULL,
    completed_at TEXT,
    UNIQUE (channel_id, digest_id)
) STRICT;

CREATE INDEX deliveries_by_schedule ON deliveries (schedule_id);
CREATE INDEX open_deliveries ON deliveries (id) WHERE completed_at IS NULL;

CREATE TABLE delivery_parts (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    part INTEGER NOT NULL CHECK (part >= 1),
    content_hash TEXT NOT NULL,
    nonce TEXT NOT NULL CHECK (length(nonce) BETWEEN 1 AND 25),
    message_id INTEGER,
    sent_at TEXT,
    PRIMARY KEY (delivery_id, part),
    CHECK ((message_id IS NULL) = (sent_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE VIEW listed_deliveries AS
SELECT
    deliveries.id,
    channel_id,
    schedule_id,
    digests.date,
    planned_at,
    completed_at,
    (
        SELECT json_group_array(json_array(part, content_hash, nonce, message_id, sent_at))
        FROM (
            SELECT * FROM delivery_parts WHERE delivery_id = deliveries.id ORDER BY part
        )
    ) AS parts
FROM deliveries
JOIN digests ON digests.id = deliveries.digest_id;

-- Small facts that the program remembers.
CREATE TABLE notes (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
