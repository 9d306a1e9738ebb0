/**
 * Many links of one relation made and taken away together, from either side. Whoever wants something of them has it all
 * or is refused; the wishes of others stand for themselves. A plan is made first, on records that are locked, and carried
 * out when what it belongs to has been written. Both take a fixed number of statements, however many links there are.
 */
import { type RawBuilder, sql } from '../database/index.ts'
import { type AppError, conflict, notFound } from '../errors/index.ts'
import type { RecordContext } from './context.ts'
import { linkedElsewhere, writeError } from './failures.ts'
import { auditOfFacts, eventsOfFacts, type LinkSide, linkFacts, type Pair, versionsMoved } from './link-facts.ts'
import { type LockedRecord, lockRecords, outOfScope } from './lock.ts'
import { settleRelinked } from './rules/relinked.ts'
import { requireStaying } from './staying.ts'

/** What one change wants of the relation. */
export interface LinkWish {
  index: number
  add: Pair[]
  remove: Pair[]
  /** A record pointed at that is to keep none but the added links, as far as the caller sees them. */
  only?: string
}

type Planned = Pair & { index: number }

export interface LinkPlan {
  side: LinkSide
  refused: Map<number, AppError>
  added: Planned[]
  removed: Planned[]
}

/** What is said of a new link beside its ends. */
export interface LinkDetails {
  data: Record<string, unknown>
  primary: boolean
}

interface Known extends Pair {
  /** The record that has the field lives; one in the trash takes no link away from others. */
  alive: boolean
}

export async function planLinks(context: RecordContext, side: LinkSide, wishes: LinkWish[]): Promise<LinkPlan> {
  const pairs = wishes.flatMap(({ add, remove }) => [...add, ...remove])
  const froms = pairs.map((pair) => pair.from_id)
  // Whose links are to go is known only from the links there are; they are read again once those records are locked.
  const losing = await holdersToLock(context, side, wishes)
  const locked = await lockRecords(context, side.holder, [...new Set([...froms, ...losing])])
  const known = await linksAround(context, side, wishes, [...new Set([...froms, ...locked.keys()])])
  const plan: LinkPlan = { side, refused: new Map(), added: [], removed: [] }
  const state = new LinkState(side, known, locked)
  for (const wish of wishes) {
    const refusal = state.attempt(wish)
    if (refusal) plan.refused.set(wish.index, refusal)
  }
  return { ...plan, added: state.added, removed: state.removed }
}

const pointedAt = ({ toSingle }: LinkSide, wishes: LinkWish[]): string[] => [
  ...new Set(
    wishes.flatMap(({ add, only }) => [...(toSingle ? add.map((pair) => pair.to_id) : []), ...(only ? [only] : [])]),
  ),
]

async function holdersToLock(context: RecordContext, side: LinkSide, wishes: LinkWish[]): Promise<string[]> {
  const ids = pointedAt(side, wishes)
  if (ids.length === 0) return []
  const rows = await context.tx.query<{ from_id: string }>(sql`select l.from_id from links l
    where l.tenant_id = ${context.model.tenantId} and l.relation_id = ${side.relation.relationId} and l.to_id = any(${ids}::uuid[])`)
  return rows.map((row) => row.from_id)
}

/** The links that the wishes may meet: those they name, and where a side takes one only, those of that side. */
function linksAround(context: RecordContext, side: LinkSide, wishes: LinkWish[], froms: string[]): Promise<Known[]> {
  const { tenantId } = context.model
  const columns = sql`l.from_id, l.to_id, r.deleted_at is null as alive`
  const joined = (condition: RawBuilder<unknown>) => sql`select ${columns}
    from links l join records r on r.tenant_id = ${tenantId} and r.id = l.from_id
    where l.tenant_id = ${tenantId} and l.relation_id = ${side.relation.relationId} and ${condition}`
  const pairs = wishes.flatMap(({ add, remove }) => [...add, ...remove])
  // `offset 0`: one look into the index for each pair, whatever the planner expects of a workspace it does not know.
  const named = sql`select found.from_id, found.to_id, found.alive
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p(from_id uuid, to_id uuid),
      lateral (${joined(sql`l.from_id = p.from_id and l.to_id = p.to_id`)} offset 0) as found`
  const parts = [named]
  if (side.fromSingle || side.required) parts.push(joined(sql`l.from_id = any(${froms}::uuid[])`))
  const tos = pointedAt(side, wishes)
  if (tos.length > 0) parts.push(joined(sql`l.to_id = any(${tos}::uuid[])`))
  return context.tx.query<Known>(sql.join(parts, sql` union `))
}

