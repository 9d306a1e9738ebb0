/** The page asks conditions while one types; it must come to the answer that the server comes to. */

import type { Filter } from '@oneforge/client'
import { matchesFilter, parseFilter } from '@oneforge/kernel/expressions'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Asker, type Facts, matches } from '../../apps/web/src/forms/matches.ts'
import {
  anyFilter,
  model,
  owners,
  people,
  recordsOf,
  type ThingRecord,
  things,
} from '../../packages/kernel/expressions/everything.fixture.ts'

const now = new Date('2026-11-21T01:00:00Z')
const asker: Asker = { me: people[0]!, now, timeZone: model.timeZone, currency: model.currency }
const ownerRecords = recordsOf(owners, '0008', 6, 1)
const records = recordsOf(things, '0007', 60, 1).map((record, index): ThingRecord => {
  const owner = index % 3 ? ownerRecords[index % ownerRecords.length]! : undefined
  return { ...record, owner: owner ? { id: owner.id } : null, others: [] }
})

/** A form knows its own relation fields and what they lead to, and nothing of stays; more no condition may ask for. */
function isForForms(input: unknown): boolean {
  const names = [...JSON.stringify(input).matchAll(/"field":"([^"]+)"/g)].map(([, name]) => name!)
  return names.every(
    (name) =>
      !/^(others|otherwise|title$|stage$|(stageSince|stageAge|rotting)(\.|$))/.test(name) &&
      name.split('.').length <= 2,
  )
}

function factsOf(record: ThingRecord, object: CompiledObject): Facts {
  return {
    values: record,
    field: (key) => {
      const field = object.field.get(key)
      return field && { type: field.type, resultType: field.type, currency: field.currency ?? null }
    },
    follow: (key) => {
      const link = record[key] as { id: string } | null
      const other = ownerRecords.find(({ id }) => id === link?.id)
      return other ? [factsOf(other, owners)] : []
    },
  }
}

it('answers as the server does, whatever is asked', { timeout: 60_000 }, () => {
  let some = 0
  let answered = 0
  const follow = (record: Record<string, unknown>) => {
    const link = record.owner as { id: string } | null
    return ownerRecords.filter(({ id }) => id === link?.id)
  }
  fc.assert(
    fc.property(anyFilter, (input) => {
      fc.pre(isForForms(input))
      const read = parseFilter(input, things, model)
      if ('problems' in read) return fc.pre(false)
      const context = { me: asker.me, now, timeZone: model.timeZone, follow }
      const ofServer = records.filter((record) => matchesFilter(read.filter, record, context)).map(({ id }) => id)
      const ofPage = records
        .filter((record) => matches(input as Filter, factsOf(record, things), asker))
        .map(({ id }) => id)
      expect(ofPage).toEqual(ofServer)
      answered += 1
      if (ofPage.length > 0 && ofPage.length < records.length) some += 1
    }),
    { numRuns: 1_500, maxSkipsPerRun: 200 },
  )
  // The property would be empty if filters met no record, or all.
  expect(some / answered).toBeGreaterThan(0.3)
})
