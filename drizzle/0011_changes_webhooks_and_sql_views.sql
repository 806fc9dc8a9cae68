DROP INDEX "webhook_messages_due";--> statement-breakpoint
CREATE INDEX "webhook_messages_due" ON "webhook_messages" USING btree ("endpoint_id","not_before") WHERE state = 'queued';--> statement-breakpoint
-- Trouble with deliveries goes to the change feed from the statement that records it, whichever that is.
CREATE FUNCTION tell_delivery_trouble() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.changes (workspace_id, type, subject_id, data)
  SELECT workspace_id, 'delivery.' || state, delivery_id::text, jsonb_build_object('runId', run_id, 'step', step, 'cause', cause)
  FROM fresh WHERE state IN ('failed', 'in_doubt');
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER delivery_issues_told AFTER INSERT ON delivery_issues REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION tell_delivery_trouble();--> statement-breakpoint
-- Read-only access by SQL: each login role belongs to one workspace and sees the views below, nothing else.
CREATE TABLE waybill.sql_access (
  role_name text PRIMARY KEY,
  workspace_id text NOT NULL REFERENCES public.workspaces (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now()
);--> statement-breakpoint
CREATE FUNCTION waybill.my_workspace() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
$$ SELECT workspace_id FROM waybill.sql_access WHERE role_name = session_user $$;--> statement-breakpoint
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'waybill_sql') THEN
    CREATE ROLE waybill_sql NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE VIEW waybill.campaign_base_v1 WITH (security_barrier = true) AS
  SELECT r.campaign_id, c.name AS campaign_name, m.run_id, r.name AS run_name, m.contact_id, k.external_id,
         coalesce(m.email, k.email) AS email, coalesce(m.phone, k.phone) AS phone,
         m.wave IS NOT NULL AS in_audience, m.wave, m.exclusion AS exclusion_reason, r.started_at
  FROM run_members m JOIN runs r ON r.id = m.run_id AND r.workspace_id = m.workspace_id
  JOIN campaigns c ON c.id = r.campaign_id AND c.workspace_id = m.workspace_id
  LEFT JOIN contacts k ON k.id = m.contact_id AND k.workspace_id = m.workspace_id
  WHERE m.workspace_id = (SELECT waybill.my_workspace());--> statement-breakpoint
COMMENT ON VIEW waybill.campaign_base_v1 IS 'Whom each run was for: one row per run and contact of its lists and segments, in the audience or left out with the reason.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.campaign_id IS 'Id of the campaign.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.campaign_name IS 'Its name now.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.run_id IS 'Id of the run: one dispatch of the campaign.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.run_name IS 'The name of the campaign when the run was launched.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.contact_id IS 'Id of the contact.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.external_id IS 'The customer number.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.email IS 'The address the run used, else the contacts present one.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.phone IS 'The number the run used, else the contact''s present one; E.164.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.in_audience IS 'True when the contact was to be sent to.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.wave IS 'Which wave, from 1; null when left out.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.exclusion_reason IS 'Why the contact was left out; null when it was not.';--> statement-breakpoint
COMMENT ON COLUMN waybill.campaign_base_v1.started_at IS 'When the run began.';--> statement-breakpoint
CREATE OR REPLACE VIEW waybill.contact_message_v1 WITH (security_barrier = true) AS
  SELECT d.id AS delivery_id, r.campaign_id, c.name AS campaign_name, d.run_id, d.step + 1 AS step,
         v.outline -> d.step::int ->> 'name' AS step_name, v.outline -> d.step::int ->> 'kind' AS channel,
         d.contact_id, k.external_id,
         CASE v.outline -> d.step::int ->> 'kind' WHEN 'email' THEN m.email WHEN 'sms' THEN m.phone END AS address,
         d.state::text AS state, d.error_class::text AS error_class, d.error_code, d.error_text, d.skip_reason, d.attempts,
         d.provider_message_id, d.first_intent_at AS sent_at, d.settled_at, d.delivered_at, d.opened_at, d.clicked_at,
         d.bounced_at, d.bounce_type, d.complained_at, d.unsubscribed_at, d.resend_of
  FROM deliveries d JOIN runs r ON r.id = d.run_id AND r.workspace_id = d.workspace_id
  JOIN campaigns c ON c.id = r.campaign_id AND c.workspace_id = d.workspace_id
  JOIN campaign_versions v ON v.id = r.version_id AND v.workspace_id = d.workspace_id
  LEFT JOIN contacts k ON k.id = d.contact_id AND k.workspace_id = d.workspace_id
  LEFT JOIN run_members m ON m.workspace_id = d.workspace_id AND m.run_id = d.run_id AND m.contact_id = d.contact_id
  WHERE d.workspace_id = (SELECT waybill.my_workspace());--> statement-breakpoint
