-- Papers that people have saved, by listed or unlisted arXiv ids: `papers` and `lookups` come and go.
CREATE TABLE saved_papers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order of saving
    user_id INTEGER NOT NULL, -- whose it is
    arxiv_id TEXT NOT NULL,
    title TEXT NOT NULL, -- as it was when it was saved
    note TEXT CHECK (note <> ''), -- NULL: none
    saved_at TEXT NOT NULL,
    UNIQUE (user_id, arxiv_id)
) STRICT;

CREATE INDEX saved_papers_in_order ON saved_papers (user_id, id);

CREATE INDEX saved_papers_by_paper ON saved_papers (arxiv_id);

-- Those of saved papers stay, so that there are more than the few of the past days.
CREATE INDEX lookups_by_expiry ON lookups (expires_at);
