CREATE TABLE IF NOT EXISTS statesync_revision (
    topic    TEXT    NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision >= 0)
);

CREATE TABLE IF NOT EXISTS statesync_snapshot (
    topic   TEXT NOT NULL PRIMARY KEY,
    payload BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS statesync_record (
    topic          TEXT NOT NULL PRIMARY KEY,
    revision       TEXT NOT NULL CHECK (length(revision) = 20),
    schema_version INTEGER NOT NULL,
    payload        BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS statesync_record_aside (
    topic     TEXT NOT NULL PRIMARY KEY,
    set_aside TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    payload   BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS statesync_idempotency (
    idempotency_key TEXT    NOT NULL PRIMARY KEY,
    stored_at       INTEGER NOT NULL
);
