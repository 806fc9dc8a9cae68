-- An accepted message is told by its delivery. What was told twice so far moves there: the number its line of history had,
-- and what the provider said.
DROP INDEX "deliveries_once";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "history_id" bigint;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "repeat" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "answer" text;--> statement-breakpoint
UPDATE deliveries d SET repeat = t.n
FROM (SELECT id, row_number() OVER (PARTITION BY workspace_id, contact_id, run_id, step ORDER BY id) AS n
      FROM deliveries WHERE resend_of IS NOT NULL) t WHERE d.id = t.id;--> statement-breakpoint
-- a resolution speaks of how it was accepted only where no attempt was: of one that was tried again it spoke of the failure before
UPDATE deliveries d SET history_id = t.history_id, answer = t.answer, resolution = t.resolution
FROM (
  SELECT d.id, i.id AS history_id, CASE WHEN a.delivery_id IS NULL THEN i.data ->> 'text' ELSE a.text END AS answer,
         CASE WHEN a.delivery_id IS NULL THEN d.resolution END AS resolution
  FROM deliveries d
  LEFT JOIN (SELECT DISTINCT ON (delivery_id) delivery_id, id, data FROM interactions
             WHERE delivery_id IS NOT NULL AND type IN ('email.accepted', 'sms.accepted') ORDER BY delivery_id, id DESC) i
    ON i.delivery_id = d.id
  LEFT JOIN delivery_attempts a ON a.delivery_id = d.id AND a.n = d.attempts AND a.outcome = 'accepted'
  WHERE d.state = 'accepted' AND (i.id IS NOT NULL OR a.delivery_id IS NOT NULL)
) t WHERE d.id = t.id;--> statement-breakpoint
UPDATE deliveries SET resolution = NULL WHERE state = 'queued' AND resolution IS NOT NULL;--> statement-breakpoint
DELETE FROM interactions i USING deliveries d WHERE d.id = i.delivery_id AND d.history_id = i.id;--> statement-breakpoint
DELETE FROM delivery_attempts a USING deliveries d
WHERE d.id = a.delivery_id AND d.state = 'accepted' AND d.attempts = 1 AND d.first_intent_at = a.intent_at
  AND a.n = 1 AND a.outcome = 'accepted' AND coalesce(a.code, 'ok') = 'ok' AND d.answer IS NOT DISTINCT FROM a.text;--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_once" ON "deliveries" USING btree ("workspace_id","contact_id","run_id","step","repeat");--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_repeats_name_the_first" CHECK ((repeat = 0) = (resend_of is null));--> statement-breakpoint
-- Five batches share the pages of their rows (queue-deliveries): the results of one are written beside the rows of the others,
-- so a page needs room for a part of its rows twice, not for all.
ALTER TABLE deliveries SET (fillfactor = 60);--> statement-breakpoint
-- What a provider answered is evidence: once written it stays; only an erasure takes it away.
CREATE FUNCTION refuse_other_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what proves delivery % may not be rewritten', OLD.id USING ERRCODE = 'check_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER deliveries_answer_stays BEFORE UPDATE OF answer, history_id ON deliveries FOR EACH ROW
WHEN ((OLD.answer IS NOT NULL AND NEW.answer <> OLD.answer) OR (OLD.history_id IS NOT NULL AND NEW.history_id IS DISTINCT FROM OLD.history_id))
EXECUTE FUNCTION refuse_other_answer();--> statement-breakpoint
-- The batch leads to the deliveries of a run, the contact to those of a customer.
CREATE OR REPLACE VIEW waybill.contact_message_v1 WITH (security_barrier = true) AS
  SELECT d.id AS delivery_id, r.campaign_id, c.name AS campaign_name, d.run_id, d.step + 1 AS step,
         v.outline -> d.step::int ->> 'name' AS step_name, v.outline -> d.step::int ->> 'kind' AS channel,
         d.contact_id, k.external_id,
         CASE v.outline -> d.step::int ->> 'kind' WHEN 'email' THEN m.email WHEN 'sms' THEN m.phone END AS address,
         d.state::text AS state, d.error_class::text AS error_class, d.error_code, d.error_text, d.skip_reason, d.attempts,
         d.provider_message_id, d.first_intent_at AS sent_at, d.settled_at, d.delivered_at, d.opened_at, d.clicked_at,
         d.bounced_at, d.bounce_type, d.complained_at, d.unsubscribed_at, d.resend_of
  FROM deliveries d JOIN batches b ON b.id = d.batch_id AND b.run_id = d.run_id AND b.workspace_id = d.workspace_id
  JOIN runs r ON r.id = d.run_id AND r.workspace_id = d.workspace_id
  JOIN campaigns c ON c.id = r.campaign_id AND c.workspace_id = d.workspace_id
  JOIN campaign_versions v ON v.id = r.version_id AND v.workspace_id = d.workspace_id
  LEFT JOIN contacts k ON k.id = d.contact_id AND k.workspace_id = d.workspace_id
  LEFT JOIN run_members m ON m.workspace_id = d.workspace_id AND m.run_id = d.run_id AND m.contact_id = d.contact_id
  WHERE d.workspace_id = (SELECT waybill.my_workspace());