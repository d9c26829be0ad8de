-- Stored jobs, stored messages, and what later versions need of schedules, history and servers.

CREATE TABLE new_schedules (
    -- An id is never given twice: it stands in logs, jobs and the history.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1, -- grows with each edit
    channel_id INTEGER NOT NULL,
    time TEXT NOT NULL CHECK (time IS strftime('%H:%M', time) AND time < '24:00'), -- local
    timezone TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 25),
    language TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period IN ('day', 'week', 'month')),
    layout TEXT NOT NULL CHECK (layout IN ('brief', 'cards', 'thread')),
    days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 127),
    min_votes INTEGER CHECK (min_votes >= 0),
    include TEXT NOT NULL,
    exclude TEXT NOT NULL,
    mention INTEGER,
    silent INTEGER NOT NULL CHECK (silent IN (0, 1)),
    publish INTEGER NOT NULL CHECK (publish IN (0, 1)),
    refresh INTEGER NOT NULL CHECK (refresh IN (0, 1)),
    catch_up INTEGER NOT NULL CHECK (catch_up BETWEEN 0 AND 168),
    timed_at TEXT, -- occurrences before it don't count; NULL: before created_at
    last_day TEXT CHECK (last_day IS date(last_day)), -- local day of the last claimed occurrence
    last_due TEXT, -- and the moment it was due
    paused_at TEXT,
    paused_reason TEXT,
    notified TEXT, -- the reason its creator was last told; NULL again after a post
    deleted_at TEXT,
    CHECK ((paused_at IS NULL) = (paused_reason IS NULL)),
    CHECK ((last_day IS NULL) = (last_due IS NULL))
) STRICT;

-- AUTOINCREMENT goes on behind the highest id ever given, also where that schedule was removed.
INSERT INTO sqlite_sequence (name, seq)
SELECT 'new_schedules', seq FROM sqlite_sequence WHERE name = 'schedules';

-- What waited for a late digest had claimed its occurrence; now it is claimed when it is planned.
INSERT INTO new_schedules (
    id, guild_id, created_by, created_at, channel_id, time, timezone, count, language, period,
    layout, days, min_votes, include, exclude, mention, silent, publish, refresh, catch_up,
    timed_at, last_day, last_due, paused_at, paused_reason, notified
)
SELECT
    id, guild_id, created_by, created_at, channel_id, time, timezone, count, language, period,
    iif(layout = 'compact', 'brief', layout), days, min_votes, include, exclude, mention, silent,
    publish, refresh, catch_up, timed_at,
    iif(waiting_until IS NULL AND last_due IS NOT NULL, last_day, NULL),
    iif(waiting_until IS NULL AND last_day IS NOT NULL, last_due, NULL),
    paused_at,
    iif(paused_at IS NULL, NULL, coalesce(paused_reason, 'asked')),
    nullif(told, 'quiet')
FROM schedules;

DROP VIEW listed_deliveries;
DROP TABLE schedules;
ALTER TABLE new_schedules RENAME TO schedules;

CREATE INDEX schedules_by_guild ON schedules (guild_id);
CREATE INDEX schedules_by_channel ON schedules (channel_id);

-- Messages as they are sent, without the marks: equal posts of many channels share one row.
CREATE TABLE messages (
    hash TEXT PRIMARY KEY, -- of format and body
    format INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    used_at TEXT NOT NULL -- when a post was last planned with it
) STRICT, WITHOUT ROWID;

-- What was posted, or is about to be. A schedule posts a coverage to a channel once: the row is the
-- lock. By hand it may be posted again; each time has its own serial.
CREATE TABLE new_deliveries (
    id INTEGER PRIMARY KEY,
    schedule_id INTEGER REFERENCES schedules (id) ON DELETE SET NULL,
    channel_id INTEGER NOT NULL,
    coverage TEXT NOT NULL, -- `day:2025-02-21`, `week:2025-02-17` (its Monday), `month:2025-02`
    serial INTEGER NOT NULL DEFAULT 0,
    by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
    plan TEXT NOT NULL CHECK (json_valid(plan)), -- options, paper ids in order, total
    planned_at TEXT NOT NULL,
    replan INTEGER NOT NULL DEFAULT 0 CHECK (replan IN (0, 1)), -- its schedule was edited since
    completed_at TEXT,
    outcome TEXT CHECK (outcome IN ('posted', 'nothing', 'given_up')),
    UNIQUE (schedule_id, channel_id, coverage, serial),
    CHECK ((completed_at IS NULL) = (outcome IS NULL))
) STRICT;

INSERT INTO new_deliveries (
    id, schedule_id, channel_id, coverage, serial, by_hand, plan, planned_at, completed_at, outcome
)
SELECT
    id, schedule_id, channel_id, subject, serial, by_hand,
    CASE
        WHEN NOT json_valid(plan) THEN '{}'
        WHEN json_extract(plan, '$.layout') = 'compact' THEN json_set(plan, '$.layout', 'brief')
        ELSE plan
    END,
    planned_at, completed_at, outcome
FROM deliveries;