COMMENT ON VIEW waybill.contact_message_v1 IS 'Every message and record: one row per delivery, that is per run, step and contact (and one more for each time a person sent it again).';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.delivery_id IS 'Number of the delivery.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.campaign_id IS 'Id of the campaign.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.campaign_name IS 'Its name now.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.run_id IS 'Id of the run.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.step IS 'Position of the step in the flow, from 1.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.step_name IS 'What the step is called.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.channel IS 'email, sms or record.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.contact_id IS 'Id of the contact.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.external_id IS 'The customer number.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.address IS 'Where it went; null for a record.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.state IS 'queued, accepted (the provider took it), failed, skipped, in_doubt (nobody knows whether it was sent), cancelled, expired or superseded (sent again by a person).';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.error_class IS 'Of a failure: recipient, content, provider, account or internal.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.error_code IS 'What the provider answered, as a code.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.error_text IS 'What the provider answered, in words.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.skip_reason IS 'Why it was not attempted.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.attempts IS 'How often it was attempted.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.provider_message_id IS 'The provider''s own id.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.sent_at IS 'When it was first committed to being sent.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.settled_at IS 'When its state became final.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.delivered_at IS 'When the provider reported delivery.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.opened_at IS 'First opening, by a person or a machine.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.clicked_at IS 'First click.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.bounced_at IS 'When it came back.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.bounce_type IS 'hard or soft.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.complained_at IS 'When it was reported as spam.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.unsubscribed_at IS 'When the contact unsubscribed through it.';--> statement-breakpoint
COMMENT ON COLUMN waybill.contact_message_v1.resend_of IS 'Number of the delivery in doubt that this one repeats.';--> statement-breakpoint
CREATE OR REPLACE VIEW waybill.run_progress_v1 WITH (security_barrier = true) AS
  SELECT r.id AS run_id, r.name AS run_name, r.campaign_id, c.name AS campaign_name, r.status, r.status_reason, r.scheduled_at,
         r.started_at, r.completed_at, r.list_total, r.audience_count AS audience, r.excluded_count AS excluded, s.n::int AS step,
         s.step ->> 'name' AS step_name, s.step ->> 'kind' AS channel, t.accepted, t.failed, t.skipped, t.in_doubt, t.cancelled,
         t.expired, coalesce(r.audience_count, 0) - t.accepted - t.failed - t.skipped - t.in_doubt - t.cancelled - t.expired AS waiting
  FROM runs r JOIN campaigns c ON c.id = r.campaign_id AND c.workspace_id = r.workspace_id
  JOIN campaign_versions v ON v.id = r.version_id AND v.workspace_id = r.workspace_id
  CROSS JOIN LATERAL jsonb_array_elements(v.outline) WITH ORDINALITY s(step, n)
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(k.n) FILTER (WHERE k.state = 'accepted'), 0) AS accepted, coalesce(sum(k.n) FILTER (WHERE k.state = 'failed'), 0) AS failed,
           coalesce(sum(k.n) FILTER (WHERE k.state = 'skipped'), 0) AS skipped, coalesce(sum(k.n) FILTER (WHERE k.state = 'in_doubt'), 0) AS in_doubt,
           coalesce(sum(k.n) FILTER (WHERE k.state = 'cancelled'), 0) AS cancelled, coalesce(sum(k.n) FILTER (WHERE k.state = 'expired'), 0) AS expired
    FROM run_counters k WHERE k.workspace_id = r.workspace_id AND k.run_id = r.id AND k.step = s.n - 1) t
  WHERE r.workspace_id = (SELECT waybill.my_workspace()) AND s.step ->> 'kind' <> 'wait' AND s.n > r.from_step;--> statement-breakpoint
