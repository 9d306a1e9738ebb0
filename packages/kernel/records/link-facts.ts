/** What links leave behind: entries in the histories of all records concerned, events, and moved versions. */
import { type RawBuilder, type Row, sql } from '../database/index.ts'
import type { CompiledObject, CompiledRelation, TenantModel } from '../metadata/index.ts'
import { noteLinks } from './computed/note.ts'
import type { RecordContext } from './context.ts'
import { entriesInsert } from './entries.ts'

/** The record whose field holds the relation, and the one it points to. */
export interface Pair {
  from_id: string
  to_id: string
}

/** A relation as its field has it, whichever side it is looked at from. */
export interface LinkSide {
  relation: CompiledRelation
  /** The object that has the field. */
  holder: CompiledObject
  /** Key of the field. */
  key: string
  /** How the records pointed at call it. */
  inverse: string
  /** Whether a record that has the field takes one link only; and one that is pointed at. */
  fromSingle: boolean
  toSingle: boolean
  required: boolean
}

export function linkSide(model: TenantModel, object: CompiledObject, relation: CompiledRelation): LinkSide {
  const outgoing = relation.direction === 'out'
  const holder = outgoing ? object : model.objectById.get(relation.objectId)!
  const [key, inverse] = outgoing ? [relation.key, relation.inverse] : [relation.inverse, relation.key]
  const [many, manyBack] = outgoing ? [relation.many, relation.inverseMany] : [relation.inverseMany, relation.many]
  const required = holder.field.get(key)?.required ?? false
  return { relation, holder, key, inverse, fromSingle: !many, toSingle: !manyBack, required }
}

export type LinkAction = 'linked' | 'unlinked' | 'link_changed' | 'links_ordered'

export interface LinkFact {
  record_id: string
  action: LinkAction
  /** {relation: [before, after]}; of links made and taken away the ids at their other ends. */
  changes: Row
  payload: Row
  /** That of the context, unless it is said. */
  requestId?: string
}

const orNull = (ids: string[]): string[] | null => (ids.length > 0 ? ids : null)

/** One fact for each record that gains or loses links. */
export function linkFacts(
  { key, inverse }: Pick<LinkSide, 'key' | 'inverse'>,
  added: Pair[],
  removed: Pair[],
): LinkFact[] {
  return [
    ...factsOfEnd(key, added, removed, (pair) => [pair.from_id, pair.to_id]),
    ...factsOfEnd(inverse, added, removed, (pair) => [pair.to_id, pair.from_id]),
  ]
}

function factsOfEnd(
  key: string,
  added: Pair[],
  removed: Pair[],
  ends: (pair: Pair) => [here: string, there: string],
): LinkFact[] {
  const othersOf = (pairs: Pair[]) => Map.groupBy(pairs.map(ends), ([here]) => here)
  const [gained, lost] = [othersOf(added), othersOf(removed)]
  return [...new Set([...gained.keys(), ...lost.keys()])].map((record_id) => {
    const after = (gained.get(record_id) ?? []).map(([, there]) => there)
    const before = (lost.get(record_id) ?? []).map(([, there]) => there)
    return {
      record_id,
      action: after.length > 0 ? 'linked' : 'unlinked',
      changes: { [key]: [orNull(before), orNull(after)] },
      payload: { relation: key, other: after[0] ?? before[0] },
    }
  })
}

/** A link that comes or goes with the value of a field. */
export interface OtherEnd extends Pair {
  /** How the record pointed at calls it. */
  inverse: string
  gained: boolean
}

/** Facts for the records pointed at; what happens to the one that has the field is told by its own entry. */
export function otherEndFacts(ends: OtherEnd[]): LinkFact[] {
  return [...Map.groupBy(ends, (end) => end.inverse)].flatMap(([inverse, links]) => {
    const [added, removed] = [links.filter(({ gained }) => gained), links.filter(({ gained }) => !gained)]
    return factsOfEnd(inverse, added, removed, (pair) => [pair.to_id, pair.from_id])
  })
}

const factRows = (facts: LinkFact[]): RawBuilder<unknown> => sql`jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
  as f(record_id uuid, action text, changes jsonb, payload jsonb, "requestId" text)`

/** Entries for the histories of the records. The object of each is read: a relation may lead to several. */
export function auditOfFacts(context: RecordContext, facts: LinkFact[]): RawBuilder<unknown> {
  const { tenantId } = context.model
  return entriesInsert(context, {
    action: sql`f.action`,
    objectId: sql`r.object_id`,
    recordId: sql`f.record_id`,
    changes: sql`f.changes`,
    requestId: sql`coalesce(f."requestId", ${context.requestId})`,
    from: sql`from ${factRows(facts)} join records r on r.tenant_id = ${tenantId} and r.id = f.record_id`,
  })
}

export function eventsOfFacts(context: RecordContext, facts: LinkFact[]): RawBuilder<unknown> {
  const { tenantId } = context.model
  noteLinks(context, facts)
  return sql`insert into events (tenant_id, type, object_id, record_id, actor_id, payload)
      select ${tenantId}, 'record.' || f.action, r.object_id, f.record_id, ${context.actor.userId}, f.payload
      from ${factRows(facts)} join records r on r.tenant_id = ${tenantId} and r.id = f.record_id`
}

/** Links are part of what a record shows: who edits an older state is told so. */
export const versionsMoved = (context: RecordContext, ids: string[]): RawBuilder<unknown> =>
  sql`update records set version = version + 1, updated_at = now(), updated_by = ${context.actor.userId}
    where tenant_id = ${context.model.tenantId} and id = any(${ids}::uuid[])`
