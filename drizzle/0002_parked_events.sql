ALTER TABLE "provider_events" ADD COLUMN "parked_until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "delivery_issues_doubt" ON "delivery_issues" USING btree ("delivery_id") WHERE state = 'in_doubt';--> statement-breakpoint
CREATE INDEX "provider_events_unmatched" ON "provider_events" USING btree ("id") WHERE matched_at is null;