/** Writing into the cells of a list, and taking it back: shown at once, one request for many cells. */
import type { ObjectMeta } from '@oneforge/client'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { patchRecord, refreshLists } from '../../api/recordCache.ts'
import { openConflict } from '../../ui/openConflict.ts'
import { showError, showToast } from '../../ui/toast.tsx'
import {
  type CellEdit,
  type CellWrite,
  changesOf,
  mostWrites,
  type Outcome,
  onTopOf,
  outcomesOf,
  reversed,
  writesOf,
} from './cellWrites.ts'

/** Why cells kept what they had, by the id of the record and the key of the field. */
export type Refusals = ReadonlyMap<string, Readonly<Record<string, string>>>

export interface Cells {
  /** @param unread cells that are not written, since their text could not be read; they are told of with the others. */
  write: (edits: CellEdit[], unread?: UnreadCell[]) => void
  undo: () => void
  redo: () => void
  refusals: Refusals
}

export interface UnreadCell {
  id: string
  field: string
  reason: string
}

/** Steps that can be taken back. */
const mostSteps = 100

/**
 * @param groupedBy fields by which the list is grouped: what changes in them stands elsewhere.
 * @returns the same functions for as long as the list is shown.
 */
export function useCells(object: ObjectMeta, groupedBy: string[]): Cells {
  const cache = useQueryClient()
  const { t } = useTranslation('list')
  const [refusals, setRefusals] = useState<Refusals>(new Map())
  const latest = useRef({ object, groupedBy, t })
  latest.current = { object, groupedBy, t }

  const functions = useMemo(() => {
    const book = { done: [] as CellWrite[][], undone: [] as CellWrite[][] }
    /** Versions that our own writes made: what follows is based on them. */
    const versions = new Map<string, number>()
    const waiting: CellWrite[][] = []
    let turn: Promise<unknown> = Promise.resolve()
    /** What is turned back is the last act, so that waits until the acts before it have their answers. */
    let acts: Promise<unknown> = Promise.resolve()

    /** One after the other: two writes to one record must not race for its version. */
    function queued(writes: CellWrite[]): Promise<Outcome[]> {
      waiting.push(writes)
      for (const { id, after } of writes) patchRecord(cache, latest.current.object.slug, id, after)
      const sent = turn.then(() => send(writes))
      turn = sent.catch(() => {}).then(() => waiting.shift())
      return sent
    }

    async function send(writes: CellWrite[]): Promise<Outcome[]> {
      const outcomes: Outcome[] = []
      for (let from = 0; from < writes.length; from += mostWrites) {
        outcomes.push(...(await sendOnce(writes.slice(from, from + mostWrites))))
      }
      return outcomes
    }

    async function sendOnce(writes: CellWrite[]): Promise<Outcome[]> {
      const first = await ask(
        writes.map((write) => ({ ...write, version: Math.max(write.version, versions.get(write.id) ?? 0) })),
      )
      const again = first.flatMap((outcome) => (outcome.isStale ? (onTopOf(outcome) ?? []) : []))
      if (again.length === 0) return first
      const second = new Map((await ask(again)).map((outcome) => [outcome.write.id, outcome]))
      return first.map((outcome) => second.get(outcome.write.id) ?? outcome)
    }

    async function ask(writes: CellWrite[]): Promise<Outcome[]> {
      const { object } = latest.current
      const outcomes = outcomesOf(writes, await client.records.updateCells(object.slug, changesOf(object, writes)))
      for (const { write, written } of outcomes) if (written.length > 0) versions.set(write.id, write.version)
      return outcomes
    }

    /** What is written next to the same record is on the screen already and stays there. */
    function show(outcomes: Outcome[]): void {
      const { slug } = latest.current.object
      for (const { write, record } of outcomes) {
        const later = waiting.slice(1).flatMap((writes) => writes.filter(({ id }) => id === write.id))
        const values = record ?? { ...write.before, version: write.version }
        patchRecord(cache, slug, write.id, Object.assign({}, values, ...later.map(({ after }) => after)))
      }
    }

    async function run(writes: CellWrite[], unread: UnreadCell[]): Promise<CellWrite[]> {
      try {
        const outcomes = writes.length > 0 ? await queued(writes) : []
        show(outcomes)
        refreshAfter(cache, latest.current, writes)
        tell(outcomes, unread)
        return outcomes.flatMap(writtenPart)
      } catch (error) {
        for (const { id, before } of writes) patchRecord(cache, latest.current.object.slug, id, before)
        showError(error)
        return []
      }
    }

    function tell(outcomes: Outcome[], unread: UnreadCell[]): void {
      const refused = new Map<string, Record<string, string>>()
      const note = (id: string, field: string, reason: string) =>
        refused.set(id, { ...refused.get(id), [field]: reason })
      for (const { id, field, reason } of unread) note(id, field, reason)
      for (const { write, refused: reasons, isStale, written } of outcomes) {
        const stale = isStale && written.length === 0 ? latest.current.t('cells.stale') : undefined
        for (const [field, reason] of Object.entries(reasons)) {
          for (const key of field in write.after ? [field] : Object.keys(write.after))
            note(write.id, key, stale ?? reason)
        }
      }
      setRefusals(refused)
      const contested = outcomes.filter(({ isStale, written }) => isStale && written.length === 0)
      const [only] = contested
      if (only && outcomes.length === 1) settle(only)
      else if (refused.size > 0) showError(new Error(textOf(outcomes, refused)))
    }

    /** Two people at one record: the person sees both and chooses. */
    function settle({ write, record }: Outcome): void {
      const { slug } = latest.current.object
      const base = { ...record!, ...write.before }
      const onOverwrite = () => remember(run([{ ...write, before: record!, version: record!.version }], []))
      void openConflict({ slug, base, current: record!, mine: write.after, onOverwrite })
    }

    function textOf(outcomes: Outcome[], refused: Map<string, Record<string, string>>): string {
      const { object, t } = latest.current
      const reasons = [...refused.values()].flatMap((fields) => Object.entries(fields))
      const written = outcomes.reduce((sum, outcome) => sum + outcome.written.length, 0)
      const lines = [...new Set(reasons.map(([key, reason]) => `${labelOf(object, key)}: ${reason}`))]
      const head = t('cells.refused', { count: reasons.length, written })
      return [reasons.length > 1 || written > 0 ? head : '', ...lines.slice(0, 4), lines.length > 4 ? '…' : '']
        .filter(Boolean)
        .join('\n')
    }

    function remember(running: Promise<CellWrite[]>): void {
      acts = Promise.all([acts, running]).then(([, done]) => {
        if (done.length === 0) return
        book.done = [...book.done, done].slice(-mostSteps)
        book.undone = []
      })
    }

    async function turnBack(from: 'done' | 'undone'): Promise<void> {
      const step = book[from].pop()
      if (!step) return
      const done = await run(step.map(reversed), [])
      if (done.length === 0) return
      book[from === 'done' ? 'undone' : 'done'].push(done)
      const count = done.reduce((sum, { after }) => sum + Object.keys(after).length, 0)
      showToast({ message: latest.current.t(from === 'done' ? 'cells.undone' : 'cells.redone', { count }) })
    }

    return {
      write: (edits: CellEdit[], unread: UnreadCell[] = []) => remember(run(writesOf(edits), unread)),
      undo: () => {
        acts = acts.then(() => turnBack('done'))
      },
      redo: () => {
        acts = acts.then(() => turnBack('undone'))
      },
    }
  }, [cache])

  return useMemo(() => ({ ...functions, refusals }), [functions, refusals])
}

