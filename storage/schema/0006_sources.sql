-- Where papers come from. Each source keeps what it said of a day; the merged list (digests,
-- digest_papers, papers) is computed from all of them, anew for a day when one of them changes.

-- Their state; the settings say which ones are read, and how.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('folder', 'url', 'huggingface', 'writer')),
    precedence INTEGER NOT NULL, -- where sources differ, the one with the lowest counts
    succeeded_at TEXT, -- when it was last read
    failed_at TEXT, -- when that last failed
    error TEXT -- why it failed then; NULL once it was read again
) STRICT;

-- What is read by `ingest` and from the folder `digests`, always last.
INSERT INTO sources (id, name, kind, precedence) VALUES (1, 'files', 'folder', 1000000);

CREATE TABLE source_days (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    day TEXT NOT NULL CHECK (day IS date(day)),
    opened_at TEXT, -- when the list began to fill; NULL: it is complete when it arrives
    closed_at TEXT, -- when it is complete
    arrived_at TEXT, -- when the first papers came; NULL: none so far
    checked_at TEXT, -- when it was last asked for, with or without success
    read_at TEXT, -- when it was last read with success, with or without papers
    etag TEXT, -- what a server needs to say that nothing has changed
    body_hash TEXT, -- of the newest answer
    error TEXT, -- why the last attempt failed; NULL if it didn't
    PRIMARY KEY (source_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX source_days_by_day ON source_days (day);

-- What a source said last of a paper in a list, apart from its sections. A list that lost papers
-- sets gone_at and deletes nothing.
CREATE TABLE source_papers (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    day TEXT NOT NULL,
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL CHECK (position >= 1),
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    gone_at TEXT,
    PRIMARY KEY (source_id, day, paper_id),
    FOREIGN KEY (source_id, day) REFERENCES source_days (source_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX source_papers_by_paper ON source_papers (paper_id, source_id, day);

INSERT INTO source_days (source_id, day, arrived_at, checked_at, read_at)
SELECT
    1, date,
    iif(EXISTS (SELECT 1 FROM digest_papers WHERE digest_id = digests.id), first_read_at, NULL),
    changed_at, changed_at
FROM digests;

INSERT INTO source_papers (source_id, day, paper_id, position, facts)
SELECT
    1, digests.date, papers.id, digest_papers.rank,
    json_object(
        'arxiv_id', listed_papers.arxiv_id,
        'title', listed_papers.title,
        'votes', digest_papers.votes,
        'read_at', (
            SELECT max(read_at)
            FROM vote_readings
            WHERE paper_id = papers.id AND digest_id = digests.id
        ),
        'authors', json(listed_papers.authors),
        'media', CASE WHEN listed_papers.media_kind IS NOT NULL THEN
            json_object('kind', listed_papers.media_kind, 'url', listed_papers.media_url)
        END
    )
FROM digest_papers
JOIN digests ON digests.id = digest_papers.digest_id
JOIN papers ON papers.id = digest_papers.paper_id
JOIN listed_papers ON listed_papers.id = digest_papers.paper_id;

-- Papers: what live sources know.

DROP VIEW listed_papers;

ALTER TABLE papers ADD COLUMN votes_as_of TEXT; -- of `votes`: newer ones replace them
ALTER TABLE papers ADD COLUMN abstract TEXT;
ALTER TABLE papers ADD COLUMN summary TEXT;
ALTER TABLE papers ADD COLUMN keywords TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(keywords));
ALTER TABLE papers ADD COLUMN organization TEXT;
ALTER TABLE papers ADD COLUMN code_url TEXT;
ALTER TABLE papers ADD COLUMN code_stars INTEGER CHECK (code_stars >= 0);
ALTER TABLE papers ADD COLUMN project_url TEXT;
ALTER TABLE papers ADD COLUMN comments INTEGER CHECK (comments >= 0);
ALTER TABLE papers ADD COLUMN submitted_at TEXT;
ALTER TABLE papers ADD COLUMN withdrawn_at TEXT;
ALTER TABLE papers ADD COLUMN authors_ordered INTEGER NOT NULL DEFAULT 0
    CHECK (authors_ordered IN (0, 1));

UPDATE papers
SET votes_as_of = (
    SELECT max(digests.date) || 'T00:00:00.000000+00:00'
    FROM digest_papers
    JOIN digests ON digests.id = digest_papers.digest_id
    WHERE digest_papers.paper_id = papers.id AND digest_papers.votes IS NOT NULL
)
WHERE votes IS NOT NULL;

-- Vote readings: from a source instead of in a digest.

CREATE TABLE new_vote_readings (
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    as_of TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    votes INTEGER NOT NULL CHECK (votes >= 0),
    PRIMARY KEY (paper_id, as_of, source_id)
) STRICT, WITHOUT ROWID;

-- Of readings of two digests at the same time, the newest digest's counts.
INSERT OR REPLACE INTO new_vote_readings (paper_id, as_of, source_id, votes)
SELECT paper_id, read_at, 1, votes
FROM vote_readings
JOIN digests ON digests.id = vote_readings.digest_id
ORDER BY digests.date, vote_readings.id;

DROP TABLE vote_readings;
ALTER TABLE new_vote_readings RENAME TO vote_readings;

-- Sections: several texts of a paper, by language and source. Triggers that mention `sections` are
-- dropped with it, the others below.

DROP TRIGGER papers_index_insert;
DROP TRIGGER papers_index_before_update;
DROP TRIGGER papers_index_after_update;
DROP TRIGGER papers_index_delete;
DROP TRIGGER paper_authors_index_before_insert;
DROP TRIGGER paper_authors_index_after_insert;
DROP TRIGGER paper_authors_index_before_update;
DROP TRIGGER paper_authors_index_after_update;
DROP TRIGGER paper_authors_index_before_delete;
DROP TRIGGER paper_authors_index_after_delete;
DROP TRIGGER authors_index_before_update;
DROP TRIGGER authors_index_after_update;
DROP VIEW paper_texts;

CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    language TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    written_at TEXT NOT NULL,
    day TEXT CHECK (day IS date(day)), -- of the newest list that has it; NULL: it is of no list
    UNIQUE (paper_id, language, source_id)
) STRICT;

CREATE TABLE new_sections (
    text_id INTEGER NOT NULL REFERENCES texts (id) ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL CHECK (position >= 1),
    heading TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (text_id, position)
) STRICT, WITHOUT ROWID;

-- A text is Korean if it has any Hangul, as `storage.languages` has it.
INSERT INTO texts (id, paper_id, language, source_id, written_at, day)
SELECT
    papers.id, papers.id, iif(max(body GLOB '*[가-힣]*'), 'ko', 'en'), 1, papers.text_changed_at,
    papers.digest_date
FROM sections
JOIN papers ON papers.id = sections.paper_id
GROUP BY papers.id;

INSERT INTO new_sections (text_id, position, heading, body)
SELECT paper_id, position, heading, body FROM sections;

DROP TABLE sections;
ALTER TABLE new_sections RENAME TO sections;

CREATE VIEW listed_papers AS
SELECT
    papers.*,
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
        SELECT json_group_array(json_array(language, source, json(sections)))
        FROM (
            SELECT
                texts.language,
                sources.name AS source,
                (
                    SELECT json_group_array(json_array(heading, body))
                    FROM (
                        SELECT heading, body
                        FROM sections
                        WHERE text_id = texts.id
                        ORDER BY position
                    )
                ) AS sections
            FROM texts
            JOIN sources ON sources.id = texts.source_id
            WHERE texts.paper_id = papers.id
            ORDER BY sources.precedence, texts.id
        )
    ) AS texts
FROM papers;

-- The full-text index. For papers without abstract and summary the view returns what it did before,
-- so the index stays right as it is.

CREATE VIEW paper_texts AS
SELECT
    id,
    title,
    (
        SELECT group_concat(name, char(10))
        FROM (
            SELECT authors.name
            FROM paper_authors
            JOIN authors ON authors.id = paper_authors.author_id
            WHERE paper_authors.paper_id = papers.id
            ORDER BY paper_authors.position
        )
    ) AS authors,
    coalesce(
        (
            SELECT group_concat(body, char(10))
            FROM (
                SELECT sections.body
                FROM texts
                JOIN sections ON sections.text_id = texts.id
                WHERE texts.paper_id = papers.id
                ORDER BY texts.id, sections.position
            )
        ),
        ''
    ) || coalesce(char(10) || abstract, '') || coalesce(char(10) || summary, '') AS body
FROM papers;

CREATE TRIGGER papers_index_insert AFTER INSERT ON papers
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = NEW.id;
    INSERT INTO title_words (rowid, title) VALUES (NEW.id, NEW.title);
END;

CREATE TRIGGER papers_index_before_update
BEFORE UPDATE OF id, title, abstract, summary ON papers
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.id;
    INSERT INTO title_words (title_words, rowid, title) VALUES ('delete', OLD.id, OLD.title);
END;

CREATE TRIGGER papers_index_after_update
AFTER UPDATE OF id, title, abstract, summary ON papers
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = NEW.id;
    INSERT INTO title_words (rowid, title) VALUES (NEW.id, NEW.title);
END;

CREATE TRIGGER papers_index_delete BEFORE DELETE ON papers
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.id;
    INSERT INTO title_words (title_words, rowid, title) VALUES ('delete', OLD.id, OLD.title);
END;

-- Rows that belong to no paper yet find nothing in the view, and change nothing.

CREATE TRIGGER texts_index_before_update BEFORE UPDATE OF id, paper_id ON texts
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;

CREATE TRIGGER texts_index_after_update AFTER UPDATE OF id, paper_id ON texts
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;

CREATE TRIGGER texts_index_before_delete BEFORE DELETE ON texts
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
END;

CREATE TRIGGER texts_index_after_delete AFTER DELETE ON texts
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
END;

-- Sections that are deleted with their text find no text, and change nothing.

CREATE TRIGGER sections_index_before_insert BEFORE INSERT ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id = (SELECT paper_id FROM texts WHERE id = NEW.text_id);
END;

CREATE TRIGGER sections_index_after_insert AFTER INSERT ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body
    FROM paper_texts WHERE id = (SELECT paper_id FROM texts WHERE id = NEW.text_id);
END;

CREATE TRIGGER sections_index_before_update BEFORE UPDATE OF text_id, position, body ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts
    WHERE id IN (SELECT paper_id FROM texts WHERE id IN (OLD.text_id, NEW.text_id));
END;

CREATE TRIGGER sections_index_after_update AFTER UPDATE OF text_id, position, body ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body
    FROM paper_texts
    WHERE id IN (SELECT paper_id FROM texts WHERE id IN (OLD.text_id, NEW.text_id));
END;

CREATE TRIGGER sections_index_before_delete BEFORE DELETE ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id = (SELECT paper_id FROM texts WHERE id = OLD.text_id);
END;

CREATE TRIGGER sections_index_after_delete AFTER DELETE ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body
    FROM paper_texts WHERE id = (SELECT paper_id FROM texts WHERE id = OLD.text_id);
END;

CREATE TRIGGER paper_authors_index_before_insert BEFORE INSERT ON paper_authors
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = NEW.paper_id;
END;

CREATE TRIGGER paper_authors_index_after_insert AFTER INSERT ON paper_authors
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = NEW.paper_id;
END;

CREATE TRIGGER paper_authors_index_before_update BEFORE UPDATE ON paper_authors
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;

CREATE TRIGGER paper_authors_index_after_update AFTER UPDATE ON paper_authors
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;

CREATE TRIGGER paper_authors_index_before_delete BEFORE DELETE ON paper_authors
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
END;

CREATE TRIGGER paper_authors_index_after_delete AFTER DELETE ON paper_authors
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
END;

CREATE TRIGGER authors_index_before_update BEFORE UPDATE OF name ON authors
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id IN (SELECT paper_id FROM paper_authors WHERE author_id = OLD.id);
END;

CREATE TRIGGER authors_index_after_update AFTER UPDATE OF name ON authors
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body
    FROM paper_texts WHERE id IN (SELECT paper_id FROM paper_authors WHERE author_id = NEW.id);
END;

-- Jobs: a run that ends deletes only the job that it has read, not one that was written meanwhile.
ALTER TABLE jobs ADD COLUMN write_id INTEGER NOT NULL DEFAULT 0; -- random, for each write

-- Papers that no list has, as services describe them: never in rankings, posts or searches.
CREATE TABLE lookups (
    arxiv_id TEXT PRIMARY KEY,
    facts TEXT CHECK (facts IS NULL OR json_valid(facts)), -- NULL: no service knows it
    service TEXT, -- which one answered
    fetched_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
