-- Times are UTC as `2025-02-21T08:00:00.000000+00:00`, dates are `2025-02-21`: both sort as text.

CREATE TABLE digests (
    id INTEGER PRIMARY KEY,
    date TEXT NOT NULL UNIQUE CHECK (date IS date(date)),
    first_read_at TEXT NOT NULL,
    changed_at TEXT NOT NULL -- when anything in it was last read anew
) STRICT;

-- What stands here of votes, digest_date and rank follows from the tables below. It is kept with the
-- paper so that a ranking is read from one index.
CREATE TABLE papers (
    id INTEGER PRIMARY KEY,
    arxiv_id TEXT NOT NULL UNIQUE CHECK (arxiv_id <> ''),
    title TEXT NOT NULL,
    media_kind TEXT CHECK (media_kind IN ('image', 'video')),
    media_url TEXT,
    text_changed_at TEXT NOT NULL, -- title, authors, media or sections
    votes INTEGER CHECK (votes >= 0),
    votes_read_at TEXT,
    digest_date TEXT NOT NULL, -- of the newest digest that lists it
    rank INTEGER NOT NULL CHECK (rank >= 1), -- in that digest
    CHECK ((media_kind IS NULL) = (media_url IS NULL)),
    CHECK ((votes IS NULL) = (votes_read_at IS NULL))
) STRICT;

CREATE INDEX papers_by_votes ON papers (votes DESC, rank, arxiv_id, digest_date);
CREATE INDEX papers_by_day ON papers (digest_date, votes DESC, rank, arxiv_id);

-- References to papers are checked at the end of a transaction: a paper's row is written after what
-- belongs to it, so that its place in the full-text index is written once.

CREATE TABLE digest_papers (
    digest_id INTEGER NOT NULL REFERENCES digests (id),
    rank INTEGER NOT NULL CHECK (rank >= 1),
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    votes INTEGER CHECK (votes >= 0), -- as last read in this digest
    PRIMARY KEY (digest_id, rank),
    UNIQUE (paper_id, digest_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE vote_readings (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    digest_id INTEGER NOT NULL REFERENCES digests (id),
    votes INTEGER NOT NULL CHECK (votes >= 0),
    read_at TEXT NOT NULL
) STRICT;

CREATE INDEX vote_readings_by_paper ON vote_readings (paper_id);

CREATE TABLE sections (
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL CHECK (position >= 1),
    heading TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (paper_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE authors (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE paper_authors (
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL CHECK (position >= 1),
    author_id INTEGER NOT NULL REFERENCES authors (id),
    PRIMARY KEY (paper_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX paper_authors_by_author ON paper_authors (author_id);

CREATE VIEW listed_papers AS
SELECT
    id,
    arxiv_id,
    title,
    media_kind,
    media_url,
    votes,
    votes_read_at,
    digest_date,
    rank,
    (
        SELECT json_group_array(name)
        FROM (
            SELECT authors.name
            FROM paper_authors
            JOIN authors ON authors.id = paper_authors.author_id
            WHERE paper_authors.paper_id = papers.id
            ORDER BY paper_authors.position
        )
    ) AS authors,
    (
        SELECT json_group_array(json_array(heading, body))
        FROM (
            SELECT heading, body
            FROM sections
            WHERE paper_id = papers.id
            ORDER BY position
        )
    ) AS sections
FROM papers;
