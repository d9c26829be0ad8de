-- Words are indexed as they stand, and looked for by their beginnings: 추론 finds 추론을, and two
-- syllables are enough. FTS5 keeps no copy of the texts: what it takes back of a paper must be what
-- it was given, so each table has a trigger that takes back before a change and one that gives after.

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
    (
        SELECT group_concat(body, char(10))
        FROM (SELECT body FROM sections WHERE paper_id = papers.id ORDER BY position)
    ) AS body
FROM papers;

CREATE VIRTUAL TABLE paper_words USING fts5 (
    title,
    authors,
    body,
    content = 'paper_texts',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);

-- A day adds one small segment: merging them by eights costs less writing than by fours.
INSERT INTO paper_words (paper_words, rank) VALUES ('automerge', 8);

-- Titles by themselves, for suggestions while someone types: what is looked through stays small, and
-- the first letter typed has an index of its own.
CREATE VIRTUAL TABLE title_words USING fts5 (
    title,
    content = 'papers',
    content_rowid = 'id',
    prefix = '1',
    tokenize = 'unicode61 remove_diacritics 2'
);

INSERT INTO title_words (title_words, rank) VALUES ('automerge', 8);

INSERT INTO paper_words (paper_words) VALUES ('rebuild');
INSERT INTO title_words (title_words) VALUES ('rebuild');

CREATE TRIGGER papers_index_insert AFTER INSERT ON papers
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = NEW.id;
    INSERT INTO title_words (rowid, title) VALUES (NEW.id, NEW.title);
END;

CREATE TRIGGER papers_index_before_update BEFORE UPDATE OF id, title ON papers
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.id;
    INSERT INTO title_words (title_words, rowid, title) VALUES ('delete', OLD.id, OLD.title);
END;

CREATE TRIGGER papers_index_after_update AFTER UPDATE OF id, title ON papers
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

CREATE TRIGGER sections_index_before_insert BEFORE INSERT ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = NEW.paper_id;
END;

CREATE TRIGGER sections_index_after_insert AFTER INSERT ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = NEW.paper_id;
END;

CREATE TRIGGER sections_index_before_update BEFORE UPDATE OF paper_id, position, body ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;

CREATE TRIGGER sections_index_after_update AFTER UPDATE OF paper_id, position, body ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;

CREATE TRIGGER sections_index_before_delete BEFORE DELETE ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
END;

CREATE TRIGGER sections_index_after_delete AFTER DELETE ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
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
