ALTER TABLE "tracking_hits" DROP COLUMN "machine";--> statement-breakpoint
ALTER TABLE "tracking_hits" DROP COLUMN "score";