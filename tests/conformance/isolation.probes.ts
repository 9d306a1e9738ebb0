/**
 * What a stranger tries on each operation, with whatever they could know of the other workspace: its slugs, ids and
 * values. Paths are made from the registry: every name in braces is replaced by each thing of that kind.
 */
import type { RequestOptions } from '../client.ts'
import { bulkProbes } from './isolation.bulk.ts'
import { dashboardProbes } from './isolation.dashboards.ts'
import { fileProbes } from './isolation.files.ts'
import { followingProbes } from './isolation.following.ts'
import { formProbes } from './isolation.forms.ts'
import { noteProbes } from './isolation.notes.ts'
import { outsideProbes } from './isolation.outside.ts'
import { reshapingProbes } from './isolation.reshaping.ts'
import { viewProbes } from './isolation.views.ts'
import { workflowProbes } from './isolation.workflows.ts'

/** What is to be guessed at: things of the other workspace. */
export interface Target {
  tenantId: string
  tenantSlug: string
  userId: string
  email: string
  /** An object that only the other workspace has, and a field there of an object that both have. */
  objectSlug: string
  fieldKey: string
  patientId: string
  trashedId: string
  doctorId: string
  recordIds: string[]
  uploadId: string
  fileId: string
  fileFieldId: string
  /** What `{id}` may be, by the segment before it. */
  idsOf: Record<string, string[]>
  /** A value that stands in a record, and one that is unique there. */
  name: string
  nationalId: string
}

/** Who asks, and a record of theirs. */
export interface Own {
  patientId: string
  email: string
  password: string
}

export interface ProbeRequest {
  /** With its question mark. */
  query?: string
  body?: unknown
  options?: RequestOptions
}

/** The requests to make on every path of the operation; none means one without query and body. */
export type Probe = (target: Target, own: Own) => ProbeRequest[]

const plain: Probe = () => [{}]
const bodies =
  (make: (target: Target, own: { patientId: string }) => unknown[]): Probe =>
  (target, own) =>
    make(target, own).map((body) => ({ body }))

/** Filters that would find the other workspace's records, by value, by id and over relations. */
const filtersFor = ({ patientId, doctorId, userId, name, nationalId }: Target): unknown[] => [
  { field: 'full_name', op: 'eq', value: name },
  { field: 'full_name', op: 'contains', value: name.slice(0, 6) },
  { field: 'national_id', op: 'eq', value: nationalId },
  { field: 'id', op: 'in', value: [patientId, doctorId] },
  { field: 'ownerId', op: 'eq', value: userId },
  { field: 'createdBy', op: 'eq', value: userId },
  { field: 'primary_doctor', op: 'in', value: [doctorId] },
  { field: 'primary_doctor.full_name', op: 'contains', value: 'qx7a' },
  { not: { field: 'full_name', op: 'eq', value: 'nobody' } },
]

const listQueries = (target: Target): ProbeRequest[] => [
  { options: { headers: { 'X-OneForge-Location': target.idsOf.locations![0]! } } },
  {},
  { query: '?limit=200&include=primary_doctor,appointments,medical_records.doctor.patients' },
  { query: '?limit=200&fields=id,appointments,primary_doctor.full_name,primary_doctor.patients.full_name' },
  { query: '?limit=200&deleted=true' },
  { query: `?search=${encodeURIComponent(target.name)}` },
  { query: `?sort=-${target.fieldKey}` },
  { query: `?${target.fieldKey}=1` },
  ...filtersFor(target).map((filter) => ({ query: `?filter=${encodeURIComponent(JSON.stringify(filter))}` })),
]

/** A secret cannot be known, but ids can be taken for one. */
const guessedTokens = ({ tenantId, userId, idsOf }: Target): { token: string }[] =>
  [tenantId, userId, ...(idsOf.invitations ?? []), `${tenantId}.${userId}`].map((token) => ({ token }))

const person = { full_name: 'Own Person', date_of_birth: '1980-01-01', phone: '+14155550123' }

