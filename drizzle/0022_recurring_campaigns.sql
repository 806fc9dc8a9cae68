CREATE TABLE "occurrences" (
	"workspace_id" text NOT NULL,
	"campaign_id" text NOT NULL,
	"planned_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"run_id" text,
	"reason" text,
	"decided_by" jsonb,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_by" timestamp with time zone,
	"judged_at" timestamp with time zone,
	"unexpected" text,
	"unexpected_words" text,
	"late_at" timestamp with time zone,
	CONSTRAINT "occurrences_workspace_id_campaign_id_planned_at_pk" PRIMARY KEY("workspace_id","campaign_id","planned_at"),
	CONSTRAINT "occurrences_run_or_why_not" CHECK ((state = 'run') = (run_id is not null) and (state = 'run' or reason is not null))
);
--> statement-breakpoint
CREATE TABLE "recurrences" (
	"workspace_id" text NOT NULL,
	"campaign_id" text NOT NULL,
	"version_id" text NOT NULL,
	"revision" integer NOT NULL,
	"plan" jsonb NOT NULL,
	"words" text NOT NULL,
	"overlap" text NOT NULL,
	"expect" jsonb NOT NULL,
	"status" text NOT NULL,
	"next_at" timestamp with time zone,
	"overdue_told" timestamp with time zone,
	"activated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"activated_by" jsonb NOT NULL,
	"stopped_at" timestamp with time zone,
	CONSTRAINT "recurrences_workspace_id_campaign_id_pk" PRIMARY KEY("workspace_id","campaign_id"),
	CONSTRAINT "recurrences_active_has_next" CHECK (status <> 'active' or next_at is not null)
);
--> statement-breakpoint
ALTER TABLE "occurrences" ADD CONSTRAINT "occurrences_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occurrences" ADD CONSTRAINT "occurrences_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recurrences" ADD CONSTRAINT "recurrences_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recurrences" ADD CONSTRAINT "recurrences_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recurrences" ADD CONSTRAINT "recurrences_version_id_campaign_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."campaign_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "occurrences_run" ON "occurrences" USING btree ("workspace_id","run_id") WHERE run_id is not null;--> statement-breakpoint
CREATE INDEX "occurrences_waiting" ON "occurrences" USING btree ("decided_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "occurrences_unjudged" ON "occurrences" USING btree ("decided_at") WHERE run_id is not null and judged_at is null;--> statement-breakpoint
CREATE INDEX "occurrences_due_by" ON "occurrences" USING btree ("due_by") WHERE due_by is not null and late_at is null;--> statement-breakpoint
CREATE INDEX "recurrences_due" ON "recurrences" USING btree ("next_at") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "runs_due" ON "runs" USING btree ("scheduled_at") WHERE status = 'scheduled';--> statement-breakpoint
SELECT guard_tenant_tables();
