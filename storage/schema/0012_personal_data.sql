-- Who made a schedule and who reported a text can be forgotten, while the schedule and what came of
-- the report stay.

ALTER TABLE schedules ADD COLUMN creator INTEGER; -- NULL: forgotten
UPDATE schedules SET creator = created_by;
ALTER TABLE schedules DROP COLUMN created_by;
ALTER TABLE schedules RENAME COLUMN creator TO created_by;

CREATE INDEX schedules_by_creator ON schedules (created_by);

DROP INDEX reports_by_user;
ALTER TABLE reports ADD COLUMN reporter INTEGER; -- NULL: forgotten
UPDATE reports SET reporter = user_id;
ALTER TABLE reports DROP COLUMN user_id;
ALTER TABLE reports RENAME COLUMN reporter TO user_id;

CREATE INDEX reports_by_user ON reports (user_id, at);

CREATE INDEX history_by_actor ON history (actor_id) WHERE actor_id IS NOT NULL;

CREATE INDEX setup_drafts_by_user ON setup_drafts (user_id);
