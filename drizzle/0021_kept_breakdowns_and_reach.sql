CREATE TABLE "run_breakdowns" (
	"workspace_id" text NOT NULL,
	"run_id" text NOT NULL,
	"counted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"counted" jsonb NOT NULL,
	CONSTRAINT "run_breakdowns_workspace_id_run_id_pk" PRIMARY KEY("workspace_id","run_id")
);
--> statement-breakpoint
DROP INDEX "contacts_recent";--> statement-breakpoint
CREATE INDEX "contacts_recent" ON "contacts" USING btree ("workspace_id","id","erased_at","email_consent","sms_consent","email_opted_out_at","sms_opted_out_at","do_not_market");--> statement-breakpoint
SELECT guard_tenant_tables();
