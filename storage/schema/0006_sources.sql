-- Papers that no list has, as services describe them: never in rankings, posts or searches.
CREATE TABLE lookups (
    arxiv_id TEXT PRIMARY KEY,
    facts TEXT CHECK (facts IS NULL OR json_valid(facts)), -- NULL: no service knows it
    service TEXT, -- which one answered
    fetched_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
