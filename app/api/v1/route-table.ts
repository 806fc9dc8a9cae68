import * as auditChain from '@/app/api/v1/audit/chain/route';
import * as audit from '@/app/api/v1/audit/route';
import * as campaignsCampaignIdActivate from '@/app/api/v1/campaigns/[campaignId]/activate/route';
import * as campaignsCampaignIdDeactivate from '@/app/api/v1/campaigns/[campaignId]/deactivate/route';
import * as campaignsCampaignIdDuplicate from '@/app/api/v1/campaigns/[campaignId]/duplicate/route';
import * as campaignsCampaignIdLaunch from '@/app/api/v1/campaigns/[campaignId]/launch/route';
import * as campaignsCampaignIdOccurrences from '@/app/api/v1/campaigns/[campaignId]/occurrences/route';
import * as campaignsCampaignIdOccurrencesRun from '@/app/api/v1/campaigns/[campaignId]/occurrences/run/route';
import * as campaignsCampaignIdOccurrencesSkip from '@/app/api/v1/campaigns/[campaignId]/occurrences/skip/route';
import * as campaignsCampaignIdPreflight from '@/app/api/v1/campaigns/[campaignId]/preflight/route';
import * as campaignsCampaignIdPreview from '@/app/api/v1/campaigns/[campaignId]/preview/route';
import * as campaignsCampaignId from '@/app/api/v1/campaigns/[campaignId]/route';
import * as campaignsCampaignIdTest from '@/app/api/v1/campaigns/[campaignId]/test/route';
import * as campaignsAudience from '@/app/api/v1/campaigns/audience/route';
import * as campaigns from '@/app/api/v1/campaigns/route';
import * as changes from '@/app/api/v1/changes/route';
import * as connectionsConnectionId from '@/app/api/v1/connections/[connectionId]/route';
import * as connectionsConnectionIdVerify from '@/app/api/v1/connections/[connectionId]/verify/route';
import * as connections from '@/app/api/v1/connections/route';
import * as contactsContactIdConsent from '@/app/api/v1/contacts/[contactId]/consent/route';
import * as contactsContactIdHistory from '@/app/api/v1/contacts/[contactId]/history/route';
import * as contactsContactIdOptOut from '@/app/api/v1/contacts/[contactId]/opt-out/route';
import * as contactsContactIdPanelLink from '@/app/api/v1/contacts/[contactId]/panel-link/route';
import * as contactsContactId from '@/app/api/v1/contacts/[contactId]/route';
import * as contactsAttributesKeyValues from '@/app/api/v1/contacts/attributes/[key]/values/route';
import * as contactsAttributes from '@/app/api/v1/contacts/attributes/route';
import * as contactsBulk from '@/app/api/v1/contacts/bulk/route';
import * as contactsHistory from '@/app/api/v1/contacts/history/route';
import * as contactsLookup from '@/app/api/v1/contacts/lookup/route';
import * as contacts from '@/app/api/v1/contacts/route';
import * as events from '@/app/api/v1/events/route';
import * as health from '@/app/api/v1/health/route';
import * as importsImportIdCancel from '@/app/api/v1/imports/[importId]/cancel/route';
import * as importsImportIdRejectedCsv from '@/app/api/v1/imports/[importId]/rejected.csv/route';
import * as importsImportIdRemarks from '@/app/api/v1/imports/[importId]/remarks/route';
import * as importsImportId from '@/app/api/v1/imports/[importId]/route';
import * as importsImportIdUndo from '@/app/api/v1/imports/[importId]/undo/route';
import * as imports from '@/app/api/v1/imports/route';
import * as importsUploadsUploadIdChunksN from '@/app/api/v1/imports/uploads/[uploadId]/chunks/[n]/route';
import * as importsUploadsUploadIdComplete from '@/app/api/v1/imports/uploads/[uploadId]/complete/route';
import * as importsUploadsUploadIdInspection from '@/app/api/v1/imports/uploads/[uploadId]/inspection/route';
import * as importsUploadsUploadId from '@/app/api/v1/imports/uploads/[uploadId]/route';
import * as importsUploads from '@/app/api/v1/imports/uploads/route';
import * as keysKeyId from '@/app/api/v1/keys/[keyId]/route';
import * as keys from '@/app/api/v1/keys/route';
import * as listsListIdContacts from '@/app/api/v1/lists/[listId]/contacts/route';
import * as listsListIdRemove from '@/app/api/v1/lists/[listId]/remove/route';
import * as listsListId from '@/app/api/v1/lists/[listId]/route';
import * as listsListIdSubscribe from '@/app/api/v1/lists/[listId]/subscribe/route';
import * as listsListIdUnsubscribe from '@/app/api/v1/lists/[listId]/unsubscribe/route';
import * as lists from '@/app/api/v1/lists/route';
import * as outputsTableCsv from '@/app/api/v1/outputs/[table]/csv/route';
import * as outputsTable from '@/app/api/v1/outputs/[table]/route';
import * as outputsTableRows from '@/app/api/v1/outputs/[table]/rows/route';
import * as outputs from '@/app/api/v1/outputs/route';
import * as providersProviderId from '@/app/api/v1/providers/[providerId]/route';
import * as providersProviderIdVerify from '@/app/api/v1/providers/[providerId]/verify/route';
import * as providers from '@/app/api/v1/providers/route';
import * as reportsRunsRunId from '@/app/api/v1/reports/runs/[runId]/route';
import * as reportsRuns from '@/app/api/v1/reports/runs/route';
import * as reportsRunsCsv from '@/app/api/v1/reports/runs.csv/route';
import * as runsRunIdCancel from '@/app/api/v1/runs/[runId]/cancel/route';
import * as runsRunIdCertificate from '@/app/api/v1/runs/[runId]/certificate/route';
import * as runsRunIdDeliveries from '@/app/api/v1/runs/[runId]/deliveries/route';
import * as runsRunIdDeliveriesCsv from '@/app/api/v1/runs/[runId]/deliveries.csv/route';
import * as runsRunIdDetails from '@/app/api/v1/runs/[runId]/details/route';
import * as runsRunIdDoubtsDecide from '@/app/api/v1/runs/[runId]/doubts/decide/route';
import * as runsRunIdDoubts from '@/app/api/v1/runs/[runId]/doubts/route';
import * as runsRunIdExcluded from '@/app/api/v1/runs/[runId]/excluded/route';
import * as runsRunIdIssues from '@/app/api/v1/runs/[runId]/issues/route';
import * as runsRunIdPause from '@/app/api/v1/runs/[runId]/pause/route';
import * as runsRunIdProgress from '@/app/api/v1/runs/[runId]/progress/route';
import * as runsRunIdRate from '@/app/api/v1/runs/[runId]/rate/route';
import * as runsRunIdRates from '@/app/api/v1/runs/[runId]/rates/route';
import * as runsRunIdReleaseWave from '@/app/api/v1/runs/[runId]/release-wave/route';
import * as runsRunIdRerun from '@/app/api/v1/runs/[runId]/rerun/route';
import * as runsRunIdRerunOptions from '@/app/api/v1/runs/[runId]/rerun-options/route';
import * as runsRunIdResume from '@/app/api/v1/runs/[runId]/resume/route';
import * as runsRunIdRetry from '@/app/api/v1/runs/[runId]/retry/route';
import * as runsRunId from '@/app/api/v1/runs/[runId]/route';
import * as runsAttention from '@/app/api/v1/runs/attention/route';
import * as runs from '@/app/api/v1/runs/route';
import * as runsStalled from '@/app/api/v1/runs/stalled/route';
import * as segmentsSegmentIdContacts from '@/app/api/v1/segments/[segmentId]/contacts/route';
import * as segmentsSegmentIdCount from '@/app/api/v1/segments/[segmentId]/count/route';
import * as segmentsSegmentId from '@/app/api/v1/segments/[segmentId]/route';
import * as segmentsExplain from '@/app/api/v1/segments/explain/route';
import * as segmentsPreview from '@/app/api/v1/segments/preview/route';
import * as segments from '@/app/api/v1/segments/route';
import * as sendersSenderId from '@/app/api/v1/senders/[senderId]/route';
import * as senders from '@/app/api/v1/senders/route';
import * as serviceCustomersContactIdNotes from '@/app/api/v1/service/customers/[contactId]/notes/route';
import * as serviceCustomersContactId from '@/app/api/v1/service/customers/[contactId]/route';
import * as serviceCustomersContactIdUnsubscribe from '@/app/api/v1/service/customers/[contactId]/unsubscribe/route';
import * as serviceCustomers from '@/app/api/v1/service/customers/route';
import * as serviceMessagesDeliveryIdResend from '@/app/api/v1/service/messages/[deliveryId]/resend/route';
import * as serviceMessagesDeliveryId from '@/app/api/v1/service/messages/[deliveryId]/route';
import * as suppressionsSuppressionId from '@/app/api/v1/suppressions/[suppressionId]/route';
import * as suppressionsBulk from '@/app/api/v1/suppressions/bulk/route';
import * as suppressionsExportCsv from '@/app/api/v1/suppressions/export.csv/route';
import * as suppressions from '@/app/api/v1/suppressions/route';
import * as templatesTemplateIdArchive from '@/app/api/v1/templates/[templateId]/archive/route';
import * as templatesTemplateIdDocument from '@/app/api/v1/templates/[templateId]/document/route';
import * as templatesTemplateIdDuplicate from '@/app/api/v1/templates/[templateId]/duplicate/route';
import * as templatesTemplateIdRestore from '@/app/api/v1/templates/[templateId]/restore/route';
import * as templatesTemplateId from '@/app/api/v1/templates/[templateId]/route';
import * as templatesTemplateIdUnarchive from '@/app/api/v1/templates/[templateId]/unarchive/route';
import * as templatesTemplateIdVersions from '@/app/api/v1/templates/[templateId]/versions/route';
import * as templatesAssets from '@/app/api/v1/templates/assets/route';
import * as templatesCheck from '@/app/api/v1/templates/check/route';
import * as templatesContacts from '@/app/api/v1/templates/contacts/route';
import * as templatesMergeFields from '@/app/api/v1/templates/merge-fields/route';
import * as templatesPreview from '@/app/api/v1/templates/preview/route';
import * as templates from '@/app/api/v1/templates/route';
import * as templatesStartersStarterIdDocument from '@/app/api/v1/templates/starters/[starterId]/document/route';
import * as webhooksWebhookIdMessages from '@/app/api/v1/webhooks/[webhookId]/messages/route';
import * as webhooksWebhookIdReplay from '@/app/api/v1/webhooks/[webhookId]/replay/route';
import * as webhooksWebhookId from '@/app/api/v1/webhooks/[webhookId]/route';
import * as webhooks from '@/app/api/v1/webhooks/route';
import * as workspace from '@/app/api/v1/workspace/route';
import type { RouteTable } from '@/lib/http/openapi';

