CREATE TABLE IF NOT EXISTS statesync_revision (
    topic    TEXT    NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision >= 0)
);

CREATE TABLE IF NOT EXISTS statesync_snapshot (
    topic   TEXT NOT NULL PRIMARY KEY,
    payload BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS statesync_idempotency (
    idempotency_key TEXT    NOT NULL PRIMARY KEY,
    stored_at       INTEGER NOT NULL
);
