/**
 * Compares all records of an object. First every record gets its keys, then only those that share a key are compared, so
 * that the work grows with the records and not with their square.
 */
import { notFound } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import {
  comparedBy,
  duplicateSettings,
  likeness,
  mostAlike,
  type RecordContext,
  type RecordData,
  writeKeys,
} from '@oneforge/kernel/records'
import type { JobRun, LongJobKind } from '@oneforge/modules/jobs'
import {
  type BlockRow,
  blocksAfter,
  countPairs,
  countRecords,
  type FoundPair,
  forgetKeys,
  forgetOlderPairs,
  inOrder,
  savePairs,
  valuesAfter,
  valuesOf,
} from './pairs.store.ts'

export const scanType = 'duplicates.scan'

interface Checkpoint {
  phase: 'keys' | 'pairs'
  total: number
  done: number
  /** The last record that got its keys. */
  record: string
  /** The last key whose records were compared. */
  rule: string
  key: string
  /** Keys that too many records share. */
  skipped: number
}

const start = { phase: 'keys', done: 0, rule: '', key: '', skipped: 0 } as const
const first = '00000000-0000-0000-0000-000000000000'
const keyBatch = 2_000
const blockBatch = 500

export const scanKind: LongJobKind = { type: scanType, source: 'system', asSystem: true, run: scan }

async function scan(run: JobRun): Promise<object> {
  let checkpoint =
    (run.job.checkpoint as Checkpoint | null) ?? (await run.transaction((context) => begin(context, run)))
  for (;;) {
    run.signal.throwIfAborted()
    const before = checkpoint
    const next = await run.transaction(async (context) => {
      const object = objectOf(context, run)
      const reached =
        before.phase === 'keys' ? await nextKeys(context, object, before) : await nextPairs(context, object, before)
      if (reached)
        await run.save(context.tx, {
          progress: progressOf(reached),
          checkpoint: reached,
          errors: [],
          result: resultOf(reached),
        })
      return reached
    })
    if (!next) return finish(run, checkpoint)
    checkpoint = next
  }
}

const resultOf = ({ done, skipped }: Checkpoint) => ({ records: done, skippedBlocks: skipped })

/** Pairs are counted at the end: many share several keys and come up as often. */
const finish = (run: JobRun, checkpoint: Checkpoint): Promise<object> =>
  run.transaction(async (context) => {
    const pairs = await countPairs(context, objectOf(context, run))
    return { ...resultOf(checkpoint), pairs }
  })

/** Nobody knows how many keys will be shared; the second half is shown as the way through the rules. */
const progressOf = ({ phase, done, total }: Checkpoint): number =>
  phase === 'pairs' ? 75 : Math.min(60, Math.floor((60 * done) / Math.max(1, total)))

function objectOf({ model }: RecordContext, { job }: JobRun): CompiledObject {
  const object = job.object_id ? model.objectById.get(job.object_id) : undefined
  if (!object) throw notFound('The object of this scan')
  return object
}

async function begin(context: RecordContext, run: JobRun): Promise<Checkpoint> {
  const object = objectOf(context, run)
  const { rules } = duplicateSettings(object)
  await forgetKeys(
    context,
    object,
    rules.map((rule) => comparedBy(object, rule)),
  )
  await forgetOlderPairs(
    context.tx,
    run.tenantId,
    object.id,
    rules.map(({ key }) => key),
  )
  return { ...start, record: first, total: await countRecords(context, object) }
}

async function nextKeys(context: RecordContext, object: CompiledObject, before: Checkpoint): Promise<Checkpoint> {
  const rows = await valuesAfter(context, object, before.record, keyBatch)
  if (rows.length === 0) return { ...before, phase: 'pairs' }
  await writeKeys(context, object, rows)
  return { ...before, record: rows.at(-1)!.id, done: before.done + rows.length }
}

async function nextPairs(
  context: RecordContext,
  object: CompiledObject,
  before: Checkpoint,
): Promise<Checkpoint | undefined> {
  const blocks = await blocksAfter(context, object, before, { limit: blockBatch, most: mostAlike })
  const last = blocks.at(-1)
  if (!last) return undefined
  const pairs = await comparedPairs(context, object, blocks)
  await savePairs(context.tx, context.model.tenantId, object.id, pairs)
  return {
    ...before,
    rule: last.rule,
    key: last.key,
    skipped: before.skipped + blocks.filter(({ ids }) => ids === null).length,
  }
}

/** Of the records that share these keys those that are alike enough. A pair is counted under the first key it shares. */
async function comparedPairs(context: RecordContext, object: CompiledObject, blocks: BlockRow[]): Promise<FoundPair[]> {
  const rows = await valuesOf(context, object, [...new Set(blocks.flatMap(({ ids }) => ids ?? []))])
  const values = new Map(rows.map(({ id, data }) => [id, data]))
  return pairsWithin(
    object,
    blocks.map(({ ids }) => ids ?? []),
    values,
  )
}

/** The pairs among records that are grouped by the keys they share. */
export function pairsWithin(
  object: CompiledObject,
  groups: string[][],
  values: Map<string, RecordData>,
  settings = duplicateSettings(object),
): FoundPair[] {
  const compared = new Set<string>()
  const found: FoundPair[] = []
  for (const group of groups) {
    const ids = group.filter((id) => values.has(id))
    for (const [at, one] of ids.entries()) {
      for (const other of ids.slice(at + 1)) {
        const [firstId, second] = inOrder(one, other)
        if (compared.has(firstId + second)) continue
        compared.add(firstId + second)
        const alike = likeness(settings, values.get(firstId)!, values.get(second)!)
        if (alike.score >= settings.threshold) found.push({ first: firstId, second, ...alike })
      }
    }
  }
  return found
}
