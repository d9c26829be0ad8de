-- One full-text index of tokens that Python makes (storage/tokens.py). Triggers only note which papers
-- changed; storage/search_index.py indexes them, in the same transaction where papers are stored, and
-- the papers of older databases at the next start.

DROP TRIGGER papers_index_insert;
DROP TRIGGER papers_index_before_update;
DROP TRIGGER papers_index_after_update;
DROP TRIGGER papers_index_delete;
DROP TRIGGER texts_index_before_update;
DROP TRIGGER texts_index_after_update;
DROP TRIGGER texts_index_before_delete;
DROP TRIGGER texts_index_after_delete;
DROP TRIGGER sections_index_before_insert;
DROP TRIGGER sections_index_after_insert;
DROP TRIGGER sections_index_before_update;
DROP TRIGGER sections_index_after_update;
DROP TRIGGER sections_index_before_delete;
DROP TRIGGER sections_index_after_delete;
DROP TRIGGER paper_authors_index_before_insert;
DROP TRIGGER paper_authors_index_after_insert;
DROP TRIGGER paper_authors_index_before_update;
DROP TRIGGER paper_authors_index_after_update;
DROP TRIGGER paper_authors_index_before_delete;
DROP TRIGGER paper_authors_index_after_delete;
DROP TRIGGER authors_index_before_update;
DROP TRIGGER authors_index_after_update;
DROP TABLE paper_words;
DROP TABLE title_words;
DROP VIEW paper_texts;

-- What is indexed of a paper.
CREATE VIEW paper_texts AS
SELECT
    id,
    title,
    keywords,
    organization,
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
        SELECT json_group_array(body)
        FROM (
            SELECT sections.body
            FROM texts
            JOIN sections ON sections.text_id = texts.id
            WHERE texts.paper_id = papers.id AND texts.hidden_at IS NULL
            ORDER BY texts.id, sections.position
        )
    ) AS sections,
    abstract,
    summary
FROM papers;

-- The tokens. FTS5 keeps no copy: what it takes back of a paper must be what it was given, which is
-- in `paper_tokens`.
CREATE VIRTUAL TABLE paper_index USING fts5 (
    title,
    authors,
    organization,
    keywords,
    body,
    compounds,
    content = '',
    tokenize = 'ascii'
);

-- A day adds one small segment: merging them by eights costs less writing than by fours.
INSERT INTO paper_index (paper_index, rank) VALUES ('automerge', 8);

CREATE TABLE paper_tokens (
    paper_id INTEGER PRIMARY KEY,
    tokens BLOB NOT NULL -- of each column of `paper_index` a line, compressed
) STRICT;

-- Titles by themselves, for suggestions while someone types: what is looked through stays small, and
-- the first letters typed have an index of their own.
CREATE VIRTUAL TABLE title_index USING fts5 (title, content = '', prefix = '1', tokenize = 'ascii');

INSERT INTO title_index (title_index, rank) VALUES ('automerge', 8);

-- English words, and the pairs with which Korean ones begin, with how many papers have them: for
-- inflected forms, longer words, spellings, and how much a word counts.
CREATE TABLE search_words (
    word TEXT PRIMARY KEY,
    stem TEXT, -- NULL: it is no English word, and has no other forms
    papers INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX search_words_by_stem ON search_words (stem) WHERE stem IS NOT NULL;

-- Authors and organizations, with how many papers have them; a name that papers lost may have fewer.
CREATE TABLE search_names (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('author', 'org')),
    name TEXT NOT NULL,
    papers INTEGER NOT NULL,
    UNIQUE (kind, name)
) STRICT;

CREATE INDEX search_names_by_papers ON search_names (kind, papers DESC, name);

CREATE INDEX papers_by_organization ON papers (organization) WHERE organization IS NOT NULL;

-- Their tokens.
CREATE VIRTUAL TABLE name_index USING fts5 (
    author,
    org,
    content = '',
    prefix = '1 2',
    tokenize = 'ascii'
);

-- Papers to index anew.
CREATE TABLE stale_papers (paper_id INTEGER PRIMARY KEY) STRICT;

INSERT INTO stale_papers (paper_id) SELECT id FROM papers;

CREATE TRIGGER papers_stale_insert AFTER INSERT ON papers
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER papers_stale_update
AFTER UPDATE OF id, title, abstract, summary, keywords, organization ON papers
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.id), (NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER papers_stale_delete AFTER DELETE ON papers
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER texts_stale_update AFTER UPDATE OF id, paper_id, hidden_at ON texts
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.paper_id), (NEW.paper_id)
    ON CONFLICT DO NOTHING;
END;

-- Before: the sections that go with it find no text then.
CREATE TRIGGER texts_stale_delete BEFORE DELETE ON texts
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.paper_id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER sections_stale_insert AFTER INSERT ON sections
BEGIN
    INSERT INTO stale_papers (paper_id) SELECT paper_id FROM texts WHERE id = NEW.text_id
    ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER sections_stale_update AFTER UPDATE OF text_id, position, body ON sections
BEGIN
    INSERT INTO stale_papers (paper_id)
    SELECT paper_id FROM texts WHERE id IN (OLD.text_id, NEW.text_id)
    ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER sections_stale_delete AFTER DELETE ON sections
BEGIN
    INSERT INTO stale_papers (paper_id) SELECT paper_id FROM texts WHERE id = OLD.text_id
    ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER paper_authors_stale_insert AFTER INSERT ON paper_authors
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (NEW.paper_id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER paper_authors_stale_update AFTER UPDATE ON paper_authors
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.paper_id), (NEW.paper_id)
    ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER paper_authors_stale_delete AFTER DELETE ON paper_authors
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.paper_id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER authors_stale_update AFTER UPDATE OF name ON authors
BEGIN
    INSERT INTO stale_papers (paper_id)
    SELECT paper_id FROM paper_authors WHERE author_id = NEW.id
    ON CONFLICT DO NOTHING;
END;

-- Korean forms are looked up whatever their spaces are.
CREATE INDEX terms_by_joined_korean ON terms (lower(replace(korean, ' ', '')));

-- Searches with several pages: their buttons name a row.
CREATE TABLE searches (
    -- An id is never given twice: it stands in custom_ids.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL UNIQUE CHECK (json_valid(request)),
    used_on TEXT NOT NULL -- the day of its last use
) STRICT;

CREATE INDEX searches_by_use ON searches (used_on);