COMMENT ON VIEW waybill.run_progress_v1 IS 'The books of every run: one row per run and step. accepted + failed + skipped + in_doubt + cancelled + expired + waiting = audience.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.run_id IS 'Id of the run.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.run_name IS 'The name of the campaign when the run was launched.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.campaign_id IS 'Id of the campaign.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.campaign_name IS 'Its name now.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.status IS 'scheduled, queuing, sending, paused, completed, cancelled or failed.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.status_reason IS 'Why it is paused, cancelled or failed.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.scheduled_at IS 'When it was to begin.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.started_at IS 'When it began.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.completed_at IS 'When its last delivery was settled.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.list_total IS 'Everybody its lists and segments named.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.audience IS 'How many of them were to be sent to.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.excluded IS 'How many were left out; audience + excluded = list_total.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.step IS 'Position of the step in the flow, from 1.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.step_name IS 'What the step is called.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.channel IS 'email, sms or record.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.accepted IS 'Taken by the provider.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.failed IS 'Refused for good.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.skipped IS 'Not attempted, with a reason.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.in_doubt IS 'Nobody knows whether it was sent.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.cancelled IS 'Not sent because the run was cancelled.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.expired IS 'Not sent in time.';--> statement-breakpoint
COMMENT ON COLUMN waybill.run_progress_v1.waiting IS 'Not settled yet.';--> statement-breakpoint
CREATE OR REPLACE VIEW waybill.suppression_v1 WITH (security_barrier = true) AS
  SELECT s.id AS suppression_id, s.channel, s.address, s.reason, s.source, s.note, s.created_at
  FROM suppressions s WHERE s.workspace_id = (SELECT waybill.my_workspace());--> statement-breakpoint
COMMENT ON VIEW waybill.suppression_v1 IS 'Addresses that are never sent to.';--> statement-breakpoint
COMMENT ON COLUMN waybill.suppression_v1.suppression_id IS 'Id of the entry.';--> statement-breakpoint
COMMENT ON COLUMN waybill.suppression_v1.channel IS 'email or sms.';--> statement-breakpoint
COMMENT ON COLUMN waybill.suppression_v1.address IS 'The address; null once the person was erased.';--> statement-breakpoint
COMMENT ON COLUMN waybill.suppression_v1.reason IS 'bounce, complaint, manual, unsubscribed or erased.';--> statement-breakpoint
COMMENT ON COLUMN waybill.suppression_v1.source IS 'Where the entry comes from.';--> statement-breakpoint
COMMENT ON COLUMN waybill.suppression_v1.note IS 'What somebody wrote to it.';--> statement-breakpoint
COMMENT ON COLUMN waybill.suppression_v1.created_at IS 'Since when.';--> statement-breakpoint
CREATE OR REPLACE VIEW waybill.output_v1 WITH (security_barrier = true) AS
  SELECT r.workspace_id, t.slug AS output_table, t.name AS output_table_name, r.run_id, r.step + 1 AS step, r.contact_id,
         r.values, r.recorded_at
  FROM output_rows r JOIN output_tables t ON t.id = r.output_table_id AND t.workspace_id = r.workspace_id
  WHERE r.workspace_id = (SELECT waybill.my_workspace());--> statement-breakpoint
COMMENT ON VIEW waybill.output_v1 IS 'Rows that record steps wrote into output tables.';--> statement-breakpoint
COMMENT ON COLUMN waybill.output_v1.workspace_id IS 'Id of the workspace.';--> statement-breakpoint
COMMENT ON COLUMN waybill.output_v1.output_table IS 'Stable name of the output table.';--> statement-breakpoint
COMMENT ON COLUMN waybill.output_v1.output_table_name IS 'Its name now.';--> statement-breakpoint
COMMENT ON COLUMN waybill.output_v1.run_id IS 'Id of the run.';--> statement-breakpoint
COMMENT ON COLUMN waybill.output_v1.step IS 'Position of the step in the flow, from 1.';--> statement-breakpoint
COMMENT ON COLUMN waybill.output_v1.contact_id IS 'Id of the contact.';--> statement-breakpoint
COMMENT ON COLUMN waybill.output_v1.values IS 'The recorded columns as JSON.';--> statement-breakpoint
COMMENT ON COLUMN waybill.output_v1.recorded_at IS 'When the row was written.';--> statement-breakpoint
GRANT USAGE ON SCHEMA waybill TO waybill_sql;--> statement-breakpoint
GRANT SELECT ON waybill.campaign_base_v1, waybill.contact_message_v1, waybill.run_progress_v1, waybill.suppression_v1, waybill.output_v1 TO waybill_sql;--> statement-breakpoint
REVOKE ALL ON FUNCTION waybill.my_workspace() FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION waybill.my_workspace() TO waybill_sql;
