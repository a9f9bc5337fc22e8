-- Lines of the audit log are proved where they are written (entry, mac) and soon after linked in order (seq, link). Lines
-- from before this step have none of the four.
ALTER TABLE audit ADD COLUMN entry TEXT COLLATE "C";
ALTER TABLE audit ADD COLUMN mac BYTEA;
ALTER TABLE audit ADD COLUMN seq BIGINT;
ALTER TABLE audit ADD COLUMN link BYTEA;
CREATE UNIQUE INDEX audit_by_entry ON audit (entry);
CREATE UNIQUE INDEX audit_by_seq ON audit (seq);
CREATE INDEX audit_waiting ON audit (id) WHERE seq IS NULL;
CREATE INDEX audit_by_time ON audit (at);

-- Up to which line the log was forgotten on purpose.
CREATE TABLE audit_checkpoints (
    seq BIGINT NOT NULL PRIMARY KEY,
    link BYTEA NOT NULL,
    at BIGINT NOT NULL,
    mac BYTEA NOT NULL
);

-- A line is linked once, and goes once a checkpoint covers it; nothing else becomes of it. Who owns the database can drop
-- this; what they do then, the chain shows.
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'audit' AND TG_OP = 'DELETE' THEN
        IF OLD.seq <= (SELECT COALESCE(MAX(seq), 0) FROM audit_checkpoints) THEN
            RETURN OLD;
        END IF;
    ELSIF TG_TABLE_NAME = 'audit' AND TG_OP = 'UPDATE' THEN
        IF OLD.seq IS NULL AND
            ROW(NEW.id, NEW.at, NEW.activity, NEW.result, NEW.account, NEW.detail, NEW.address, NEW.request_id, NEW.entry, NEW.mac)
            IS NOT DISTINCT FROM
            ROW(OLD.id, OLD.at, OLD.activity, OLD.result, OLD.account, OLD.detail, OLD.address, OLD.request_id, OLD.entry, OLD.mac)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit log only grows';
END
$$;
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_checkpoints_only_grow BEFORE UPDATE OR DELETE ON audit_checkpoints
    FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_checkpoints_not_emptied BEFORE TRUNCATE ON audit_checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