CREATE TABLE parts (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 1),
    -- Of `messages`, whose row is deleted once nobody needs it. NULL: planned by version 0.1.0.
    message_hash TEXT,
    mark TEXT NOT NULL, -- in the message's custom_ids; by it the message is found again
    nonce TEXT NOT NULL CHECK (length(nonce) BETWEEN 1 AND 25),
    state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'skipped')),
    reason TEXT CHECK (reason IS NULL OR state = 'skipped'),
    reconciled_at TEXT, -- when the channel was last searched for it
    channel_id INTEGER, -- where it went: the delivery's channel, or a thread
    message_id INTEGER,
    sent_at TEXT,
    published_at TEXT,
    PRIMARY KEY (delivery_id, position),
    CHECK ((state = 'sent') = (message_id IS NOT NULL)),
    CHECK ((message_id IS NULL) = (channel_id IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO parts (
    delivery_id, position, mark, nonce, state, reason, reconciled_at, channel_id, message_id,
    sent_at, published_at
)
SELECT
    delivery_id, part, nonce, nonce,
    CASE
        WHEN message_id IS NOT NULL THEN 'sent'
        WHEN delivery_parts.sent_at IS NOT NULL OR completed_at IS NOT NULL THEN 'skipped'
        ELSE 'planned'
    END,
    CASE
        WHEN message_id IS NOT NULL THEN NULL
        WHEN delivery_parts.sent_at IS NOT NULL THEN 'unknown'
        WHEN completed_at IS NOT NULL THEN 'too_late'
    END,
    looked_at, delivery_parts.channel_id, message_id, sent_at, published_at
FROM delivery_parts
JOIN deliveries ON deliveries.id = delivery_parts.delivery_id;

-- Pieces of work with a time, in lanes of one at a time. `key` makes each unique.
CREATE TABLE jobs (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    schedule_id INTEGER REFERENCES schedules (id) ON DELETE CASCADE,
    delivery_id INTEGER REFERENCES deliveries (id) ON DELETE CASCADE,
    payload TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(payload)),
    lane TEXT NOT NULL,
    priority INTEGER NOT NULL,
    run_at TEXT NOT NULL,
    not_before TEXT, -- until then it waits to be tried again, or for what it lacks
    expires_at TEXT,
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    reason TEXT -- why it was not done at the last attempt
) STRICT, WITHOUT ROWID;

-- What 0.1.0 had still to do after a post was sent. Jobs of schedules and open deliveries are
-- written at the next start, since they need the time zones' rules.
INSERT INTO jobs (key, kind, schedule_id, delivery_id, lane, priority, run_at, expires_at)
SELECT
    'publish:' || id, 'publish', schedule_id, id, 'after:' || channel_id, 2, completed_at,
    strftime('%Y-%m-%dT%H:%M:%f000+00:00', completed_at, '+1 day')
FROM deliveries
WHERE publish = 1 AND outcome = 'posted' AND schedule_id IS NOT NULL;

INSERT INTO jobs (key, kind, schedule_id, delivery_id, lane, priority, run_at, expires_at)
SELECT
    'refresh:' || id, 'refresh', schedule_id, id, 'after:' || channel_id, 3, refresh_at,
    strftime('%Y-%m-%dT%H:%M:%f000+00:00', refresh_at, '+1 day')
FROM deliveries
WHERE refresh_at IS NOT NULL AND outcome = 'posted' AND schedule_id IS NOT NULL;

-- What came of each occurrence of a schedule, and what happened to the schedule.
CREATE TABLE new_history (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    guild_id INTEGER NOT NULL,
    schedule_id INTEGER NOT NULL, -- which may have been deleted since
    channel_id INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    coverage TEXT,
    actor_id INTEGER, -- the Discord user who did it; NULL: the bot
    delivery_id INTEGER REFERENCES deliveries (id) ON DELETE SET NULL
) STRICT;

INSERT INTO new_history (
    id, at, guild_id, schedule_id, channel_id, outcome, reason, coverage, delivery_id
)
SELECT
    id, at, guild_id, schedule_id, channel_id,
    iif(outcome = 'paused_turn', 'not_posted', outcome),
    CASE detail
        WHEN 'clock' THEN 'scheduled'
        WHEN 'hand' THEN 'by_hand'
        WHEN 'removed' THEN 'deleted'
        ELSE detail
    END,
    subject, delivery_id
FROM history;

DROP TABLE history;
DROP TABLE delivery_parts;
DROP TABLE deliveries;
ALTER TABLE new_deliveries RENAME TO deliveries;
ALTER TABLE new_history RENAME TO history;

CREATE INDEX deliveries_by_channel ON deliveries (channel_id, coverage);
CREATE INDEX open_deliveries ON deliveries (schedule_id) WHERE completed_at IS NULL;
CREATE INDEX history_by_guild ON history (guild_id, id);
CREATE INDEX history_by_schedule ON history (schedule_id, id);
CREATE INDEX history_by_delivery ON history (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX planned_parts ON parts (message_hash) WHERE state = 'planned';
CREATE INDEX jobs_by_time ON jobs (max(run_at, coalesce(not_before, '')));
CREATE INDEX jobs_by_schedule ON jobs (schedule_id) WHERE schedule_id IS NOT NULL;
CREATE INDEX jobs_by_delivery ON jobs (delivery_id) WHERE delivery_id IS NOT NULL;

CREATE VIEW listed_deliveries AS
SELECT
    deliveries.*,
    (
        SELECT json_group_array(
            json_array(
                position, message_hash, mark, nonce, state, reason, reconciled_at, channel_id,
                message_id, sent_at, published_at
            )
        )
        FROM (SELECT * FROM parts WHERE delivery_id = deliveries.id ORDER BY position)
    ) AS parts
FROM deliveries;

-- What is known of a server beyond its schedules.
CREATE TABLE guilds (
    id INTEGER PRIMARY KEY,
    timezone TEXT,
    language TEXT,
    log_channel_id INTEGER,
    welcomed_at TEXT,
    left_at TEXT -- when it removed the bot; NULL while the bot is in it
) STRICT;

-- Grow when papers, or votes alone, change: what was worked out from them before is outdated then.
CREATE TABLE content_versions (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    papers INTEGER NOT NULL,
    votes INTEGER NOT NULL
) STRICT;

INSERT INTO content_versions (id, papers, votes) VALUES (1, 0, 0);

ALTER TABLE notes RENAME TO key_value;

DROP TABLE leases;