/** The links as they would be, wish after wish. */
class LinkState {
  readonly added: Planned[] = []
  readonly removed: Planned[] = []
  private readonly side: LinkSide
  private readonly locked: Map<string, LockedRecord>
  private readonly targets = new Map<string, Set<string>>()
  /** Of living records only. */
  private readonly holders = new Map<string, Set<string>>()
  private undo: (() => void)[] = []

  constructor(side: LinkSide, known: Known[], locked: Map<string, LockedRecord>) {
    this.side = side
    this.locked = locked
    for (const { from_id, to_id, alive } of known) {
      setOf(this.targets, from_id).add(to_id)
      if (alive) setOf(this.holders, to_id).add(from_id)
    }
  }

  /** Takes all of the wish over, or nothing and says why. */
  attempt(wish: LinkWish): AppError | undefined {
    this.undo = []
    const refusal = this.takeAway(wish) ?? this.give(wish) ?? this.emptied()
    if (refusal) for (const step of this.undo.toReversed()) step()
    return refusal
  }

  private takeAway({ index, add, remove, only }: LinkWish): AppError | undefined {
    const kept = new Set(add.map((pair) => pair.from_id))
    const others = only ? [...setOf(this.holders, only)].filter((id) => this.locked.has(id) && !kept.has(id)) : []
    const unwanted = others.map((from_id) => ({ from_id, to_id: only! }))
    for (const pair of [...remove, ...unwanted]) {
      const refusal = this.mayChange(pair.from_id)
      if (refusal) return refusal
      if (!setOf(this.targets, pair.from_id).has(pair.to_id)) return notFound(`The link to ${pair.to_id}`)
      this.unlink(pair, index)
    }
    return undefined
  }

  private give({ index, add }: LinkWish): AppError | undefined {
    for (const pair of add) {
      const refusal = this.mayChange(pair.from_id)
      if (refusal) return refusal
      if (setOf(this.targets, pair.from_id).has(pair.to_id)) continue
      const displaced = this.displacedBy(pair)
      for (const other of displaced) {
        const takenByAnother = this.added.some((one) => one.index !== index && isSame(one, other))
        if (takenByAnother || this.mayChange(other.from_id)) return linkedElsewhere()
        this.unlink(other, index)
      }
      this.link(pair, index)
    }
    return undefined
  }

  /** The links that a side which takes one only has to give up. */
  private displacedBy({ from_id, to_id }: Pair): Pair[] {
    const ofFrom = this.side.fromSingle ? [...setOf(this.targets, from_id)] : []
    const ofTo = this.side.toSingle ? [...setOf(this.holders, to_id)] : []
    return [...ofFrom.map((other) => ({ from_id, to_id: other })), ...ofTo.map((other) => ({ from_id: other, to_id }))]
  }

  private mayChange(id: string): AppError | undefined {
    const record = this.locked.get(id)
    if (!record) return notFound(`The record ${id} of ${this.side.holder.slug}`)
    return record.may.update ? undefined : outOfScope(this.side.holder, 'update')
  }

  /** A required relation cannot be emptied, whichever side takes the link away. */
  private emptied(): AppError | undefined {
    const { holder, key, required } = this.side
    const isEmptied = required && this.removed.some(({ from_id }) => setOf(this.targets, from_id).size === 0)
    if (!isEmptied) return undefined
    return conflict(`Each of ${holder.slug} needs its “${key}”: give it another one instead of taking this one away.`)
  }

  private link(pair: Pair, index: number): void {
    setOf(this.targets, pair.from_id).add(pair.to_id)
    setOf(this.holders, pair.to_id).add(pair.from_id)
    this.note(this.added, this.removed, pair, index)
    this.undo.push(() => {
      setOf(this.targets, pair.from_id).delete(pair.to_id)
      setOf(this.holders, pair.to_id).delete(pair.from_id)
    })
  }

