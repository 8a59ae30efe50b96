CREATE TABLE IF NOT EXISTS statesync_transaction_store (
    store         VARCHAR(255) NOT NULL PRIMARY KEY,
    fence         BIGINT NOT NULL,
    owner         VARCHAR(255) NOT NULL,
    lease_until   BIGINT NOT NULL,
    last_sequence BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS statesync_transaction (
    store      VARCHAR(255) NOT NULL,
    seq        BIGINT NOT NULL,
    id         VARCHAR(255) NOT NULL,
    state      VARCHAR(32) NOT NULL,
    active     SMALLINT NOT NULL,
    fence      BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    created    LONGBLOB NOT NULL,
    progress   LONGBLOB NOT NULL,
    PRIMARY KEY (store, seq)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX IF NOT EXISTS statesync_transaction_active ON statesync_transaction (store, active, seq);
