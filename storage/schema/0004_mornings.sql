ALTER TABLE schedules ADD COLUMN period TEXT NOT NULL DEFAULT 'day'
    CHECK (period IN ('day', 'week', 'month'));
ALTER TABLE schedules ADD COLUMN layout TEXT NOT NULL DEFAULT 'cards'
    CHECK (layout IN ('cards', 'compact', 'thread'));
ALTER TABLE schedules ADD COLUMN days INTEGER NOT NULL DEFAULT 127 CHECK (days BETWEEN 1 AND 127);
ALTER TABLE schedules ADD COLUMN min_votes INTEGER CHECK (min_votes >= 0);
ALTER TABLE schedules ADD COLUMN include TEXT NOT NULL DEFAULT '';
ALTER TABLE schedules ADD COLUMN exclude TEXT NOT NULL DEFAULT '';
ALTER TABLE schedules ADD COLUMN mention INTEGER;
ALTER TABLE schedules ADD COLUMN silent INTEGER NOT NULL DEFAULT 0 CHECK (silent IN (0, 1));
ALTER TABLE schedules ADD COLUMN publish INTEGER NOT NULL DEFAULT 0 CHECK (publish IN (0, 1));
ALTER TABLE schedules ADD COLUMN refresh INTEGER NOT NULL DEFAULT 1 CHECK (refresh IN (0, 1));
ALTER TABLE schedules ADD COLUMN catch_up INTEGER NOT NULL DEFAULT 24
    CHECK (catch_up BETWEEN 0 AND 168);
-- From when its times count: since it was made where NULL, else since they were changed.
ALTER TABLE schedules ADD COLUMN timed_at TEXT;
ALTER TABLE schedules ADD COLUMN paused_at TEXT;
ALTER TABLE schedules ADD COLUMN paused_reason TEXT;
-- Its last turn: the local day, and the moment that it was due.
ALTER TABLE schedules ADD COLUMN last_day TEXT CHECK (last_day IS date(last_day));
ALTER TABLE schedules ADD COLUMN last_due TEXT;
ALTER TABLE schedules ADD COLUMN waiting_until TEXT; -- for something new, in its last turn
ALTER TABLE schedules ADD COLUMN quiet_days INTEGER NOT NULL DEFAULT 0; -- weekdays in a row
ALTER TABLE schedules ADD COLUMN told TEXT; -- what its maker was told last; NULL once it is over

CREATE INDEX schedules_by_channel ON schedules (channel_id);
CREATE INDEX waiting_schedules ON schedules (id) WHERE waiting_until IS NOT NULL;
CREATE INDEX paused_schedules ON schedules (id) WHERE paused_at IS NOT NULL;

DROP VIEW listed_deliveries;

-- What was posted, or is about to be. A schedule posts a subject to a channel once: the row is the
-- lock. By hand it may be posted again; each time has its own serial.
CREATE TABLE new_deliveries (
    id INTEGER PRIMARY KEY,
    schedule_id INTEGER REFERENCES schedules (id) ON DELETE SET NULL,
    channel_id INTEGER NOT NULL,
    subject TEXT NOT NULL, -- `day:2025-02-21`, `week:2025-02-17` (its Monday), `month:2025-02`
    serial INTEGER NOT NULL DEFAULT 0,
    by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
    plan TEXT NOT NULL, -- JSON: what its parts are laid out from, the same each time
    planned_at TEXT NOT NULL,
    looked_at TEXT, -- when the channel was last looked through for parts that nobody noted
    completed_at TEXT,
    outcome TEXT CHECK (outcome IN ('posted', 'nothing', 'given_up')),
    publish INTEGER NOT NULL DEFAULT 0 CHECK (publish IN (0, 1)),
    refresh_at TEXT, -- when its votes are to be brought up to date; NULL once it was done
    UNIQUE (schedule_id, channel_id, subject, serial),
    CHECK ((completed_at IS NULL) = (outcome IS NULL))
) STRICT;

-- What was not completed has no plan to go on with, and no mark to be known by: it is let be.
INSERT INTO new_deliveries (
    id, schedule_id, channel_id, subject, plan, planned_at, completed_at, outcome
)
SELECT
    deliveries.id,
    schedule_id,
    channel_id,
    'day:' || digests.date,
    '{}',
    planned_at,
    coalesce(completed_at, planned_at),
    iif(completed_at IS NULL, 'given_up', 'posted')
FROM deliveries
JOIN digests ON digests.id = deliveries.digest_id;

CREATE TABLE new_delivery_parts (
    delivery_id INTEGER NOT NULL REFERENCES new_deliveries (id) ON DELETE CASCADE,
    part INTEGER NOT NULL CHECK (part >= 1),
    content_hash TEXT NOT NULL,
    nonce TEXT NOT NULL CHECK (length(nonce) BETWEEN 1 AND 25),
    channel_id INTEGER, -- where it went: the delivery's channel, or a thread
    message_id INTEGER, -- NULL too where nobody can tell whether it was sent, and it is let be
    sent_at TEXT,
    published_at TEXT,
    PRIMARY KEY (delivery_id, part),
    CHECK (message_id IS NULL OR sent_at IS NOT NULL),
    CHECK ((message_id IS NULL) = (channel_id IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO new_delivery_parts (
    delivery_id, part, content_hash, nonce, channel_id, message_id, sent_at
)
SELECT
    delivery_id,
    part,
    content_hash,
    nonce,
    iif(message_id IS NULL, NULL, deliveries.channel_id),
    message_id,
    sent_at
FROM delivery_parts
JOIN deliveries ON deliveries.id = delivery_parts.delivery_id;

DROP TABLE delivery_parts;
DROP TABLE deliveries;
ALTER TABLE new_deliveries RENAME TO deliveries;
ALTER TABLE new_delivery_parts RENAME TO delivery_parts;

CREATE INDEX deliveries_by_channel ON deliveries (channel_id, subject);
CREATE INDEX open_deliveries ON deliveries (id) WHERE completed_at IS NULL;
CREATE INDEX deliveries_to_refresh ON deliveries (refresh_at) WHERE refresh_at IS NOT NULL;
CREATE INDEX deliveries_to_publish ON deliveries (id) WHERE publish = 1;
CREATE INDEX parts_by_nonce ON delivery_parts (nonce);

CREATE VIEW listed_deliveries AS
SELECT
    deliveries.*,
    (
        SELECT json_group_array(
            json_array(part, content_hash, nonce, channel_id, message_id, sent_at, published_at)
        )
        FROM (
            SELECT * FROM delivery_parts WHERE delivery_id = deliveries.id ORDER BY part
        )
    ) AS parts
FROM deliveries;

-- What came of each turn of a schedule, and what befell it.
CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    guild_id INTEGER NOT NULL,
    schedule_id INTEGER NOT NULL, -- which may have been removed since
    channel_id INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT,
    subject TEXT,
    delivery_id INTEGER REFERENCES deliveries (id)
) STRICT;

CREATE INDEX history_by_guild ON history (guild_id, id);
CREATE INDEX history_by_schedule ON history (schedule_id, id);

-- Who works: of several processes on one database, one.
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
