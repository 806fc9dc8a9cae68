CREATE TABLE "output_connections" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"config" jsonb NOT NULL,
	"secret" jsonb,
	"verified_at" timestamp with time zone,
	"hold_until" timestamp with time zone,
	"hold_reason" text,
	"hold_since" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "seed_of" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "seed_wave" integer;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "stalled_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "output_connections" ADD CONSTRAINT "output_connections_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "output_connections_workspace" ON "output_connections" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "runs_seeds" ON "runs" USING btree ("workspace_id","seed_of") WHERE seed_of is not null;--> statement-breakpoint
SELECT guard_tenant_tables();--> statement-breakpoint

-- A change of a run's status outside the table of lib/domain/run.ts is refused; the function runs for illegal ones only.
CREATE FUNCTION refuse_run_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'run % may not go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'check_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER runs_legal_transition BEFORE UPDATE OF status ON runs FOR EACH ROW
WHEN (OLD.status IS DISTINCT FROM NEW.status AND NOT (
  (OLD.status = 'scheduled' AND NEW.status IN ('queuing', 'paused', 'cancelled'))
  OR (OLD.status = 'queuing' AND NEW.status IN ('sending', 'paused', 'cancelled', 'failed', 'completed'))
  OR (OLD.status = 'sending' AND NEW.status IN ('paused', 'completed', 'cancelled'))
  OR (OLD.status = 'paused' AND NEW.status IN ('scheduled', 'queuing', 'sending', 'cancelled'))
  OR (OLD.status = 'completed' AND NEW.status IN ('sending'))
  OR (OLD.status = 'failed' AND NEW.status IN ('queuing', 'cancelled'))
)) EXECUTE FUNCTION refuse_run_transition();
