-- What administrators changed at run time; laid over the configuration file. One row, which only ever grows its version.
CREATE TABLE policy_overlay (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL,
    overlay TEXT,
    changed_at BIGINT NOT NULL,
    changed_by TEXT
);
