-- Lines of the audit log are proved where they are written (entry, mac) and soon after linked in order (seq, link). Lines
-- from before this step have none of the four.
ALTER TABLE audit ADD COLUMN entry TEXT;
ALTER TABLE audit ADD COLUMN mac BLOB;
ALTER TABLE audit ADD COLUMN seq INTEGER;
ALTER TABLE audit ADD COLUMN link BLOB;
CREATE UNIQUE INDEX audit_by_entry ON audit (entry);
CREATE UNIQUE INDEX audit_by_seq ON audit (seq);
CREATE INDEX audit_waiting ON audit (id) WHERE seq IS NULL;
CREATE INDEX audit_by_time ON audit (at);

-- Up to which line the log was forgotten on purpose.
CREATE TABLE audit_checkpoints (
    seq INTEGER NOT NULL PRIMARY KEY,
    link BLOB NOT NULL,
    at INTEGER NOT NULL,
    mac BLOB NOT NULL
);

-- A line is linked once, and goes once a checkpoint covers it; nothing else becomes of it. Who owns the database can drop
-- this; what they do then, the chain shows.
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
WHEN OLD.seq IS NOT NULL OR NEW.id IS NOT OLD.id
    OR NEW.at IS NOT OLD.at
    OR NEW.activity IS NOT OLD.activity
    OR NEW.result IS NOT OLD.result
    OR NEW.account IS NOT OLD.account
    OR NEW.detail IS NOT OLD.detail
    OR NEW.address IS NOT OLD.address
    OR NEW.request_id IS NOT OLD.request_id
    OR NEW.entry IS NOT OLD.entry
    OR NEW.mac IS NOT OLD.mac
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
WHEN OLD.seq IS NULL OR OLD.seq > (SELECT COALESCE(MAX(seq), 0) FROM audit_checkpoints)
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;
CREATE TRIGGER audit_checkpoints_unchanged BEFORE UPDATE ON audit_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;
CREATE TRIGGER audit_checkpoints_kept BEFORE DELETE ON audit_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;
