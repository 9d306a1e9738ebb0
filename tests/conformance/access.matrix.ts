/**
 * What each operation tells of a field, and lets do to it, in a role that writes the field, only reads it, or may not
 * know of it. Every way of asking is a row; every operation on records has one.
 *
 * Reading: `shows` the value is in the answer · `finds` the value can be asked for · `hides` the answer comes without it
 * · `refuses` the field is said not to exist.
 * Writing: `changes` · `refuses` · `keeps` the request is obeyed, the field stays as it was.
 */
export type Cell = 'shows' | 'finds' | 'hides' | 'refuses' | 'changes' | 'keeps'

/** The fields of the test's object, and how the role `clerk` may use each. */
export const fields = {
  remark: 'write',
  code: 'read',
  secret: 'hidden',
  budget: 'hidden',
  phase: 'hidden',
  lead: 'hidden',
} as const
export type FieldKey = keyof typeof fields

type Row = Record<(typeof fields)[FieldKey], Cell>

const shown: Row = { write: 'shows', read: 'shows', hidden: 'hides' }
const asked: Row = { write: 'finds', read: 'finds', hidden: 'refuses' }
const named: Row = { write: 'shows', read: 'shows', hidden: 'refuses' }
const searched: Row = { write: 'finds', read: 'finds', hidden: 'hides' }
const written: Row = { write: 'changes', read: 'refuses', hidden: 'refuses' }

export const matrix: Record<string, Row> = {
  'records.list': shown,
  'records.list?fields': named,
  'records.list?filter': asked,
  'records.list?short filter': asked,
  'records.list?sort': asked,
  'records.list?search': searched,
  'records.list?trash': shown,
  'records.query': shown,
  'records.query?filter': asked,
  'records.count?filter': asked,
  'records.count?search': searched,
  'records.aggregate?groupBy': named,
  'records.aggregate?filter': asked,
  'records.aggregate?measure': named,
  'records.aggregate?search': searched,
  'records.search': searched,
  'records.searchObject': searched,
  'records.find': searched,
  'records.findInObject': searched,
  'records.get': shown,
  'records.get?fields': named,
  'records.get?from another record': shown,
  'records.get?fields of another record': named,
  'records.links?from another record': shown,
  'records.history': shown,
  'records.bringBack': { write: 'changes', read: 'keeps', hidden: 'keeps' },
  'records.bringBack?dry run': shown,
  'records.create': written,
  'records.create?answer': shown,
  'records.validate': { write: 'keeps', read: 'refuses', hidden: 'refuses' },
  'records.bulkCreate': written,
  'records.update': written,
  'records.update?answer': shown,
  'records.update?stale': shown,
  'records.replace': { write: 'changes', read: 'keeps', hidden: 'refuses' },
  'records.replace?without': { write: 'changes', read: 'keeps', hidden: 'keeps' },
  'records.bulkUpdate': written,
  'records.updateCells': written,
  'records.updateCells?answer': shown,
  // Which lists may be changed is told by the journey of activities.
  'records.changeChecklist?answer': shown,
  'records.restore?answer': shown,
  'records.merge?answer': shown,
  'records.merge?choice': { write: 'changes', read: 'refuses', hidden: 'refuses' },
  'records.unmerge?answer': shown,
  // Looked for by what one could enter.
  'duplicates.check?field': { write: 'finds', read: 'hides', hidden: 'hides' },
  'duplicates.list': shown,
  'duplicates.dismiss?answer': shown,
  'duplicates.reopen?answer': shown,
  'exports.stream?csv': shown,
  'exports.stream?json': shown,
  'exports.stream?fields': named,
  'exports.stream?filter': asked,
  'exports.query?csv': shown,
  'exports.query?fields': named,
  'exports.query?filter': asked,
  'exports.start?filter': asked,
  'exports.start?file': shown,
  'imports.start': written,
  'bulk.start': written,
  'bulk.start?filter': asked,
  'dashboards.preview?fields': named,
  'dashboards.preview?groupBy': named,
  'dashboards.preview?filter': asked,
  'dashboards.preview?measure': named,
  'dashboards.figures?fields': named,
  'dashboards.figures?filter of the board': asked,
  'objects.get': shown,
  'objects.list': shown,
}

