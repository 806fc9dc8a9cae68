CREATE TABLE "import_previews" (
	"workspace_id" text NOT NULL,
	"import_id" text NOT NULL,
	"contact_id" text NOT NULL,
	"external_id" text,
	"email" text,
	"phone" text,
	"contact" jsonb NOT NULL,
	CONSTRAINT "import_previews_workspace_id_import_id_contact_id_pk" PRIMARY KEY("workspace_id","import_id","contact_id")
);
--> statement-breakpoint
DROP INDEX "contacts_external";--> statement-breakpoint
DROP INDEX "contacts_email";--> statement-breakpoint
DROP INDEX "contacts_phone";--> statement-breakpoint
ALTER TABLE "import_changes" ADD COLUMN "changed_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "import_rejections" ADD COLUMN "severity" text DEFAULT 'rejected' NOT NULL;--> statement-breakpoint
ALTER TABLE "import_previews" ADD CONSTRAINT "import_previews_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_previews" ADD CONSTRAINT "import_previews_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_previews_external" ON "import_previews" USING btree ("workspace_id","import_id","external_id");--> statement-breakpoint
CREATE INDEX "import_previews_email" ON "import_previews" USING btree ("workspace_id","import_id","email");--> statement-breakpoint
CREATE INDEX "import_previews_phone" ON "import_previews" USING btree ("workspace_id","import_id","phone");--> statement-breakpoint
CREATE INDEX "contacts_names" ON "contacts" USING gin ("workspace_id",to_tsvector('simple'::regconfig, coalesce(first_name, '') || ' ' || coalesce(last_name, '')));--> statement-breakpoint
CREATE INDEX "deliveries_resent" ON "deliveries" USING btree ("workspace_id","run_id","contact_id") WHERE resend_of is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_external" ON "contacts" USING btree ("workspace_id","external_id" text_pattern_ops) WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX "contacts_email" ON "contacts" USING btree ("workspace_id","email" text_pattern_ops) WHERE email is not null;--> statement-breakpoint
CREATE INDEX "contacts_phone" ON "contacts" USING btree ("workspace_id","phone" text_pattern_ops) WHERE phone is not null;--> statement-breakpoint
SELECT guard_tenant_tables();
