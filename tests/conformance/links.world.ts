/** A workspace with a relation of every kind, random things done to its links, and what must hold of them afterwards. */
import fc from 'fast-check'
import type { Answer, ApiClient, Json } from '../client.ts'
import type { RunningSystem } from '../server.ts'

interface RelationSpec {
  from: string
  key: string
  to: string
  inverse: string
  fromMany: boolean
  toMany: boolean
  required?: boolean
  primary?: boolean
  onDelete?: 'keep' | 'clear' | 'cascade' | 'refuse'
}

export const relations: RelationSpec[] = [
  { from: 'people', key: 'companies', to: 'companies', inverse: 'people', fromMany: true, toMany: true, primary: true },
  { from: 'people', key: 'team', to: 'teams', inverse: 'members', fromMany: false, toMany: true, onDelete: 'clear' },
  { from: 'people', key: 'badge', to: 'badges', inverse: 'holder', fromMany: false, toMany: false },
  { from: 'people', key: 'reports_to', to: 'people', inverse: 'reports', fromMany: false, toMany: true },
  { from: 'tasks', key: 'doers', to: 'people', inverse: 'tasks', fromMany: true, toMany: true, required: true },
  { from: 'tasks', key: 'part_of', to: 'tasks', inverse: 'parts', fromMany: false, toMany: true, onDelete: 'cascade' },
  {
    from: 'teams',
    key: 'seal',
    to: 'badges',
    inverse: 'sealed',
    fromMany: false,
    toMany: false,
    required: true,
    onDelete: 'refuse',
  },
]
export const slugs = ['companies', 'badges', 'teams', 'people', 'tasks']

export async function makeObjects(client: ApiClient): Promise<void> {
  for (const slug of slugs) {
    const fields = relations
      .filter((relation) => relation.from === slug)
      .map(({ key, to, inverse, fromMany, toMany, required, primary, onDelete }) => ({
        key,
        label: key,
        type: 'relation',
        required,
        relation: {
          object: to,
          many: fromMany,
          primary,
          onDelete,
          inverse: { key: inverse, label: inverse, many: toMany },
        },
      }))
    const name = { key: 'name', label: 'Name', type: 'text' }
    await client.post('/objects', { slug, label: slug, labelPlural: slug, fields: [name, ...fields] })
  }
}

/** Numbers stand for records and are taken modulo how many there are. */
export interface Command {
  kind: 'link' | 'unlink' | 'create' | 'patch' | 'bulk' | 'delete' | 'restore' | 'order'
  relation: number
  inverse: boolean
  here: number
  there: number
  others: number[]
  primary: boolean
}

const small = fc.nat(11)
export const anyCommand: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom('link', 'link', 'unlink', 'create', 'patch', 'patch', 'bulk', 'delete', 'restore', 'order'),
  relation: fc.nat(relations.length - 1),
  inverse: fc.boolean(),
  here: small,
  there: small,
  others: fc.array(small, { maxLength: 3 }),
  primary: fc.boolean(),
})

/** The records of one run: by object, in the order they were made, the trash included. */
export class Run {
  readonly ids = new Map<string, string[]>(slugs.map((slug) => [slug, []]))
  private readonly client: ApiClient

  constructor(client: ApiClient) {
    this.client = client
  }

  async begin(): Promise<void> {
    for (let n = 0; n < 3; n++) {
      await this.create('companies', {})
      const badge = await this.create('badges', {})
      await this.create('teams', { seal: badge })
      const person = await this.create('people', {})
      await this.create('tasks', { doers: [person] })
    }
  }

  /** Does it, and gives the answer. */
  async obey(command: Command): Promise<Answer> {
    const { from, key, to, inverse, fromMany, toMany } = relations[command.relation]!
    const [slug, name, otherSlug, many] = command.inverse ? [to, inverse, from, toMany] : [from, key, to, fromMany]
    const id = this.pick(slug, command.here)
    const otherId = this.pick(otherSlug, command.there)
    const otherIds = [...new Set(command.others.map((n) => this.pick(otherSlug, n)))]
    const value = many ? otherIds : (otherIds[0] ?? null)
    const path = `/${slug}/${id}`
    switch (command.kind) {
      case 'link': {
        const body = relations[command.relation]!.primary && command.primary ? { primary: true } : {}
        return this.client.send('PUT', `${path}/links/${name}/${otherId}`, body)
      }
      case 'unlink':
        return this.client.send('DELETE', `${path}/links/${name}/${otherId}`)
      case 'create': {
        const answer = await this.client.send('POST', `/${slug}`, { ...this.needed(slug, command), [name]: value })
        if (answer.status === 201) this.ids.get(slug)!.push(answer.data.id)
        return answer
      }
      case 'patch':
        return this.client.send('PATCH', path, { [name]: value })
      case 'bulk': {
        const ids = [...new Set([id, this.pick(slug, command.there)])]
        return this.client.send('PATCH', `/${slug}/bulk`, { ids, updates: { [name]: value } })
      }
      case 'delete':
        return this.client.send('DELETE', path)
      case 'restore':
        return this.client.send('POST', `${path}/restore`)
      case 'order':
        return this.client.send('PUT', `${path}/links/${name}`, { ids: [otherId] })
    }
  }

  private async create(slug: string, values: object): Promise<string> {
    const { id } = await this.client.post(`/${slug}`, { name: slug, ...values })
    this.ids.get(slug)!.push(id)
    return id
  }

