/** Who may do what in a workspace made from a template, found out over HTTP and written down so that a person can read it. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import type { ApiClient, Json } from '../client.ts'
import { addMember, type RunningSystem } from '../server.ts'

interface Member {
  role: string
  client: ApiClient
  admin: string[]
  permissions: Record<string, Record<string, string | null>>
}

interface Sample {
  slug: string
  fields: Json[]
  /** A record of the owner's, and one that is given to each member in turn. */
  theirs: string
  own: string
}

type Row = [name: string, cells: string[]]

/** A line for every operation, action and field; a column for every role. */
export async function matrixOf(system: RunningSystem, template: string): Promise<string> {
  const owner = await system.register({ template, sampleData: true })
  const roles: Json[] = await owner.get('/access/roles')
  const members: Member[] = []
  for (const { key } of roles) {
    const client = await addMember(system, owner.tenantId, [key])
    const { permissions } = await client.get('/workspace')
    members.push({ role: key, client, admin: permissions.admin, permissions: permissions.objects })
  }
  const parts = [table('OPERATIONS', members, await operationRows(system.system.registry.operations, members))]
  for (const { slug } of await owner.get('/objects')) {
    const sample = await sampleOf(owner, slug)
    const found: [string, string][][] = []
    for (const member of members) found.push(await probe(system, member, sample))
    const rows = found[0]!.map(([name], line): Row => [name, found.map((lines) => lines[line]![1])])
    parts.push(table(slug.toUpperCase(), members, rows))
  }
  return `${heading(template)}\n${parts.join('\n')}`
}

const heading = (template: string): string => `Who may do what in a workspace made from the template "${template}".
Written by template-matrix.test.ts from what the server answers; after a change that is meant, run it with --update.

Operations: + may be called, - may not; what becomes of records is told by their object.
Actions: the scope that the role has. "200/403" is the status for a record of somebody else / of one's own.
Fields: r is read, w is read and written, - is hidden.
`

function table(title: string, members: Member[], rows: Row[]): string {
  const width = Math.max(...rows.map(([name]) => name.length), title.length) + 2
  const columns = members.map(
    ({ role }, index) => Math.max(role.length, ...rows.map(([, cells]) => cells[index]!.length)) + 2,
  )
  const line = (name: string, cells: string[]) =>
    (name.padEnd(width) + cells.map((cell, index) => cell.padEnd(columns[index]!)).join('')).trimEnd()
  const head = line(
    title,
    members.map(({ role }) => role),
  )
  return `${[head, ...rows.map(([name, cells]) => line(name, cells))].join('\n')}\n`
}

/** Every operation there is; those that name records are told by their object below. */
async function operationRows(operations: AnyOperation[], members: Member[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const operation of operations.toSorted((a, b) => a.name.localeCompare(b.name))) {
    const cells: string[] = []
    for (const member of members) cells.push((await mayCall(operation, member)) ? '+' : '-')
    rows.push([`  ${operation.name}`, cells])
  }
  return rows
}

/** What it declares; of one that may simply be read, what it answers. */
async function mayCall({ access, http }: AnyOperation, { admin, client }: Member): Promise<boolean> {
  if (typeof access === 'object' && !admin.includes(access.admin)) return false
  if (access !== 'member' || http.method !== 'GET' || http.path.includes('{')) return true
  return (await client.send('GET', http.path)).status !== 403
}

async function sampleOf(owner: ApiClient, slug: string): Promise<Sample> {
  const { fields } = await owner.get(`/objects/${slug}`)
  const records: Json[] = await owner.get(`/${slug}?limit=2&sort=recordNumber`)
  return { slug, fields, theirs: records[0].id, own: records[1]?.id ?? records[0].id }
}

/** The lines of one object for one member. */
async function probe(system: RunningSystem, member: Member, sample: Sample): Promise<[string, string][]> {
  const { client, permissions } = member
  const { slug, fields, theirs } = sample
  const own = await ownCopy(system, sample, client.userId)
  const actions = ['create', 'read', 'update', 'delete', 'export', 'import', 'assign']
  const lines: [string, string][] = actions.map((action) => [`  ${action}`, permissions[slug]?.[action] ?? '-'])
  const status = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    String((await client.send(method, path, body, { headers })).status)
  const both = async (ask: (id: string) => Promise<string>) => `${await ask(theirs)}/${await ask(own)}`
  const stale = { 'if-match': '"999999"' }
  lines.push(
    ['  records.list', await status('GET', `/${slug}?limit=1`)],
    ['  records.create of nothing', await status('POST', `/${slug}`, { nothing: true })],
    ['  records.get', await both((id) => status('GET', `/${slug}/${id}`))],
    ['  records.update of nothing', await both((id) => status('PATCH', `/${slug}/${id}`, {}))],
    ['  records.delete of another version', await both((id) => status('DELETE', `/${slug}/${id}`, undefined, stale))],
    ['  records.history', await both((id) => status('GET', `/${slug}/${id}/history`))],
    ['  exports.stream', await status('GET', `/${slug}/export?format=json&search=nobody`)],
  )
  for (const { key } of fields) lines.push([`  .${key}`, await fieldCell(client, slug, own, key)])
  await system.sql('delete from records where id = $1', [own])
  return lines
}

/** A record like the sample's that belongs to the member. */
async function ownCopy(system: RunningSystem, { own }: Sample, userId: string): Promise<string> {
  const [copy] = await system.sql<{ id: string }>(
    `insert into records select (r).* from (
       select jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'owner_id', $2::uuid,
         'record_number', r.record_number || '-' || $2)) as r from records r where r.id = $1) as copy
     returning id`,
    [own, userId],
  )
  return copy!.id
}

async function fieldCell(client: ApiClient, slug: string, id: string, key: string): Promise<string> {
  const record = await client.send('GET', `/${slug}/${id}`)
  if (record.status !== 200) return 'no record'
  const isRead = key in record.data
  const change = await client.send('PATCH', `/${slug}/${id}`, { [key]: idsOf(record.data[key] ?? null) })
  const messages = (change.error?.details ?? []).filter(({ field }) => field === key).map(({ message }) => message)
  const isRefused =
    change.status === 403 || messages.some((message) => /changed by your role|is not a field|computed/.test(message))
  if (isRead) return isRefused ? 'r' : 'w'
  return isRefused ? '-' : 'written unseen'
}

/** Relations are written by id. */
const idsOf = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(idsOf)
  return value?.object && value.id ? value.id : value
}