/** Every route of the API by its path, written by `npm run api`. */
export const ROUTES: RouteTable = {
  '/audit': audit,
  '/audit/chain': auditChain,
  '/campaigns': campaigns,
  '/campaigns/{campaignId}': campaignsCampaignId,
  '/campaigns/{campaignId}/activate': campaignsCampaignIdActivate,
  '/campaigns/{campaignId}/deactivate': campaignsCampaignIdDeactivate,
  '/campaigns/{campaignId}/duplicate': campaignsCampaignIdDuplicate,
  '/campaigns/{campaignId}/launch': campaignsCampaignIdLaunch,
  '/campaigns/{campaignId}/occurrences': campaignsCampaignIdOccurrences,
  '/campaigns/{campaignId}/occurrences/run': campaignsCampaignIdOccurrencesRun,
  '/campaigns/{campaignId}/occurrences/skip': campaignsCampaignIdOccurrencesSkip,
  '/campaigns/{campaignId}/preflight': campaignsCampaignIdPreflight,
  '/campaigns/{campaignId}/preview': campaignsCampaignIdPreview,
  '/campaigns/{campaignId}/test': campaignsCampaignIdTest,
  '/campaigns/audience': campaignsAudience,
  '/changes': changes,
  '/connections': connections,
  '/connections/{connectionId}': connectionsConnectionId,
  '/connections/{connectionId}/verify': connectionsConnectionIdVerify,
  '/contacts': contacts,
  '/contacts/{contactId}': contactsContactId,
  '/contacts/{contactId}/consent': contactsContactIdConsent,
  '/contacts/{contactId}/history': contactsContactIdHistory,
  '/contacts/{contactId}/opt-out': contactsContactIdOptOut,
  '/contacts/{contactId}/panel-link': contactsContactIdPanelLink,
  '/contacts/attributes': contactsAttributes,
  '/contacts/attributes/{key}/values': contactsAttributesKeyValues,
  '/contacts/bulk': contactsBulk,
  '/contacts/history': contactsHistory,
  '/contacts/lookup': contactsLookup,
  '/events': events,
  '/health': health,
  '/imports': imports,
  '/imports/{importId}': importsImportId,
  '/imports/{importId}/cancel': importsImportIdCancel,
  '/imports/{importId}/rejected.csv': importsImportIdRejectedCsv,
  '/imports/{importId}/remarks': importsImportIdRemarks,
  '/imports/{importId}/undo': importsImportIdUndo,
  '/imports/uploads': importsUploads,
  '/imports/uploads/{uploadId}': importsUploadsUploadId,
  '/imports/uploads/{uploadId}/chunks/{n}': importsUploadsUploadIdChunksN,
  '/imports/uploads/{uploadId}/complete': importsUploadsUploadIdComplete,
  '/imports/uploads/{uploadId}/inspection': importsUploadsUploadIdInspection,
  '/keys': keys,
  '/keys/{keyId}': keysKeyId,
  '/lists': lists,
  '/lists/{listId}': listsListId,
  '/lists/{listId}/contacts': listsListIdContacts,
  '/lists/{listId}/remove': listsListIdRemove,
  '/lists/{listId}/subscribe': listsListIdSubscribe,
  '/lists/{listId}/unsubscribe': listsListIdUnsubscribe,
  '/outputs': outputs,
  '/outputs/{table}': outputsTable,
  '/outputs/{table}/csv': outputsTableCsv,
  '/outputs/{table}/rows': outputsTableRows,
  '/providers': providers,
  '/providers/{providerId}': providersProviderId,
  '/providers/{providerId}/verify': providersProviderIdVerify,
  '/reports/runs': reportsRuns,
  '/reports/runs.csv': reportsRunsCsv,
  '/reports/runs/{runId}': reportsRunsRunId,
  '/runs': runs,
  '/runs/{runId}': runsRunId,
  '/runs/{runId}/cancel': runsRunIdCancel,
  '/runs/{runId}/certificate': runsRunIdCertificate,
  '/runs/{runId}/deliveries': runsRunIdDeliveries,
  '/runs/{runId}/deliveries.csv': runsRunIdDeliveriesCsv,
  '/runs/{runId}/details': runsRunIdDetails,
  '/runs/{runId}/doubts': runsRunIdDoubts,
  '/runs/{runId}/doubts/decide': runsRunIdDoubtsDecide,
  '/runs/{runId}/excluded': runsRunIdExcluded,
  '/runs/{runId}/issues': runsRunIdIssues,
  '/runs/{runId}/pause': runsRunIdPause,
  '/runs/{runId}/progress': runsRunIdProgress,
  '/runs/{runId}/rate': runsRunIdRate,
  '/runs/{runId}/rates': runsRunIdRates,
  '/runs/{runId}/release-wave': runsRunIdReleaseWave,
  '/runs/{runId}/rerun': runsRunIdRerun,
  '/runs/{runId}/rerun-options': runsRunIdRerunOptions,
  '/runs/{runId}/resume': runsRunIdResume,
  '/runs/{runId}/retry': runsRunIdRetry,
  '/runs/attention': runsAttention,
  '/runs/stalled': runsStalled,
  '/segments': segments,
  '/segments/{segmentId}': segmentsSegmentId,
  '/segments/{segmentId}/contacts': segmentsSegmentIdContacts,
  '/segments/{segmentId}/count': segmentsSegmentIdCount,
  '/segments/explain': segmentsExplain,
  '/segments/preview': segmentsPreview,
  '/senders': senders,
  '/senders/{senderId}': sendersSenderId,
  '/service/customers': serviceCustomers,
  '/service/customers/{contactId}': serviceCustomersContactId,
  '/service/customers/{contactId}/notes': serviceCustomersContactIdNotes,
  '/service/customers/{contactId}/unsubscribe': serviceCustomersContactIdUnsubscribe,
  '/service/messages/{deliveryId}': serviceMessagesDeliveryId,
  '/service/messages/{deliveryId}/resend': serviceMessagesDeliveryIdResend,
  '/suppressions': suppressions,
  '/suppressions/{suppressionId}': suppressionsSuppressionId,
  '/suppressions/bulk': suppressionsBulk,
  '/suppressions/export.csv': suppressionsExportCsv,
  '/templates': templates,
  '/templates/{templateId}': templatesTemplateId,
  '/templates/{templateId}/archive': templatesTemplateIdArchive,
  '/templates/{templateId}/document': templatesTemplateIdDocument,
  '/templates/{templateId}/duplicate': templatesTemplateIdDuplicate,
  '/templates/{templateId}/restore': templatesTemplateIdRestore,
  '/templates/{templateId}/unarchive': templatesTemplateIdUnarchive,
  '/templates/{templateId}/versions': templatesTemplateIdVersions,
  '/templates/assets': templatesAssets,
  '/templates/check': templatesCheck,
  '/templates/contacts': templatesContacts,
  '/templates/merge-fields': templatesMergeFields,
  '/templates/preview': templatesPreview,
  '/templates/starters/{starterId}/document': templatesStartersStarterIdDocument,
  '/webhooks': webhooks,
  '/webhooks/{webhookId}': webhooksWebhookId,
  '/webhooks/{webhookId}/messages': webhooksWebhookIdMessages,
  '/webhooks/{webhookId}/replay': webhooksWebhookIdReplay,
  '/workspace': workspace,
};
