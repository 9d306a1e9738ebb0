/** A workspace full of canaries, and what could be told of it by mistake. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import { type ApiClient, endedJob } from '../client.ts'
import { type RunningSystem, turnOffWorkflows } from '../server.ts'
import { formAddress, keepForms } from './isolation.forms.ts'
import { keepMail } from './isolation.mail.ts'
import type { Own, Target } from './isolation.probes.ts'
import { keepWorkflows } from './isolation.workflows.ts'

export const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const canary = /qx7a[\w-]*/gi

/** That somebody tried a wrong password is theirs to know; what they used, and what moved, is added up now and then. */
const isKept = (row: string): boolean =>
  !/^audit_entries .*,stranger,auth\.failed,|^operation_log .*,stranger,.*,auth\.login,|^request_|^stage_day_changes /.test(
    row,
  )

/** Leaves something in everything that a workspace can hold. */
export async function plant(system: RunningSystem, victim: ApiClient): Promise<Target> {
  await turnOffWorkflows(victim)
  await victim.post('/objects/patients/fields', {
    key: 'qx7a_field',
    label: 'qx7a-label',
    type: 'text',
    sortable: true,
  })
  await victim.post('/objects', {
    slug: 'qx7a_things',
    label: 'qx7a-thing',
    labelPlural: 'qx7a-things',
    numbering: { pattern: 'qx7a-{YYYY}-{01}', restart: 'year' },
    fields: [{ key: 'name', label: 'qx7a-name', type: 'text' }],
  })
  const fileField = await victim.post('/objects/qx7a_things/fields', { key: 'paper', label: 'Paper', type: 'file' })
  await victim.post('/qx7a_things', { name: 'qx7a-thing' })
  const doctor = await victim.post('/doctors', { full_name: 'qx7a-doctor', email: 'qx7a-doctor@example.com' })
  const values = {
    full_name: 'qx7a-patient',
    national_id: 'qx7a-national',
    notes: 'qx7a-notes',
    email: 'qx7a-patient@example.com',
    phone: '+34600998877',
    date_of_birth: '1961-02-03',
    allergies: ['qx7a-allergy'],
    height_cm: 199.5,
    qx7a_field: 'qx7a-custom',
    primary_doctor: doctor.id,
  }
  const kept = await victim.call('POST', '/patients', values, { headers: { 'idempotency-key': 'qx7a-key' } })
  await victim.patch(`/patients/${kept.id}`, { notes: 'qx7a-notes-2' })
  const note = await victim.post(`/patients/${kept.id}/notes`, { body: 'qx7a-note' })
  await victim.post(`/patients/${kept.id}/comments`, { body: 'qx7a-comment' })
  await victim.post(`/patients/${kept.id}/comments`, { body: 'qx7a-answer', noteId: note.id })
  await victim.post('/note-templates', { name: 'qx7a-begin', body: 'qx7a-beginning', objects: ['patients'] })
  await victim.post(`/patients/${kept.id}/visits`, {})
  await victim.put(`/patients/${kept.id}/follow`)
  await victim.patch('/following/settings', { created: false })
  await victim.put('/favourites', { object: 'patients', recordId: kept.id })
  await victim.put('/favourites', { page: '/qx7a-page', label: 'qx7a-favourite' })
  const trashed = await victim.post('/patients', { ...values, national_id: 'qx7a-trash', full_name: 'qx7a-trashed' })
  await victim.delete(`/patients/${trashed.id}`)
  const named = [kept.id, trashed.id]
  await victim.post('/patients/bulk/jobs', { action: 'update', ids: named, updates: { notes: 'qx7a-bulk' } })
  const twin = { ...values, national_id: 'qx7a-twin', phone: '+34600998866', full_name: 'qx7a-twin' }
  const survivor = await victim.post('/patients', twin)
  const merged = await victim.post('/patients', { ...twin, national_id: 'qx7a-twin-2' })
  await victim.post('/patients/merge', { keep: survivor.id, from: merged.id })
  for (const visibility of ['private', 'everyone']) {
    const view = await victim.post('/objects/patients/views', { label: `qx7a-${visibility}`, visibility })
    await victim.put(`/objects/patients/views/${view.id}/pin`, { pinned: true })
  }
  const dashboards: string[] = []
  for (const visibility of ['private', 'everyone']) {
    const widgets = [
      { key: 'note', type: 'text', title: 'qx7a-note', text: 'qx7a-text', position: { x: 0, y: 0, w: 6, h: 2 } },
    ]
    const dashboard = await victim.post('/dashboards', { label: `qx7a-board-${visibility}`, visibility, widgets })
    dashboards.push(dashboard.id)
    await system.sql(
      `insert into dashboard_schedules (tenant_id, id, dashboard_id, created_by, plan, receivers, next_at)
       values ($1, gen_random_uuid(), $2, $3, '{"frequency": "daily", "hour": 7, "range": "qx7a"}', array[$3::uuid], '2099-01-01')`,
      [victim.tenantId, dashboard.id, victim.userId],
    )
  }
  await victim.post('/members/invitations', { email: 'qx7a-guest@example.com', roles: ['member'] })
  const { key } = await victim.post('/api-keys', { name: 'qx7a-key', requestsPerMinute: 1_000 })
  const asProgram = { headers: { authorization: `Bearer ${key}` } }
  await system.anonymous().call('GET', '/objects', undefined, asProgram)
  await system.sql(
    `insert into outgoing_messages (tenant_id, id, kind, recipient, subject, body, state)
     values ($1, gen_random_uuid(), 'invitation', 'qx7a-guest@example.com', 'qx7a-subject', 'qx7a-body', 'failed')`,
    [victim.tenantId],
  )
  await system.sql("insert into mail_addresses (tenant_id, user_id, name) values ($1, $2, 'qx7a0000000000000000')", [
    victim.tenantId,
    victim.userId,
  ])
  await system.sql("insert into calendar_feeds (tenant_id, user_id, token_hash) values ($1, $2, sha256('qx7a-feed'))", [
    victim.tenantId,
    victim.userId,
  ])
  await system.sql(
    `insert into meeting_invitations (tenant_id, record_id, address, sequence, digest, sent_at, sent_by)
     values ($1, $2, 'qx7a@example.com', 0, sha256('qx7a'), now(), $3)`,
    [victim.tenantId, kept.id, victim.userId],
  )
  await system.sql(
    "insert into meeting_addresses (tenant_id, record_id, name) values ($1, $2, 'qx7a1111111111111111')",
    [victim.tenantId, kept.id],
  )
  await system.sql("insert into received_mail (tenant_id, user_id, digest) values ($1, $2, sha256('qx7a'))", [
    victim.tenantId,
    victim.userId,
  ])
  await keepMail(system, victim, kept.id)
  await keepWorkflows(system, victim, kept.id)
  await keepForms(system, victim, kept.id)
  await system.sql(
    "update tenants set domain = 'qx7a.example', domain_token = 'qx7a', domain_verified_at = now() where id = $1",
    [victim.tenantId],
  )
  const location = await victim.post('/locations', { name: 'qx7a-location' })
  await victim.post('/networks', { network: '10.0.0.0/8', comment: 'qx7a-network', locationId: location.id })
  await victim.post('/access/roles', { label: 'qx7a-role', key: 'qx7a_role' })
  const team = await victim.post('/access/teams', { name: 'qx7a-team' })
  await victim.put(`/access/teams/${team.id}/members`, { userIds: [victim.userId] })
  const exception = { effect: 'grant', kind: 'admin', permission: 'audit', reason: 'qx7a-reason' }
  await victim.post(`/access/members/${victim.userId}/exceptions`, exception)
  await system.sql(
    `with told as (
       insert into notifications (tenant_id, id, user_id, kind, record_id, object_id, actors, about)
       select tenant_id, gen_random_uuid(), $2, 'noted', id, object_id, array[$2::uuid], '{"note": "qx7a-about"}'
       from records where tenant_id = $1 and id = $3
     ), once as (
       insert into notified_events (tenant_id, seq, user_id) values ($1, 1, $2)
     ), reminded as (
       insert into reminders (tenant_id, record_id, remind_at) values ($1, $3, '2099-01-01')
     )
     insert into notification_settings (tenant_id, user_id, kinds) values ($1, $2, '{"noted": {"mail": "hourly"}}')`,
    [victim.tenantId, victim.userId, kept.id],
  )
  const idsIn = async (table: string): Promise<string[]> => {
    const found = await system.sql<{ id: string }>(
      `select id from ${table} where tenant_id = $1 order by id desc limit 4`,
      [victim.tenantId],
    )
    return found.map((row) => row.id)
  }
  await system.sql(
    `insert into duplicate_pairs (tenant_id, id, object_id, first_id, second_id, score, reasons)
     select tenant_id, gen_random_uuid(), object_id, least($2, $3)::uuid, greatest($2, $3)::uuid, 90, '{name_and_phone}'
     from records where tenant_id = $1 and id = $2::uuid on conflict do nothing`,
    [victim.tenantId, kept.id, survivor.id],
  )
  const file = await victim.post(`/patients/${kept.id}/files`, {
    name: 'qx7a-file.txt',
    size: 4,
    folder: 'qx7a-folder',
  })
  await victim.call('PATCH', `/file-uploads/${file.id}`, undefined, { raw: 'qx7a', headers: { 'upload-offset': '0' } })
  await victim.post(`/patients/${kept.id}/files`, { name: 'qx7a-begun.txt', size: 8 })
  await system.sql(
    `insert into kept_sums (tenant_id, object_id, name, cluster, snapshot, bounds, latest, parts)
     select tenant_id, object_id, 'qx7a-sums', '', '1:1:', '[]', 0, 'qx7a-parts' from records where tenant_id = $1 and id = $2::uuid`,
    [victim.tenantId, kept.id],
  )
  await system.sql(
    `insert into unique_keys (tenant_id, object_id, key_id, values_id)
     select tenant_id, object_id, gen_random_uuid(), gen_random_uuid() from records where tenant_id = $1 and id = $2::uuid`,
    [victim.tenantId, kept.id],
  )
  await system.sql(
    `with rules as (
       insert into stage_day_rules (tenant_id, field_id, time_zone, forward, won, lost)
       values ($1, gen_random_uuid(), 'UTC', '{qx7a}', '{}', '{}') returning tenant_id, field_id
     ) insert into stage_days (tenant_id, field_id, day, stage, entered, moved_on, won)
     select tenant_id, field_id, '1970-01-01', 'qx7a', 7, 1, 0 from rules`,
    [victim.tenantId],
  )
  const raw = 'full_name,date_of_birth,phone\nqx7a-imported,1970-01-01,+14155550123\nqx7a-refused,never,1\n'
  const upload = await victim.call('POST', '/patients/import/preview', undefined, {
    raw,
    headers: { 'content-type': 'text/csv' },
  })
  const mapping = { 0: 'full_name', 1: 'date_of_birth', 2: 'phone' }
  const settings = { mode: 'upsert', matchOn: 'phone' }
  const { jobId } = await victim.post('/patients/import', { uploadId: upload.uploadId, mapping, ...settings })
  await endedJob(victim, jobId)
  return {
    tenantId: victim.tenantId,
    tenantSlug: victim.session!.tenant.slug,
    userId: victim.userId,
    email: victim.session!.user.email,
    objectSlug: 'qx7a_things',
    fieldKey: 'qx7a_field',
    patientId: kept.id,
    trashedId: trashed.id,
    doctorId: doctor.id,
    recordIds: [kept.id, trashed.id, doctor.id],
    uploadId: upload.uploadId,
    fileFieldId: fileField.id,
    fileId: (await idsIn('record_files')).at(-1)!,
    idsOf: {
      views: await idsIn('views'),
      dashboards,
      schedules: await idsIn('dashboard_schedules'),
      duplicates: await idsIn('duplicate_pairs'),
      merges: await idsIn('merges'),
      jobs: await idsIn('jobs'),
      'bulk-jobs': await idsIn('bulk_changes'),
      imports: await idsIn('imports'),
      uploads: await idsIn('uploads'),
      files: await idsIn('record_files'),
      'file-uploads': await idsIn('file_versions'),
      outbox: await idsIn('outgoing_messages'),
      invitations: await idsIn('invitations'),
      'api-keys': await idsIn('api_keys'),
      sessions: await idsIn('sessions'),
      members: [victim.userId],
      workspaces: [victim.tenantId],
      teams: await idsIn('teams'),
      locations: await idsIn('locations'),
      networks: await idsIn('network_rules'),
      exceptions: await idsIn('member_exceptions'),
      favourites: await idsIn('favourites'),
      notifications: await idsIn('notifications'),
      notes: await idsIn('notes'),
      // The one that was planted last: those of the template are like it.
      workflows: (await idsIn('workflows')).slice(0, 1),
      'workflow-runs': (await idsIn('workflow_runs')).slice(0, 1),
      'workflow-approvals': await idsIn('workflow_approvals'),
      'note-templates': await idsIn('note_templates'),
      'mail-templates': await idsIn('mail_templates'),
      forms: await idsIn('forms'),
      'form-uploads': await idsIn('form_uploads'),
    },
    name: 'qx7a-patient',
    nationalId: 'qx7a-national',
  }
}

