/** How runs read their records: several that stand at the same place do it by one statement. */
import type { AccessPolicy } from '@oneforge/kernel/access'
import { notFound } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { listRecords, type RecordContext, type RecordRow, readRow } from '@oneforge/kernel/records'
import type { Condition } from '../definition.ts'
import type { RecordReads } from './action.ts'
import type { SideBySide } from './side-by-side.ts'

/** Names of rights, by which reads are told apart. */
const names = new WeakMap<AccessPolicy, number>()
let named = 0

function nameOf(policy: AccessPolicy): number {
  const name = names.get(policy) ?? ++named
  names.set(policy, name)
  return name
}

export function readsTogether(walks: SideBySide): RecordReads {
  return {
    async row(context, object, id) {
      const name = `row ${object.id} ${nameOf(context.policy)}`
      return walks.ask(name, id, (ids) => rowsOf(context, object, ids))
    },
    async passes(context, object, id, condition) {
      const name = `passes ${object.id} ${nameOf(context.policy)} ${JSON.stringify(condition)}`
      return walks.ask(name, id, (ids) => passing(context, object, ids, condition))
    },
  }
}

async function rowsOf(context: RecordContext, object: CompiledObject, ids: string[]): Promise<RecordRow[]> {
  if (ids.length === 1) return [await readRow(context, object, ids[0]!)]
  const { rows } = await listRecords(context, object, {
    filter: { field: 'id', op: 'in', value: [...new Set(ids)] },
    limit: ids.length,
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = byId.get(id)
    if (!row) throw notFound(`The record ${id} of ${object.slug}`)
    return row
  })
}

async function passing(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  condition: Condition,
): Promise<boolean[]> {
  const filter = { and: [{ field: 'id', op: 'in', value: [...new Set(ids)] }, condition] }
  const { rows } = await listRecords(context, object, { filter, limit: ids.length, only: new Set() })
  const found = new Set(rows.map(({ id }) => id))
  return ids.map((id) => found.has(id))
}