/** Operations that tell nothing of the fields of a record. */
export const fieldless = new Set([
  'activities.list',
  'activities.addNote',
  'activities.pinNote',
  // Go by the right to read the record, as a whole: see the journey of notes.
  'comments.list',
  'comments.count',
  'comments.add',
  'comments.update',
  'comments.delete',
  // What the caller has tried themselves.
  'firstDay.get',
  'firstDay.change',
  // Definitions alone, and whether something has changed: see the journey of dashboards.
  'dashboards.stamp',
  // Drawn from what `dashboards.figures` tells.
  'dashboards.export',
  // Definitions alone, and what runs did, hidden by the viewer's fields: see the journey of workflows.
  'workflows.list',
  'workflows.create',
  'workflows.check',
  'workflows.vocabulary',
  'workflows.get',
  'workflows.update',
  'workflows.delete',
  'workflows.duplicate',
  'workflows.saveDraft',
  'workflows.discardDraft',
  'workflows.publish',
  'workflows.versions',
  'workflows.version',
  'workflows.figures',
  'workflows.test',
  'workflows.dryRun',
  'workflows.preview',
  'workflows.renewAddress',
  'workflows.removeAddress',
  'workflows.call',
  'workflows.signingSecret',
  'workflowRuns.ofWorkflow',
  'workflowRuns.list',
  'workflowRuns.get',
  'workflowRuns.stop',
  'workflowRuns.replay',
  'workflowRetention.get',
  'workflowRetention.update',
  'workflowApprovals.list',
  'workflowApprovals.decide',
  'workflowButtons.list',
  'workflowButtons.press',
  // Titles alone, as lists show them: see the journey of notifications.
  'favourites.list',
  'favourites.add',
  'favourites.arrange',
  'favourites.remove',
  'following.list',
  'notifications.list',
  'notifications.unread',
  'notifications.read',
  'notifications.mentionable',
  'following.follow',
  'following.unfollow',
  // The log names records and holds no values.
  'audit.export',
  // Fields with their rights, never with their values; see packages/modules/access.
  'access.explain',
  // Need the administrative permission, and go by the caller's fields: see the journeys of computed fields and duplicates.
  'formulas.check',
  'fields.errors',
  'duplicates.preview',
  'exports.download',
  // Files go by the rights of the record as a whole, and those of a field by the field's: see the journeys of files.
  'files.list',
  'files.ofRecords',
  'files.begin',
  'files.beginForField',
  'files.uploaded',
  'files.append',
  'files.abandon',
  'files.get',
  'files.update',
  'files.delete',
  'files.restore',
  'files.erase',
  'files.link',
  'files.thumbnail',
  'files.content',
  'files.moveMany',
  'files.deleteMany',
  'files.restoreMany',
  'files.archive',
  'files.archiveContent',
  // Keys of the caller's own changes, and what these changed before: see the journey of bulk changes.
  'bulk.list',
  'bulk.undo',
  'bulk.refused',
  'imports.list',
  'imports.preview',
  'imports.refused',
  'imports.undo',
  // Of a file that the caller sent, and of the object that they make of it.
  'uploads.create',
  'uploads.propose',
  'objects.createFromUpload',
  'records.bulkDelete',
  'records.delete',
  // What stays tell of the field of their pipeline is tested in the journey of pipelines.
  'records.stays',
  // Titles, times and places, as far as the owner sees their fields: see the journey of the calendar feed.
  'calendarFeed.content',
  // What a template says of a record, and where it may be sent: see the journey of mail.
  'mailTemplates.preview',
  'emails.draft',
  'emails.send',
  'emails.states',
  // Ask for what an administrator has chosen, and never tell what a record holds: see the journey of forms.
  'forms.open',
  'forms.beginFile',
  'forms.appendFile',
  'forms.send',
  'forms.openPublic',
  'forms.beginFilePublic',
  'forms.appendFilePublic',
  'forms.sendPublic',
  'forms.note',
  'forms.notePublic',
  'forms.list',
  'forms.get',
  'forms.create',
  'forms.update',
  'forms.remove',
  'forms.duplicate',
  'forms.figures',
  // Titles, as far as the reader sees them.
  'forms.submissions',
  // Go by the right to read and to change the meeting: see the journey of invitations.
  'meetings.invitations',
  'meetings.invite',
  'records.check',
  // Relations as such are tested beside the matrix.
  'records.graph',
  'records.link',
  // Titles, as links have them.
  'records.merges',
  'records.orderLinks',
  'records.unlink',
  'records.visit',
  'samples.count',
])
