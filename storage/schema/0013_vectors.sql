-- Vectors of papers, for searches by meaning. They belong to a model: those of another one are made
-- anew. Without a model the queue only grows, by a number for each paper.
CREATE TABLE embedding_models (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE, -- with its version, and that of the text it is given
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)) -- one of them is
) STRICT;

-- A paper that changes is deleted and inserted again, which must not cost its vector: no foreign key.
CREATE TABLE paper_vectors (
    paper_id INTEGER PRIMARY KEY,
    model_id INTEGER NOT NULL REFERENCES embedding_models,
    text_hash BLOB NOT NULL, -- of the text that it is of
    vector BLOB NOT NULL -- a 32-bit factor, and a signed byte for each dimension
) STRICT;

-- Papers that are new or whose texts may have changed. Where these haven't, the hash tells.
CREATE TABLE papers_to_embed (paper_id INTEGER PRIMARY KEY) STRICT;

INSERT INTO papers_to_embed (paper_id) SELECT id FROM papers;

CREATE TRIGGER stale_papers_to_embed AFTER INSERT ON stale_papers
BEGIN
    INSERT INTO papers_to_embed (paper_id) VALUES (NEW.paper_id) ON CONFLICT DO NOTHING;
END;
