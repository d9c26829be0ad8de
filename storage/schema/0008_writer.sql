-- Texts that a language model writes, the passages that their sentences rest on, what readers
-- report, and the Korean forms of English terms.

-- Of a writer's texts only; `sections.body` is the sentences of a section, joined.
ALTER TABLE texts ADD COLUMN basis TEXT CHECK (basis IN ('abstract', 'full_text'));
ALTER TABLE texts ADD COLUMN basis_hash TEXT; -- of what the model was given to read, which isn't kept
ALTER TABLE texts ADD COLUMN prompt_version TEXT;
ALTER TABLE texts ADD COLUMN hidden_at TEXT; -- since when it isn't shown, after a report

CREATE TABLE receipts (
    text_id INTEGER NOT NULL REFERENCES texts (id) ON DELETE CASCADE,
    section INTEGER NOT NULL CHECK (section >= 1), -- its position in `sections`
    position INTEGER NOT NULL CHECK (position >= 1),
    sentence TEXT NOT NULL,
    quote TEXT NOT NULL,
    PRIMARY KEY (text_id, section, position)
) STRICT, WITHOUT ROWID;

-- One row for each time that a model was asked. It is written before, so that a process that is
-- killed meanwhile has used up what it asked for.
CREATE TABLE writer_attempts (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    language TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    at TEXT NOT NULL,
    outcome TEXT NOT NULL, -- 'begun' until it has ended
    sentences INTEGER CHECK (sentences >= 0), -- that the model wrote
    dropped INTEGER CHECK (dropped BETWEEN 0 AND sentences), -- of these
    tokens INTEGER NOT NULL CHECK (tokens >= 0) -- an estimate until it has ended
) STRICT;

CREATE INDEX writer_attempts_by_time ON writer_attempts (at);
CREATE INDEX writer_attempts_by_paper ON writer_attempts (paper_id, language);

CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- people type it
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    language TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    user_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    resolved_at TEXT,
    resolution TEXT CHECK (resolution IN ('hidden', 'rewritten')),
    CHECK ((resolved_at IS NULL) = (resolution IS NULL))
) STRICT;

CREATE INDEX reports_by_user ON reports (user_id, at);
CREATE INDEX reports_by_paper ON reports (paper_id, language);

-- Terms that digests give as 한국어(English): by text, and summed up.
CREATE TABLE text_terms (
    text_id INTEGER NOT NULL REFERENCES texts (id) ON DELETE CASCADE,
    english TEXT NOT NULL COLLATE NOCASE,
    korean TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 1),
    PRIMARY KEY (text_id, english, korean)
) STRICT, WITHOUT ROWID;

CREATE TABLE terms (
    english TEXT NOT NULL COLLATE NOCASE, -- as it was first written
    korean TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (english, korean)
) STRICT, WITHOUT ROWID;

CREATE INDEX terms_by_korean ON terms (korean);

CREATE TRIGGER text_terms_count_insert AFTER INSERT ON text_terms
BEGIN
    INSERT INTO terms (english, korean, count) VALUES (NEW.english, NEW.korean, NEW.count)
    ON CONFLICT (english, korean) DO UPDATE SET count = count + excluded.count;
END;

CREATE TRIGGER text_terms_count_delete AFTER DELETE ON text_terms
BEGIN
    UPDATE terms SET count = count - OLD.count
    WHERE english = OLD.english AND korean = OLD.korean;
    DELETE FROM terms WHERE english = OLD.english AND korean = OLD.korean AND count = 0;
END;

-- Hidden texts are neither shown nor found.

DROP VIEW listed_papers;

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
        SELECT json_group_array(json_array(language, source, json(sections), basis))
        FROM (
            SELECT
                texts.language,
                sources.name AS source,
                texts.basis,
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
            WHERE texts.paper_id = papers.id AND texts.hidden_at IS NULL
            ORDER BY sources.precedence, texts.id
        )
    ) AS texts
FROM papers;

DROP TRIGGER texts_index_before_update;
DROP TRIGGER texts_index_after_update;
DROP VIEW paper_texts;

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
                WHERE texts.paper_id = papers.id AND texts.hidden_at IS NULL
                ORDER BY texts.id, sections.position
            )
        ),
        ''
    ) || coalesce(char(10) || abstract, '') || coalesce(char(10) || summary, '') AS body
FROM papers;

CREATE TRIGGER texts_index_before_update BEFORE UPDATE OF id, paper_id, hidden_at ON texts
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;

CREATE TRIGGER texts_index_after_update AFTER UPDATE OF id, paper_id, hidden_at ON texts
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;
