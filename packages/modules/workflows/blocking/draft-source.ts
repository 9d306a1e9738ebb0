/** A record that is not written yet, as the values of steps read it. */

import { validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { Draft, PresentedRecord, RecordContext } from '@oneforge/kernel/records'
import { type RecordSource, storedRecord } from '../values/index.ts'

export function draftSource(context: RecordContext, object: CompiledObject, draft: Draft): RecordSource {
  return {
    object,
    async load(paths) {
      const values = draft.values()
      const title = values[object.roles.title] ?? null
      const record: PresentedRecord = { ...values, id: draft.id ?? '', object: object.slug, version: 0, title }
      for (const { key, direction, many, objects } of object.relations) {
        const onwards = paths.filter(([first, next]) => first === key && next !== undefined).map(([, ...rest]) => rest)
        const ids = (values[key] as string[] | undefined) ?? []
        const [target] = objects
        if (direction !== 'out' || !target || ids.length === 0) continue
        const other = context.model.objectById.get(target.id)!
        const load = (id: string) =>
          onwards.length > 0 ? storedRecord(context, { object: other, id }).load(onwards) : { id, object: other.slug }
        const related = []
        for (const id of ids) related.push(await load(id))
        record[key] = many ? related : (related[0] ?? null)
      }
      return record
    },
    async passes(condition) {
      const passes = await draft.passes(condition)
      if (passes !== undefined) return passes
      throw validationError([], 'A condition names what the records do not have. Correct it in the workflow.')
    },
  }
}
