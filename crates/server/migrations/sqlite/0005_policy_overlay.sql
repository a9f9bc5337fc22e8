-- What administrators changed at run time; laid over the configuration file. One row, which only ever grows its version.
CREATE TABLE policy_overlay (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    overlay TEXT,
    changed_at INTEGER NOT NULL,
    changed_by TEXT
);
