-- A keyed hash of nothing, by which a node knows that its key is the one of this database.
CREATE TABLE sealing_key (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    fingerprint BYTEA NOT NULL
);
