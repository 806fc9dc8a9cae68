CREATE INDEX "subscriptions_status" ON "subscriptions" USING btree ("workspace_id","list_id","status");--> statement-breakpoint
CREATE INDEX "audit_log_action" ON "audit_log" USING btree ("workspace_id","action","id");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("workspace_id",(actor ->> 'id'),"id");