/** Every table that says which tenant its rows belong to. */
export async function tenantTables(system: RunningSystem): Promise<string[]> {
  const rows = await system.sql<{ name: string }>(`select c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE'
      and c.table_name !~ '^(records|operation_log)_\\d' order by 1`)
  return rows.map((row) => row.name)
}

/** All that the database holds of a workspace, row by row. */
export async function rowsOf(system: RunningSystem, tables: string[], tenantId: string): Promise<string[]> {
  const parts = tables.map((table) => `select '${table} ' || t::text as row from ${table} t where t.tenant_id = $1`)
  const tenant = `select 'tenants ' || t::text from tenants t where t.id = $1`
  const people = `select 'users ' || u::text from users u join memberships m on m.user_id = u.id where m.tenant_id = $1`
  const rows = await system.sql<{ row: string }>([...parts, tenant, people].join(' union all '), [tenantId])
  return rows
    .map(({ row }) => row)
    .filter(isKept)
    .sort()
}

/** Ids that stand in rows of the one workspace and in none of the others. */
export function idsOnlyIn(rows: string[], others: string[]): Set<string> {
  const known = new Set(others.flatMap((row) => row.match(uuid) ?? []))
  return new Set(rows.flatMap((row) => row.match(uuid) ?? []).filter((id) => !known.has(id)))
}

