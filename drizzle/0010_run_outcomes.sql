CREATE TABLE "run_outcomes" (
	"workspace_id" text NOT NULL,
	"run_id" text NOT NULL,
	"step" smallint NOT NULL,
	"counted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"accepted" integer NOT NULL,
	"delivered" integer NOT NULL,
	"hard_bounced" integer NOT NULL,
	"soft_bounced" integer NOT NULL,
	"complained" integer NOT NULL,
	"opened_by_people" integer NOT NULL,
	"opened_by_machines" integer NOT NULL,
	"opened_unknown" integer NOT NULL,
	"clicked" integer NOT NULL,
	"unsubscribed" integer NOT NULL,
	CONSTRAINT "run_outcomes_workspace_id_run_id_step_pk" PRIMARY KEY("workspace_id","run_id","step")
);
--> statement-breakpoint
SELECT guard_tenant_tables();