  /** What a new record cannot be without. */
  private needed(slug: string, { there }: Command): object {
    if (slug === 'tasks') return { name: 'New', doers: [this.pick('people', there)] }
    return slug === 'teams' ? { name: 'New', seal: this.pick('badges', there) } : { name: 'New' }
  }

  private pick(slug: string, n: number): string {
    const ids = this.ids.get(slug)!
    return ids[n % ids.length]!
  }
}

interface StoredLink {
  key: string
  from_id: string
  to_id: string
  is_primary: boolean
  from_alive: boolean
  to_alive: boolean
}

/** What does not hold of the links of a run, in words; nothing where all is well. */
export async function wrongsOf(system: RunningSystem, client: ApiClient, run: Run): Promise<string[]> {
  const all = [...run.ids.values()].flat()
  const links = await system.sql<StoredLink>(
    `select f.key, l.from_id, l.to_id, l.is_primary, a.deleted_at is null as from_alive, b.deleted_at is null as to_alive
     from links l join relations x on x.id = l.relation_id join fields f on f.id = x.field_id
       join records a on a.tenant_id = l.tenant_id and a.id = l.from_id join records b on b.tenant_id = l.tenant_id and b.id = l.to_id
     where l.tenant_id = $1 and l.from_id = any($2) order by l.created_at`,
    [client.tenantId, all],
  )
  const living = await livingOf(client, run)
  return [
    ...sidesThatDisagree(living, links),
    ...brokenRules(living, links),
    ...(await historiesThatDiffer(system, client, all, links)),
  ]
}

type Living = Map<string, Json[]>

/** The living records with both directions of their relations. */
async function livingOf(client: ApiClient, run: Run): Promise<Living> {
  const living: Living = new Map()
  for (const [slug, ids] of run.ids) {
    const names = relations.flatMap(({ from, key, to, inverse }) => [
      ...(from === slug ? [key] : []),
      ...(to === slug ? [inverse] : []),
    ])
    const fields = ['id', 'name', ...names]
    const filter = { field: 'id', op: 'in', value: ids }
    living.set(slug, await client.post(`/${slug}/query`, { filter, fields, limit: 200 }))
  }
  return living
}

const idsIn = (value: Json): string[] => [value ?? []].flat().map((one: Json) => one.id)

function sidesThatDisagree(living: Living, links: StoredLink[]): string[] {
  return relations.flatMap(({ from, key, to, inverse }) => {
    const stored = links.filter((link) => link.key === key && link.from_alive && link.to_alive)
    const expected = stored.map((link) => `${link.from_id} ${link.to_id}`).sort()
    const fromHere = living.get(from)!.flatMap((record) => idsIn(record[key]).map((id) => `${record.id} ${id}`))
    const fromThere = living.get(to)!.flatMap((record) => idsIn(record[inverse]).map((id) => `${id} ${record.id}`))
    return [
      ...(fromHere.sort().join() === expected.join() ? [] : [`${from}.${key} shows other links than there are`]),
      ...(fromThere.sort().join() === expected.join() ? [] : [`${to}.${inverse} shows other links than there are`]),
    ]
  })
}

function brokenRules(living: Living, links: StoredLink[]): string[] {
  return relations.flatMap(({ from, key, fromMany, toMany, required, primary }) => {
    const own = links.filter((link) => link.key === key)
    const most = (pairs: StoredLink[], end: 'from_id' | 'to_id') =>
      Math.max(0, ...[...Map.groupBy(pairs, (link) => link[end]).values()].map((group) => group.length))
    const empty = living.get(from)!.filter(({ id }) => !own.some((link) => link.from_id === id))
    return [
      ...(!fromMany && most(own, 'from_id') > 1 ? [`${key} takes several`] : []),
      ...(!toMany &&
      most(
        own.filter((link) => link.from_alive),
        'to_id',
      ) > 1
        ? [`${key} is taken by several`]
        : []),
      ...(primary &&
      most(
        own.filter((link) => link.is_primary),
        'from_id',
      ) > 1
        ? [`${key} has several primary links`]
        : []),
      ...(required && empty.length > 0 ? [`${key} is required and empty`] : []),
    ]
  })
}

/** What the histories of all ends add up to is what there is. */
async function historiesThatDiffer(
  system: RunningSystem,
  client: ApiClient,
  all: string[],
  links: StoredLink[],
): Promise<string[]> {
  const entries = await system.sql<{ record_id: string; action: string; changes: Record<string, Json> }>(
    `select record_id, action, changes from audit_entries where tenant_id = $1 and record_id = any($2) order by at`,
    [client.tenantId, all],
  )
  return relations.flatMap(({ key, inverse }) => {
    const own = links.filter((link) => link.key === key)
    return [
      ...differences(key, entries, new Set(own.map((link) => `${link.from_id} ${link.to_id}`))),
      ...differences(inverse, entries, new Set(own.map((link) => `${link.to_id} ${link.from_id}`))),
    ]
  })
}

function differences(
  key: string,
  entries: { record_id: string; action: string; changes: Record<string, Json> }[],
  expected: Set<string>,
): string[] {
  const told = new Set<string>()
  for (const { record_id, action, changes } of entries) {
    const change = changes[key]
    if (change === undefined || action === 'link_changed' || action === 'links_ordered') continue
    const [before, after]: [string[], string[]] =
      action === 'created' ? [[], change] : [change[0] ?? [], change[1] ?? []]
    for (const id of before) if (!after.includes(id)) told.delete(`${record_id} ${id}`)
    for (const id of after) if (!before.includes(id)) told.add(`${record_id} ${id}`)
  }
  return told.symmetricDifference(expected).size === 0 ? [] : [`the histories tell other ${key} than there are`]
}
