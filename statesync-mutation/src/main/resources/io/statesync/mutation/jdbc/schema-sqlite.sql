CREATE TABLE IF NOT EXISTS statesync_transaction_store (
    store         TEXT NOT NULL PRIMARY KEY,
    fence         INTEGER NOT NULL,
    owner         TEXT NOT NULL,
    lease_until   INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS statesync_transaction (
    store      TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    id         TEXT NOT NULL,
    state      TEXT NOT NULL,
    active     INTEGER NOT NULL,
    fence      INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    created    BLOB NOT NULL,
    progress   BLOB NOT NULL,
    PRIMARY KEY (store, seq)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS statesync_transaction_active ON statesync_transaction (store, seq) WHERE active = 1;
