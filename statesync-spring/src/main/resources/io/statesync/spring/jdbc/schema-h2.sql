CREATE TABLE IF NOT EXISTS statesync_revision (
    topic    VARCHAR(510)   NOT NULL PRIMARY KEY,
    revision NUMERIC(20, 0) NOT NULL CHECK (revision >= 0 AND revision <= 18446744073709551615)
);

CREATE TABLE IF NOT EXISTS statesync_snapshot (
    topic   VARCHAR(510) NOT NULL PRIMARY KEY,
    payload BLOB         NOT NULL
);

CREATE TABLE IF NOT EXISTS statesync_record (
    topic          VARCHAR(510) NOT NULL PRIMARY KEY,
    revision       NUMERIC(20, 0) NOT NULL CHECK (revision >= 0 AND revision <= 18446744073709551615),
    schema_version INTEGER NOT NULL,
    payload        BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS statesync_record_aside (
    topic     VARCHAR(510) NOT NULL PRIMARY KEY,
    set_aside TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    payload   BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS statesync_idempotency (
    idempotency_key VARCHAR(510) NOT NULL PRIMARY KEY,
    stored_at       BIGINT       NOT NULL
);