/** Values that point into the other workspace. */
const pointers = ({ userId, doctorId, patientId, tenantId }: Target): object[] => [
  { ...person, primary_doctor: doctorId },
  { ...person, ownerId: userId },
  { ...person, id: patientId },
  { ...person, tenant_id: tenantId, tenantId },
]

export const probes: Record<string, Probe> = {
  'auth.register': bodies(({ email }) => [{ email, password: 'a lantern in the orchard', name: 'X', workspace: 'Y' }]),
  'auth.login': ({ tenantId, tenantSlug, email }, own) =>
    [
      { email: own.email, password: own.password, tenant: tenantId },
      { email: own.email, password: own.password, tenant: tenantSlug },
      { email, password: 'a wrong guess of it', tenant: tenantSlug },
    ].map((body) => ({ body })),
  'auth.refresh': bodies(({ userId }) => [{ refreshToken: userId }]),
  'auth.logout': plain,
  'auth.me': plain,
  'auth.updateMe': bodies(({ userId }) => [{ id: userId, name: 'X' }, { name: 'X' }]),
  'auth.changePassword': bodies(({ userId }) => [{ userId, currentPassword: 'x', newPassword: 'y' }]),
  'auth.stepUp': bodies(() => [{ password: 'not mine' }]),
  'auth.workspaces': plain,
  'auth.switchWorkspace': bodies(({ tenantId, tenantSlug }) => [{ tenant: tenantId }, { tenant: tenantSlug }]),
  'auth.verifyEmail': bodies(guessedTokens),
  'auth.resendVerification': plain,
  'auth.forgotPassword': bodies(({ email }) => [{ email }]),
  'auth.resetPassword': bodies((target) =>
    guessedTokens(target).map((token) => ({ ...token, newPassword: 'a lantern in another orchard' })),
  ),
  'auth.secondFactor': plain,
  'auth.enrolSecondFactor': bodies(() => [{}]),
  'auth.confirmSecondFactor': bodies(() => [{ otp: '000000' }]),
  'auth.renewBackupCodes': bodies(() => [{}]),
  'auth.removeSecondFactor': bodies(() => [{}]),
  'auth.leave': bodies(() => [{}]),
  'sessions.list': plain,
  'sessions.end': plain,
  'sessions.endOthers': bodies(() => [{}]),
  'members.list': plain,
  'members.deactivate': plain,
  'members.reactivate': plain,
  'invitations.list': plain,
  'invitations.create': bodies(({ email }) => [{ email, roles: ['member'] }]),
  'invitations.resend': plain,
  'invitations.revoke': plain,
  'invitations.view': bodies(guessedTokens),
  'invitations.accept': bodies((target) =>
    guessedTokens(target).map((token) => ({ ...token, name: 'X', password: 'a lantern in the orchard' })),
  ),
  'invitations.join': bodies(guessedTokens),
  'invitations.decline': bodies(guessedTokens),
  'keys.list': plain,
  'keys.create': bodies(({ userId }) => [{ name: 'Own key', account: userId }, { name: 'Own key' }]),
  'keys.update': bodies(() => [{ name: 'Taken over' }, { requestsPerMinute: 1 }]),
  'keys.revoke': plain,
  'audit.list': ({ userId, patientId }) => [{}, { query: `?user=${userId}` }, { query: `?record=${patientId}` }],
  'audit.operations': plain,
  'audit.export': ({ patientId }) => [{}, { query: `?record=${patientId}` }],
  'audit.forRecord': plain,
  'usage.get': plain,
  'domain.get': plain,
  'domain.set': bodies(() => [{ domain: 'own.example' }]),
  'domain.verify': bodies(() => [{}]),
  'domain.remove': plain,
  'installation.plans': plain,
  'installation.workspaces': ({ tenantSlug }) => [{}, { query: `?search=${tenantSlug}` }],
  'installation.workspace': plain,
  'installation.suspend': bodies(() => [{ reason: 'Taken over' }]),
  'installation.resume': bodies(() => [{}]),
  'installation.setPlan': bodies(() => [{ plan: 'unlimited' }]),
  'locations.list': plain,
  'locations.get': plain,
  'locations.create': bodies(({ tenantId }) => [{ tenantId, name: 'Own location' }, { name: 'Own location' }]),
  'locations.order': bodies(({ idsOf }) => [{ ids: idsOf.locations }]),
  'locations.update': bodies(() => [{ name: 'Stolen' }, { active: false }]),
  'locations.delete': plain,
  'networks.list': plain,
  'networks.create': bodies(({ idsOf }) => [
    { network: '10.0.0.0/8', locationId: idsOf.locations![0] },
    { network: '10.0.0.0/8', active: false },
  ]),
  'networks.update': bodies(() => [{ comment: 'stolen' }, { active: true }]),
  'networks.delete': plain,
  'security.get': plain,
  'security.update': bodies(({ tenantId }) => [{ tenantId, idleMinutes: 5 }, { idleMinutes: 60 }]),
  'access.vocabulary': plain,
  'access.administrators': () => [{}, { query: '?permission=settings' }],
  'access.members': plain,
  'access.member': plain,
  'access.setRoles': bodies(() => [{ roles: [{ key: 'owner' }] }, { roles: [{ key: 'qx7a_role' }] }]),
  'access.addException': bodies(() => [{ effect: 'grant', kind: 'admin', permission: 'users' }]),
  'access.removeException': plain,
  'access.previewMember': bodies(() => [{ roles: [{ key: 'owner' }] }]),
  'access.effective': plain,
  'access.explain': ({ userId }) => [{}, { query: `?user=${userId}` }],
  'access.viewAs': bodies(({ userId }) => [{ userId }]),
  'access.endViewAs': plain,
  'roles.list': plain,
  'roles.get': plain,
  'roles.create': bodies(({ userId, objectSlug }) => [
    { label: 'Mine', objects: { [objectSlug]: { read: 'all' } } },
    { label: 'Mine', copyOf: 'qx7a_role' },
    {
      label: 'Mine',
      objects: { patients: { read: { scope: 'all', filter: { field: 'ownerId', op: 'eq', value: userId } } } },
    },
  ]),
  'roles.update': bodies(() => [{ admin: ['*'] }, { label: 'Taken over' }]),
  'roles.delete': plain,
  'roles.preview': bodies(() => [{ admin: ['*'] }, { delete: true }]),
  'teams.list': plain,
  'teams.create': bodies(({ idsOf }) => [{ name: 'Mine' }, { name: 'Below', parentId: idsOf.teams![0] }]),
  'teams.update': bodies(() => [{ name: 'Taken over' }, { parentId: null }]),
  'teams.delete': plain,
  'teams.setMembers': bodies(({ userId }) => [{ userIds: [] }, { userIds: [userId] }]),
  'templates.list': plain,
  'templates.get': plain,
  'templates.apply': bodies(({ tenantId }) => [{ template: 'hospital' }, { template: 'hospital', tenantId }]),
  'templates.origins': plain,
  'templates.planUpgrade': plain,
  'templates.upgrade': bodies(({ tenantId }) => [{}, { dryRun: true }, { tenantId }, { origin: 'hospital' }]),
  'templates.undo': bodies(({ tenantId }) => [{}, { dryRun: true }, { tenantId }]),
  'templates.export': plain,
  'templates.check': bodies(({ tenantId }) => [{ template: {} }, { template: { slug: tenantId } }]),
  'templates.add': bodies(({ tenantId }) => [
    { template: 'real-estate', dryRun: true },
    { template: 'jewellery', sampleData: true },
    { template: 'hospital', tenantId },
  ]),
  'installation.templates': plain,
  'installation.changeTemplate': bodies(({ tenantId }) => [{ retired: true }, { name: { en: tenantId } }]),
  'installation.publishTemplate': bodies(({ tenantId }) => [{ template: {} }, { template: { slug: tenantId } }]),
  'samples.count': plain,
  'samples.load': plain,
  'samples.remove': plain,
  'workspace.get': plain,
  'workspace.update': bodies(({ tenantId, tenantSlug }) => [
    { id: tenantId, name: 'X' },
    { slug: tenantSlug },
    { name: 'X' },
  ]),
  'objects.list': plain,
  'objects.get': plain,
  'objects.create': bodies(({ objectSlug }) => [
    {
      slug: 'own_things',
      label: 'Own thing',
      labelPlural: 'Own things',
      fields: [
        { key: 'name', label: 'Name', type: 'text' },
        {
          key: 'other',
          label: 'Other',
          type: 'relation',
          relation: { object: objectSlug, inverse: { key: 'own', label: 'Own' } },
        },
      ],
    },
  ]),
  'objects.order': bodies(({ objectSlug }) => [{ order: [objectSlug] }]),
  'objects.update': bodies(() => [{ label: 'Taken over' }]),
  'objects.checkRules': bodies(({ fieldKey }) => [
    {},
    { rules: [{ key: 'x', message: 'x', check: `has(${fieldKey})` }] },
  ]),
  'objects.delete': () => [{}, { query: '?force=true' }],
  'pipelines.create': bodies(({ fieldKey }) => [
    { key: 'other', label: 'Other', field: 'other_stage', stages: [{ value: 'new' }] },
    { key: 'taken', label: 'Taken', field: fieldKey },
  ]),
  'pipelines.order': bodies(() => [{ keys: ['care'] }]),
  'pipelines.update': bodies(() => [
    { label: 'Taken over' },
    { stages: [{ value: 'mine' }], replace: { Active: 'mine' } },
  ]),
  'pipelines.delete': plain,
  'pipelines.figures': ({ userId }) => [
    {},
    { query: '?from=2000-01-01&groupBy=owner' },
    { query: `?owner=${userId}&groupBy=month` },
  ],
  'fields.create': bodies(({ objectSlug }) => [
    {
      key: 'other',
      label: 'Other',
      type: 'relation',
      relation: { object: objectSlug, inverse: { key: 'own', label: 'Own' } },
    },
  ]),
  'fields.order': bodies(({ fieldKey }) => [{ keys: [fieldKey] }]),
  'fields.update': bodies(() => [{ label: 'Taken over' }]),
  'fields.retire': () => [{}, { query: '?force=true' }],
  'fields.restore': plain,
  'fields.retired': plain,
  'fields.errors': plain,
  'formulas.check': bodies(({ patientId, doctorId }) => [
    { expression: 'full_name', recordId: patientId },
    { expression: 'primary_doctor.full_name', recordId: patientId },
    { expression: 'full_name', recordId: doctorId, key: 'full_name' },
  ]),
  ...reshapingProbes,
  ...viewProbes,
  ...workflowProbes,
  ...dashboardProbes,
  'jobs.get': plain,
  'jobs.cancel': plain,
  'jobs.resume': plain,
  ...bulkProbes(filtersFor),
  ...fileProbes,
  'exports.stream': (target) =>
    ['csv', 'xlsx', 'json'].flatMap((format) => [
      { query: `?format=${format}` },
      { query: `?format=${format}&deleted=true` },
      { query: `?format=${format}&search=${encodeURIComponent(target.name)}` },
      { query: `?format=${format}&filter=${encodeURIComponent(JSON.stringify(filtersFor(target)[3]))}` },
    ]),
  'exports.query': bodies((target) =>
    ['csv', 'xlsx', 'json'].flatMap((format) => [
      { format },
      { format, search: target.name },
      ...filtersFor(target).map((filter) => ({ format, filter })),
    ]),
  ),
  'exports.start': bodies((target) => filtersFor(target).map((filter) => ({ format: 'csv', filter }))),
  'exports.download': plain,
  'outbox.list': plain,
  'outbox.retry': plain,
  ...noteProbes,
  ...outsideProbes,
  ...formProbes,
  ...followingProbes,
  'duplicates.settings': plain,
  'duplicates.change': bodies(() => [{ active: false }, { rules: null }]),
  'duplicates.preview': bodies(() => [
    { threshold: 1, rules: [{ key: 'x', weight: 90, parts: [{ field: 'full_name', compare: 'similar' }] }] },
  ]),
  'duplicates.check': bodies(({ name, patientId, email }) => [
    { data: { full_name: name, phone: '+34600998877', date_of_birth: '1961-02-03' } },
    { data: { full_name: name, email }, except: patientId },
  ]),
  'duplicates.scan': bodies(() => [{}]),
  'duplicates.list': () =>
    ['open', 'dismissed', 'merged'].map((state) => ({ query: `?object=patients&state=${state}` })),
  'duplicates.dismiss': plain,
  'duplicates.reopen': plain,
  'records.merge': bodies(({ patientId, trashedId, recordIds }, own) => [
    { keep: own.patientId, from: patientId },
    { keep: patientId, from: own.patientId },
    { keep: recordIds[0], from: trashedId },
  ]),
  'records.unmerge': plain,
  'records.merges': plain,
  'records.search': ({ name, nationalId, patientId }) =>
    ['qx7a', name, nationalId, patientId, 'PAT-000001'].map((q) => ({ query: `?q=${encodeURIComponent(q)}` })),
  'records.searchObject': ({ name, nationalId }) =>
    ['qx7a', name, nationalId, 'PAT-000001'].map((q) => ({ query: `?q=${encodeURIComponent(q)}` })),
  'records.find': bodies(({ name, nationalId, patientId }) =>
    ['qx7a', name, nationalId, patientId, 'PAT-000001'].map((q) => ({ q })),
  ),
  'records.findInObject': bodies(({ name, nationalId }) =>
    ['qx7a', name, nationalId, 'PAT-000001'].map((q) => ({ q })),
  ),
  'records.list': listQueries,
  'records.query': bodies((target) => [
    ...filtersFor(target).map((filter) => ({ filter, include: ['primary_doctor.patients'] })),
    { limit: 200, search: 'qx7a' },
  ]),
  'records.count': bodies((target) => [{}, ...filtersFor(target).map((filter) => ({ filter }))]),
  'records.aggregate': bodies((target) => [
    { groupBy: ['full_name', 'national_id'] },
    { groupBy: ['ownerId', 'createdBy'] },
    { groupBy: ['primary_doctor.full_name'], measures: [{ op: 'count' }] },
    ...filtersFor(target).map((filter) => ({
      filter,
      groupBy: ['phone'],
      measures: [{ op: 'count' }, { op: 'max', field: 'height_cm' }],
    })),
  ]),
  'records.create': bodies((target) => [
    ...pointers(target),
    // What is unique there is free here: a refusal would tell of it.
    { ...person, national_id: target.nationalId },
  ]),
  'records.validate': bodies((target) => [
    ...pointers(target).map((data) => ({ data })),
    { data: { ...person, national_id: target.nationalId } },
  ]),
  'records.bulkCreate': bodies((target) => [{ records: pointers(target) }]),
  'records.get': () => [{}, { query: '?deleted=true' }, { query: '?include=primary_doctor' }],
  'records.update': bodies(() => [{}, { notes: 'Taken over' }]),
  'records.replace': bodies(() => [person]),
  'records.delete': plain,
  'records.restore': plain,
  'records.history': plain,
  'records.bringBack': bodies(({ patientId }) => [{ entry: patientId, side: 'before' }]),
  'records.links': () => [{}, { query: '?cursor=&sort=title' }],
  'records.link': bodies(() => [{}, { attributes: { role: 'x' }, primary: true }]),
  'records.orderLinks': bodies(({ patientId, doctorId }) => [{ ids: [patientId, doctorId] }]),
  'records.unlink': plain,
  'records.stays': plain,
  'records.visit': plain,
  'records.versions': bodies((target) => [{}, { ids: [target.patientId] }, { since: '2020-01-01T00:00:00Z' }]),
  'records.check': bodies(() => [{ done: true }, { done: false }]),
  'records.graph': () => [{}, { query: '?depth=5&limit=500&perRelation=100' }],
}
