-- The tables of ../sqlite, with PostgreSQL's types. Times are microseconds since 1970-01-01 UTC. Lists are JSON. Texts
-- that are looked up or sorted go by their bytes, as in SQLite: an index by the rules of a language breaks when the
-- system's rules change.

CREATE TABLE accounts (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    username TEXT COLLATE "C" NOT NULL UNIQUE,
    email TEXT COLLATE "C" UNIQUE,
    display_name TEXT,
    locale TEXT,
    groups_json TEXT NOT NULL,
    admin BOOLEAN NOT NULL,
    disabled BOOLEAN NOT NULL,
    password_hash TEXT,
    password_history_json TEXT NOT NULL,
    password_changed_at BIGINT,
    failed_sign_ins BIGINT NOT NULL,
    locked_until BIGINT,
    version BIGINT NOT NULL
);

-- Accounts may live in a directory elsewhere, so nothing below refers to the table above.

CREATE TABLE methods (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    value_hash BYTEA,
    label TEXT,
    verified BOOLEAN NOT NULL,
    is_primary BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    confirmed_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX methods_by_account ON methods (account, created_at);

CREATE TABLE registration_skips (
    account TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    skipped_at BIGINT NOT NULL
);

CREATE TABLE flows (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    link_hash BYTEA UNIQUE,
    sealed BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX flows_by_expiry ON flows (expires_at);

CREATE TABLE sessions (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL,
    csrf TEXT NOT NULL,
    authenticated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE counters (
    bucket TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    hits BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX counters_by_end ON counters (ends_at);

CREATE TABLE claims (
    claim_key BYTEA NOT NULL PRIMARY KEY,
    body_hash BYTEA NOT NULL,
    answer BYTEA,
    claimed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX claims_by_expiry ON claims (expires_at);

CREATE TABLE outbox (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    sealed BYTEA,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    dead_reason TEXT
);
CREATE INDEX outbox_by_due ON outbox (due_at);

CREATE TABLE audit (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at BIGINT NOT NULL,
    activity TEXT NOT NULL,
    result TEXT NOT NULL,
    account TEXT COLLATE "C",
    detail TEXT,
    address TEXT,
    request_id TEXT
);
CREATE INDEX audit_by_account ON audit (account, id);