/** What a write did, to be taken back: the values as they were saved, not as they were typed. */
function writtenPart({ write, written, record }: Outcome): CellWrite[] {
  if (written.length === 0) return []
  const pick = (values: Record<string, unknown>) => Object.fromEntries(written.map((key) => [key, values[key] ?? null]))
  return [{ ...write, before: pick(write.before), after: pick(record ?? write.after) }]
}

function labelOf({ fields }: ObjectMeta, key: string): string {
  return fields.find((field) => field.key === key)?.label ?? key
}

/**
 * Counts and sums may be others now. Columns that look over a relation have to ask for the values of another record, and
 * what belongs to another group or location is to be listed there.
 */
function refreshAfter(
  cache: QueryClient,
  { object: { slug, fields }, groupedBy }: { object: ObjectMeta; groupedBy: string[] },
  writes: CellWrite[],
): void {
  const relations = fields.filter(({ type }) => type === 'relation').map(({ key }) => key)
  const moving = new Set([...relations, ...groupedBy, 'locationId'])
  if (writes.some(({ after }) => Object.keys(after).some((key) => moving.has(key)))) refreshLists(cache, slug)
  cache.invalidateQueries({ queryKey: [...keys.records(slug), 'count'] })
  cache.invalidateQueries({ queryKey: [...keys.records(slug), 'history'] })
  cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'records' && queryKey[2] === 'links' })
}
