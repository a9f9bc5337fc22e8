-- Times are microseconds since 1970-01-01 UTC. Truth values are 0 and 1. Lists are JSON.

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    email TEXT UNIQUE,
    display_name TEXT,
    locale TEXT,
    groups_json TEXT NOT NULL,
    admin INTEGER NOT NULL,
    disabled INTEGER NOT NULL,
    password_hash TEXT,
    password_history_json TEXT NOT NULL,
    password_changed_at INTEGER,
    failed_sign_ins INTEGER NOT NULL,
    locked_until INTEGER,
    version INTEGER NOT NULL
);

-- Accounts may live in a directory elsewhere, so nothing below refers to the table above.

CREATE TABLE methods (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    sealed BLOB NOT NULL,
    value_hash BLOB,
    label TEXT,
    verified INTEGER NOT NULL,
    is_primary INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    confirmed_at INTEGER,
    version INTEGER NOT NULL
);
CREATE INDEX methods_by_account ON methods (account, created_at);

CREATE TABLE registration_skips (
    account TEXT NOT NULL PRIMARY KEY,
    skipped_at INTEGER NOT NULL
);

CREATE TABLE flows (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    link_hash BLOB UNIQUE,
    sealed BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX flows_by_expiry ON flows (expires_at);

CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    csrf TEXT NOT NULL,
    authenticated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE counters (
    bucket TEXT NOT NULL PRIMARY KEY,
    hits INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
);
CREATE INDEX counters_by_end ON counters (ends_at);

CREATE TABLE claims (
    claim_key BLOB NOT NULL PRIMARY KEY,
    body_hash BLOB NOT NULL,
    answer BLOB,
    claimed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE INDEX claims_by_expiry ON claims (expires_at);

CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    sealed BLOB,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    leased_until INTEGER NOT NULL,
    dead_reason TEXT
);
CREATE INDEX outbox_by_due ON outbox (due_at);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    activity TEXT NOT NULL,
    result TEXT NOT NULL,
    account TEXT,
    detail TEXT,
    address TEXT,
    request_id TEXT
);
CREATE INDEX audit_by_account ON audit (account, id);