  private unlink(pair: Pair, index: number): void {
    setOf(this.targets, pair.from_id).delete(pair.to_id)
    const wasHeld = setOf(this.holders, pair.to_id).delete(pair.from_id)
    this.note(this.removed, this.added, pair, index)
    this.undo.push(() => {
      setOf(this.targets, pair.from_id).add(pair.to_id)
      if (wasHeld) setOf(this.holders, pair.to_id).add(pair.from_id)
    })
  }

  /** What is made and taken away in one go has never been. */
  private note(list: Planned[], opposite: Planned[], pair: Pair, index: number): void {
    const at = opposite.findIndex((one) => one.index === index && isSame(one, pair))
    if (at >= 0) {
      const [taken] = opposite.splice(at, 1)
      this.undo.push(() => opposite.splice(at, 0, taken!))
    } else {
      list.push({ ...pair, index })
      this.undo.push(() => list.pop())
    }
  }
}

const isSame = (a: Pair, b: Pair): boolean => a.from_id === b.from_id && a.to_id === b.to_id

function setOf(map: Map<string, Set<string>>, key: string): Set<string> {
  const found = map.get(key) ?? new Set()
  map.set(key, found)
  return found
}

/**
 * Writes what the plan holds, with the histories of all ends.
 *
 * @param isMeant leaves out wishes whose change has come to nothing.
 * @param details of the new links, where something is said of them.
 */
export async function carryOutLinks(
  context: RecordContext,
  plan: Pick<LinkPlan, 'side' | 'added' | 'removed'>,
  isMeant: (index: number) => boolean = () => true,
  details: LinkDetails = { data: {}, primary: false },
): Promise<void> {
  const { side } = plan
  const added = plan.added.filter(({ index }) => isMeant(index))
  const removed = plan.removed.filter(({ index }) => isMeant(index))
  if (added.length + removed.length === 0) return
  const facts = linkFacts(side, added, removed)
  const holders = [...new Set([...added, ...removed].map((pair) => pair.from_id))]
  try {
    await context.tx.batch([
      ...(removed.length > 0 ? [linksRemoved(context, side, removed)] : []),
      ...(added.length > 0 ? [linksAdded(context, side, added, details)] : []),
      auditOfFacts(context, facts),
      eventsOfFacts(context, facts),
      versionsMoved(context, holders),
    ])
  } catch (error) {
    throw writeError(side.holder, error)
  }
  await settleRelinked(context, side, added, removed)
}

/** The same for links that the caller wants, which must leave the records within what the caller may change. */
export async function carryOutWishes(
  context: RecordContext,
  plan: LinkPlan,
  isMeant?: (index: number) => boolean,
  details?: LinkDetails,
): Promise<void> {
  await carryOutLinks(context, plan, isMeant, details)
  const holders = [...plan.added, ...plan.removed]
    .filter(({ index }) => isMeant?.(index) ?? true)
    .map((pair) => pair.from_id)
  if (holders.length > 0) await requireStaying(context, plan.side.holder, [...new Set(holders)], plan.side.key)
}

const linksRemoved = ({ model }: RecordContext, side: LinkSide, pairs: Pair[]): RawBuilder<unknown> =>
  sql`delete from links l using jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as gone(from_id uuid, to_id uuid)
    where l.tenant_id = ${model.tenantId} and l.relation_id = ${side.relation.relationId}
      and l.from_id = gone.from_id and l.to_id = gone.to_id`

/** New links come after those that the record has. */
function linksAdded(
  { model, actor }: RecordContext,
  { relation, fromSingle, toSingle }: LinkSide,
  pairs: Pair[],
  { data, primary }: LinkDetails,
): RawBuilder<unknown> {
  const { tenantId } = model
  const kept = Object.keys(data).length > 0 ? JSON.stringify(data) : null
  return sql`insert into links (tenant_id, relation_id, from_id, to_id, from_single, to_single, position, data, is_primary, created_by)
    select ${tenantId}, ${relation.relationId}, n.from_id, n.to_id, ${fromSingle}, ${toSingle},
      coalesce((select max(l.position) + 1 from links l where l.tenant_id = ${tenantId}
        and l.relation_id = ${relation.relationId} and l.from_id = n.from_id), 0)
        + (row_number() over (partition by n.from_id order by n.n))::int - 1,
      ${kept}::jsonb, ${primary}, ${actor.userId}
    from jsonb_to_recordset(${JSON.stringify(pairs.map((pair, n) => ({ ...pair, n })))}::jsonb)
      as n(from_id uuid, to_id uuid, n int)`
}
