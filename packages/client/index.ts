import { accessMethods } from './access.ts'
import { accountMethods } from './account.ts'
import { arrangementMethods, translationMethods } from './arrangements.ts'
import { auditMethods } from './audit.ts'
import { bulkMethods } from './bulk.ts'
import { checklistMethods } from './checklists.ts'
import { duplicateMethods } from './duplicates.ts'
import { fileMethods } from './files.ts'
import { favouriteMethods, followingMethods } from './following.ts'
import { formMethods } from './forms.ts'
import { type ClientOptions, createHttp } from './http.ts'
import { identityMethods } from './identity.ts'
import { exportMethods, importMethods, jobMethods } from './imports.ts'
import { installationMethods } from './installation.ts'
import { locationMethods, networkMethods } from './locations.ts'
import { mailMethods } from './mail.ts'
import { meetingMethods } from './meetings.ts'
import { objectMethods, viewMethods } from './metadata.ts'
import { commentMethods, noteMethods, noteTemplateMethods } from './notes.ts'
import { notificationMethods } from './notifications.ts'
import { peopleMethods } from './people.ts'
import { pipelineMethods } from './pipelines.ts'
import { recordMethods } from './records.ts'
import { dashboardMethods } from './reports.ts'
import { securityMethods } from './security.ts'
import { templateMethods } from './templates.ts'
import { usageMethods } from './usage.ts'
import { versionMethods } from './versions.ts'
import { approvalMethods, workflowMethods, workflowRetentionMethods, workflowRunMethods } from './workflows.ts'
import { workspaceMethods } from './workspace.ts'

export * from './access-types.ts'
export type { MailAddress, OwnSession, OwnWorkspace, Proof, SecondFactor } from './account.ts'
export type { LogEntry, LogFilter, LoggedOperation, RecordLogFilter } from './audit.ts'
export type { BulkEdit, BulkTarget } from './bulk.ts'
export type { CheckItem, ChecklistChange } from './checklists.ts'
export type { DuplicateDraft, DuplicatePair, MergeChoice, MergeInput, PairState } from './duplicates.ts'
export { ApiError, type ErrorDetail } from './errors.ts'
export type { FileInput } from './files.ts'
export type { FavouriteInput } from './following.ts'
export * from './form-types.ts'
export type { BegunFile, FormDoor } from './forms.ts'
export type {
  AcceptedBulkChange,
  BulkChange,
  CalendarFeed,
  Comment,
  DuplicatePreview,
  DuplicateReason,
  DuplicateSettings,
  EmailDraft,
  Favourite,
  FieldConversion,
  FirstDay,
  Followers,
  FollowSettings,
  FormDay,
  FormFile,
  FormReceived,
  FormSubmission,
  FoundDuplicates,
  InstallationTemplate,
  InstallationWorkspace,
  InstallationWorkspaceDetail,
  ListedMailTemplate,
  MailServer,
  MailSuppression,
  MailTemplate,
  MetadataChange,
  MetadataVersion,
  NewCalendarFeed,
  NoteTemplate,
  Notification,
  NotificationPreferences,
  NotificationWish,
  PipelineFigures,
  RecordFile,
  RecordFileWithVersions,
  StageFigures,
  Stay,
  TemplateAdding,
  TemplatePlan,
  TemplateUndone,
  UndoneVersion,
  WholeMetadataVersion,
} from './generated.ts'
export type { ClientOptions, NamedFile } from './http.ts'
export type { ExportFormat } from './imports.ts'
export type { InstallationPlan, TemplateCard, WorkspaceListQuery } from './installation.ts'
export type * from './locations.ts'
export type * from './mail.ts'
export type { MeetingInvitation, MeetingInvitations } from './meetings.ts'
export type { ConversionWish, FieldChange } from './metadata.ts'
export type { NoteTemplateInput } from './notes.ts'
export type { Invitation, InvitationView } from './people.ts'
export type { FiguresQuery, PipelineInput, StageInput } from './pipelines.ts'
export type * from './reports-types.ts'
export type * from './security.ts'
export type { TemplateOrigin, TemplateResolution } from './templates.ts'
export * from './types.ts'
export type { VersionComparison, VersionQuery } from './versions.ts'
export * from './workflow-definition.ts'
export type * from './workflow-types.ts'
export type { WorkflowChange, WorkflowListQuery, WorkflowRunQuery } from './workflows.ts'

/**
 * A typed door to the HTTP API, grouped by subject. Refusals are thrown as ApiError.
 *
 * ```ts
 * const client = createClient({ baseUrl: 'http://localhost:3000/api/v1', token: 'ofk_…' })
 * const { items } = await client.records.list('patients', { search: 'ana', sort: ['full_name'] })
 * ```
 */
export function createClient(options: ClientOptions) {
  const http = createHttp(options)
  return {
    identity: identityMethods(http),
    account: accountMethods(http),
    people: peopleMethods(http),
    access: accessMethods(http),
    security: securityMethods(http),
    locations: locationMethods(http),
    networks: networkMethods(http),
    audit: auditMethods(http),
    bulk: bulkMethods(http),
    usage: usageMethods(http),
    installation: installationMethods(http),
    files: fileMethods(http),
    forms: formMethods(http),
    mail: mailMethods(http),
    meetings: meetingMethods(http),
    following: followingMethods(http),
    favourites: favouriteMethods(http),
    notifications: notificationMethods(http),
    notes: noteMethods(http),
    comments: commentMethods(http),
    noteTemplates: noteTemplateMethods(http),
    checklists: checklistMethods(http),
    workspace: workspaceMethods(http),
    arrangements: arrangementMethods(http),
    translations: translationMethods(http),
    templates: templateMethods(http),
    versions: versionMethods(http),
    objects: objectMethods(http),
    views: viewMethods(http),
    pipelines: pipelineMethods(http),
    dashboards: dashboardMethods(http),
    records: recordMethods(http),
    duplicates: duplicateMethods(http),
    imports: importMethods(http),
    exports: exportMethods(http),
    jobs: jobMethods(http),
    workflows: workflowMethods(http),
    workflowRuns: workflowRunMethods(http),
    workflowRetention: workflowRetentionMethods(http),
    approvals: approvalMethods(http),
  }
}

export type Client = ReturnType<typeof createClient>
