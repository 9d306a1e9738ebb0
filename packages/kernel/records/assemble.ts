/** Puts checked input together into what is written. */
import { newId, type Row } from '../database/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import { ownFormulas } from './computed/own.ts'
import type { RecordContext } from './context.ts'
import { movedFiles } from './files.ts'
import type { OtherEnd } from './link-facts.ts'
import { defaultLocation } from './location.ts'
import type { ParsedInput } from './parsed.ts'
import { project, type RecordData } from './project.ts'
import { type ExistingRecord, sameValue, stateAfter } from './rules/state.ts'
import { keysOver, uniqueValues } from './rules/unique.ts'
import { stageChanges } from './stages/moves.ts'
import type { NewLink, WrittenRecord } from './write.ts'

/** A new record: its owner is whoever makes it unless somebody else is named. */
export function assembleNew(context: RecordContext, object: CompiledObject, input: ParsedInput): WrittenRecord {
  const id = newId()
  const fresh = { ownerId: context.actor.userId, locationId: defaultLocation(context, object) }
  const state = stateAfter(object, input, undefined, fresh)
  const { ownerId, locationId } = state
  const { data } = ownFormulas(context, object, state.data)
  return {
    id,
    data,
    columns: project(object, data),
    ownerId,
    locationId,
    changes: { ...state.data, ...linkChanges(input) },
    stageChanges: stageChanges(object, {}, state.data, input.stageMoves),
    derived: [],
    uniques: uniqueValues(object, state),
    links: newLinks(id, input.links),
    otherEnds: [...input.links].flatMap(([relation, ids]) => otherEnds(id, relation, [], ids)),
    files: movedFiles(object, {}, state.data),
  }
}

export interface AssembledChange {
  record: WrittenRecord
  /** Unique keys and relations whose values the change replaces. */
  uniqueFieldIds: string[]
  relationIds: string[]
}

/** The new state of a record, or undefined where the input changes nothing. */
export function assembleChange(
  context: RecordContext,
  object: CompiledObject,
  before: ExistingRecord,
  input: ParsedInput,
): AssembledChange | undefined {
  const state = stateAfter(object, input, before, { ownerId: before.owner_id, locationId: before.location_id })
  const { ownerId, locationId } = state
  const changes = valueChanges(before.data, state.data)
  if (ownerId !== before.owner_id) changes.ownerId = [before.owner_id, ownerId]
  if (locationId !== before.location_id) changes.locationId = [before.location_id, locationId]
  const changedLinks = [...input.links].filter(
    ([relation, ids]) => !sameIds(before.links.get(relation.relationId) ?? [], ids),
  )
  for (const [relation, ids] of changedLinks) changes[relation.key] = [before.links.get(relation.relationId) ?? [], ids]
  if (Object.keys(changes).length === 0) return undefined
  const changedUniques = keysOver(object, new Set(Object.keys(changes)))
  const { data, derived } = ownFormulas(context, object, state.data)
  const links = newLinks(before.id, changedLinks)
  return {
    record: {
      id: before.id,
      data,
      columns: project(object, data),
      ownerId,
      locationId,
      changes,
      stageChanges: stageChanges(object, before.data, state.data, input.stageMoves),
      derived,
      uniques: uniqueValues(object, state, changedUniques),
      links,
      otherEnds: changedLinks.flatMap(([relation, ids]) =>
        otherEnds(before.id, relation, before.links.get(relation.relationId) ?? [], ids),
      ),
      files: movedFiles(object, before.data, state.data),
    },
    uniqueFieldIds: changedUniques.map((key) => key.id),
    relationIds: changedLinks.map(([relation]) => relation.relationId),
  }
}

function valueChanges(before: RecordData, after: RecordData): Row {
  const changes: Row = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!sameValue(before[key], after[key])) changes[key] = [before[key] ?? null, after[key] ?? null]
  }
  return changes
}

const sameIds = (a: string[], b: string[]): boolean => a.length === b.length && a.every((id, index) => id === b[index])

const linkChanges = (input: ParsedInput): Row =>
  Object.fromEntries([...input.links].filter(([, ids]) => ids.length > 0).map(([relation, ids]) => [relation.key, ids]))

function newLinks(recordId: string, links: Iterable<[CompiledRelation, string[]]>): NewLink[] {
  return [...links].flatMap(([relation, ids]) =>
    ids.map((otherId, position) => ({
      relation_id: relation.relationId,
      from_id: recordId,
      to_id: otherId,
      from_single: !relation.many,
      to_single: !relation.inverseMany,
      position,
    })),
  )
}

/** The links that the change of a relation field makes or takes away. */
function otherEnds(recordId: string, { inverse }: CompiledRelation, before: string[], after: string[]): OtherEnd[] {
  const end = (gained: boolean) => (to_id: string) => ({ from_id: recordId, to_id, inverse, gained })
  return [
    ...before.filter((id) => !after.includes(id)).map(end(false)),
    ...after.filter((id) => !before.includes(id)).map(end(true)),
  ]
}
