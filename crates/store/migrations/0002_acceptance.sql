-- Version 2. What people accepted as the right state of a facet. Rows stay when they are removed: they say who accepted
-- what, and when.
CREATE TABLE acceptance (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resource INTEGER NOT NULL REFERENCES resource (id),
    facet TEXT NOT NULL,
    blob INTEGER NOT NULL REFERENCES blob (id),
    -- `KEY=VALUE` where it was accepted for all resources with a tag.
    tag TEXT,
    note TEXT NOT NULL,
    author TEXT NOT NULL,
    created INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX acceptance_of ON acceptance (resource, facet) WHERE removed_at IS NULL;
