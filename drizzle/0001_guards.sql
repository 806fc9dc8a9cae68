-- Hot tables: room for in-page updates, early vacuum.
ALTER TABLE deliveries SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);--> statement-breakpoint
ALTER TABLE batches SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);--> statement-breakpoint
ALTER TABLE run_counters SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);--> statement-breakpoint
ALTER TABLE run_rates SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE intents SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);--> statement-breakpoint

-- A change of state outside the table of lib/domain/delivery.ts is refused. The WHEN clause keeps the function call
-- off the hot path: it runs for illegal changes only.
CREATE FUNCTION refuse_delivery_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'delivery % may not go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER deliveries_legal_transition BEFORE UPDATE OF state ON deliveries FOR EACH ROW
WHEN (OLD.state IS DISTINCT FROM NEW.state AND NOT (
  (OLD.state = 'queued' AND NEW.state IN ('accepted', 'failed', 'skipped', 'in_doubt', 'cancelled', 'expired'))
  OR (OLD.state = 'failed' AND NEW.state IN ('queued', 'accepted'))
  OR (OLD.state = 'skipped' AND NEW.state IN ('queued'))
  OR (OLD.state = 'in_doubt' AND NEW.state IN ('accepted', 'failed', 'superseded'))
  OR (OLD.state = 'cancelled' AND NEW.state IN ('accepted'))
  OR (OLD.state = 'expired' AND NEW.state IN ('accepted'))
)) EXECUTE FUNCTION refuse_delivery_transition();--> statement-breakpoint

-- Append-only tables stay so, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER campaign_versions_frozen BEFORE UPDATE ON campaign_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- The role of the web and API: sees and writes rows of its workspace only.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'waybill_web') THEN
    CREATE ROLE waybill_web NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;--> statement-breakpoint
DO $$ BEGIN
  EXECUTE format('GRANT waybill_web TO %I', current_user);
EXCEPTION WHEN OTHERS THEN
  IF NOT pg_has_role(current_user, 'waybill_web', 'MEMBER') THEN RAISE; END IF;
END $$;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO waybill_web;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO waybill_web;--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO waybill_web;--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO waybill_web;--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO waybill_web;--> statement-breakpoint
REVOKE ALL ON user_sessions, verification_tokens FROM waybill_web;--> statement-breakpoint
REVOKE UPDATE, DELETE ON audit_log FROM waybill_web;--> statement-breakpoint

CREATE FUNCTION current_workspace() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('waybill.workspace', true), '') $$;--> statement-breakpoint

-- Every table with a workspace_id gets the same policy; a later migration calls this again for its new tables.
CREATE FUNCTION guard_tenant_tables() RETURNS void LANGUAGE plpgsql AS $$
DECLARE t record;
BEGIN
  FOR t IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables b USING (table_schema, table_name)
           WHERE c.table_schema = 'public' AND c.column_name = 'workspace_id' AND b.table_type = 'BASE TABLE' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.table_name);
    EXECUTE format('DROP POLICY IF EXISTS tenant ON %I', t.table_name);
    EXECUTE format('CREATE POLICY tenant ON %I TO waybill_web USING (workspace_id = (SELECT current_workspace())) WITH CHECK (workspace_id = (SELECT current_workspace()))', t.table_name);
  END LOOP;
END $$;--> statement-breakpoint
SELECT guard_tenant_tables();--> statement-breakpoint
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON workspaces TO waybill_web USING (id = (SELECT current_workspace())) WITH CHECK (id = (SELECT current_workspace()));--> statement-breakpoint
-- Tables keyed through a delivery have no workspace of their own; they follow it.
ALTER TABLE delivery_attempts ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON delivery_attempts TO waybill_web USING (EXISTS (SELECT 1 FROM deliveries d WHERE d.id = delivery_id));--> statement-breakpoint
ALTER TABLE users ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY fellow_members ON users TO waybill_web USING (EXISTS (SELECT 1 FROM members m WHERE m.user_id = users.id));--> statement-breakpoint

CREATE SCHEMA waybill;--> statement-breakpoint
CREATE VIEW waybill.output_v1 AS
  SELECT r.workspace_id, t.slug AS output_table, t.name AS output_table_name, r.run_id, r.step + 1 AS step, r.contact_id,
         r.values, r.recorded_at
  FROM output_rows r JOIN output_tables t ON t.id = r.output_table_id;
