CREATE TABLE "run_addresses" (
	"workspace_id" text NOT NULL,
	"run_id" text NOT NULL,
	"step" smallint NOT NULL,
	"address_hash" bigint NOT NULL,
	"delivery_id" bigint NOT NULL,
	CONSTRAINT "run_addresses_workspace_id_run_id_step_address_hash_pk" PRIMARY KEY("workspace_id","run_id","step","address_hash")
);
--> statement-breakpoint
ALTER TABLE "run_members" ADD COLUMN "shares_address" boolean DEFAULT false NOT NULL;--> statement-breakpoint
SELECT guard_tenant_tables();
