DROP INDEX "contacts_recent";--> statement-breakpoint
CREATE INDEX "contacts_recent" ON "contacts" USING btree ("workspace_id","id","erased_at");