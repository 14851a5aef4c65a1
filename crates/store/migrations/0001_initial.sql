-- Version 1. Times are microseconds since 1970-01-01T00:00:00Z. An interval holds its start and not its end;
-- an end of NULL is still to come. Words stored as numbers keep their number for ever:
--   state     0 pass, 1 fail, 2 unknown, 3 not applicable
--   status    0 none, 1 new, 2 open, 3 resolved, 4 reopened
--   severity  0 low, 1 medium, 2 high, 3 critical
--   reading   0 collected, 1 denied, 2 throttled, 3 failed, 4 unsupported

CREATE TABLE store (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- Makes deduplication ids unique over all stores.
    id TEXT NOT NULL,
    -- The time of the latest change: no later change has an earlier time, whatever the machine's clock says.
    clock INTEGER NOT NULL
) STRICT;
INSERT INTO store VALUES (1, lower(hex(randomblob(16))), -9223372036854775807);

CREATE TABLE scan (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    target TEXT NOT NULL,
    started INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    -- All intervals that this scan began or ended carry this time; it names the scan.
    at INTEGER NOT NULL UNIQUE,
    baseline TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    -- A JSON object of counts, so that a later release can count more.
    counts TEXT NOT NULL
) STRICT;
CREATE INDEX scan_target ON scan (target, id);

CREATE TABLE resource (
    id INTEGER PRIMARY KEY,
    -- The provider's id, compared byte by byte.
    rid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    target TEXT NOT NULL,
    -- NULL where no scan saw it and an edge names it.
    first_seen INTEGER,
    last_seen INTEGER,
    gone_at INTEGER
) STRICT;
CREATE INDEX resource_target ON resource (target) WHERE gone_at IS NULL;
CREATE INDEX resource_kind ON resource (kind, rid);

-- When a resource was there. One row for each time that it came.
CREATE TABLE presence (
    resource INTEGER NOT NULL REFERENCES resource (id),
    valid_from INTEGER NOT NULL,
    valid_to INTEGER,
    PRIMARY KEY (resource, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX presence_from ON presence (valid_from);
CREATE INDEX presence_to ON presence (valid_to) WHERE valid_to IS NOT NULL;

-- Values of facets, each once.
CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE facet (
    resource INTEGER NOT NULL REFERENCES resource (id),
    name TEXT NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to INTEGER,
    reading INTEGER NOT NULL,
    reason TEXT,
    blob INTEGER REFERENCES blob (id),
    PRIMARY KEY (resource, name, valid_from),
    -- What was not read has no value.
    CHECK ((reading = 0) = (blob IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX facet_from ON facet (valid_from);
CREATE INDEX facet_to ON facet (valid_to) WHERE valid_to IS NOT NULL;

CREATE TABLE edge (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES resource (id),
    kind TEXT NOT NULL,
    sink INTEGER NOT NULL REFERENCES resource (id),
    evidence TEXT NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to INTEGER
) STRICT;
CREATE INDEX edge_source ON edge (source, valid_to);
CREATE INDEX edge_sink ON edge (sink, valid_to);

CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    -- The digits of the finding's id with the first bit turned, so that their order is that of the numbers.
    public INTEGER NOT NULL,
    resource INTEGER NOT NULL REFERENCES resource (id),
    check_id TEXT NOT NULL,
    -- The resource's id once more, for the order of the ranked list.
    rid TEXT NOT NULL,
    state INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    risk INTEGER NOT NULL,
    status INTEGER NOT NULL,
    -- 1 where the resource is gone and the check has not judged it since.
    gone INTEGER NOT NULL,
    -- The number of the exemption that covered it when it last failed.
    exemption INTEGER,
    suppression INTEGER,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    opened_at INTEGER,
    resolved_at INTEGER,
    reopened INTEGER NOT NULL,
    inputs BLOB NOT NULL,
    reason TEXT NOT NULL,
    evidence TEXT NOT NULL,
    UNIQUE (resource, check_id)
) STRICT;
CREATE INDEX finding_public ON finding (public);
-- The ranked list of failures, in its order.
CREATE INDEX finding_rank ON finding (risk DESC, severity DESC, check_id, rid) WHERE state = 1 AND gone = 0;
CREATE INDEX finding_sort ON finding (gone, status, state, severity, suppression);
CREATE INDEX finding_exemption ON finding (exemption) WHERE exemption IS NOT NULL;
CREATE INDEX finding_suppression ON finding (suppression) WHERE suppression IS NOT NULL;

CREATE TABLE finding_event (
    id INTEGER PRIMARY KEY,
    finding INTEGER NOT NULL REFERENCES finding (id),
    at INTEGER NOT NULL,
    -- NULL where a person did it between scans.
    scan INTEGER REFERENCES scan (id),
    state_before INTEGER,
    state INTEGER NOT NULL,
    status_before INTEGER,
    status INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    risk INTEGER NOT NULL,
    opened_at INTEGER,
    resolved_at INTEGER,
    reopened INTEGER NOT NULL,
    -- Why it changed.
    cause TEXT NOT NULL,
    -- The verdict at that time.
    reason TEXT NOT NULL,
    evidence TEXT NOT NULL
) STRICT;
CREATE INDEX finding_event_finding ON finding_event (finding, at);

CREATE TABLE exemption (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    check_pattern TEXT NOT NULL,
    resource_pattern TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER,
    -- Rows stay when they are removed: earlier states of the estate refer to them.
    removed_at INTEGER
) STRICT;

CREATE TABLE suppression (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    expression TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER,
    removed_at INTEGER
) STRICT;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resource TEXT,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
