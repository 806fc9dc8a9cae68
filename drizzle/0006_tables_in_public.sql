DROP INDEX "deliveries_resent";--> statement-breakpoint
-- A database user named like the schema of the views found that schema first; tables made then belong in public, where
-- the web's role looks and row-level security is set.
DO $$ DECLARE t record; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'waybill' LOOP
    EXECUTE format('ALTER TABLE waybill.%I SET SCHEMA public', t.tablename);
  END LOOP;
END $$;--> statement-breakpoint
SELECT guard_tenant_tables();--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON import_previews, token_buckets TO waybill_web;