/** Each name in braces is replaced by each thing of that kind. */
export function pathsOf({ name, http }: AnyOperation, target: Target, own: Own): string[] {
  const segments = http.path.split('/')
  const collection = segments[segments.indexOf('{id}') - 1] ?? ''
  const ids = collection === '{object}' ? [...target.recordIds, own.patientId] : (target.idsOf[collection] ?? [])
  const things: Record<string, string[]> = {
    object: name.startsWith('objects.') ? [target.objectSlug] : ['patients', target.objectSlug],
    id: ids,
    otherId: [target.doctorId, target.patientId],
    noteId: target.idsOf.notes!,
    commentId: target.idsOf.notes!,
    relation: ['primary_doctor', 'appointments'],
    key: name === 'pipelines.figures' ? ['care'] : [name.startsWith('roles.') ? 'qx7a_role' : target.fieldKey],
    pipeline: ['care'],
    field: [target.fieldKey],
    item: ['called'],
    userId: [target.userId],
    teamId: target.idsOf.teams!,
    scheduleId: target.idsOf.schedules!,
    exceptionId: target.idsOf.exceptions!,
    slug: ['hospital'],
    file: target.idsOf['form-uploads']!,
    number: ['0', '1', '3'],
    value: ['male'],
    secret: ['qx7a-guess'],
    address: [formAddress],
    token: [Buffer.from(JSON.stringify({ tenantId: target.tenantId })).toString('base64url')],
  }
  return segments.reduce<string[]>(
    (paths, segment) => {
      const choices = segment.startsWith('{') ? things[segment.slice(1, -1)] : [segment]
      if (!choices?.length) throw new Error(`${name} has ${segment} in its path: say in pathsOf what can stand there`)
      return paths.flatMap((path) =>
        choices.map((choice) => (path === '' && segment === '' ? '' : `${path}/${choice}`)),
      )
    },
    [''],
  )
}

/** What an answer tells of the workspace that the request did not know. */
export function toldBy(request: string, answer: string, secretIds: Set<string>): string[] {
  const words = [...(answer.match(canary) ?? []), ...(answer.match(/1961-02-03|600998877|199\.5/g) ?? [])]
  const ids = (answer.match(uuid) ?? []).filter((id) => secretIds.has(id) && !request.includes(id))
  return [...words.filter((word) => !request.toLowerCase().includes(word.toLowerCase())), ...ids]
}

/** Whether a path names something of the workspace: nothing there may be found. */
export const isForeign = (path: string, own: Own): boolean =>
  path.includes('qx7a') || (path.match(uuid) ?? []).some((id) => id !== own.patientId)
