import type { ListQuery, RecordData } from '@oneforge/client'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { showError } from '../../ui/toast.tsx'
import type { Selection } from '../useSelection.ts'

/** More than these are not held in a page: such a change is for the API. */
const most = 10_000
/** Records asked for at a time. */
const stretch = 200

export interface SelectAll {
  /** How many the whole list has, when there are more than are chosen and all can be chosen. */
  offered: number | undefined
  /** How many have come so far while they are being fetched. */
  progress: number | undefined
  run: () => Promise<void>
}

/** Chooses every record that the list's filter and search find, loaded or not. */
export function useSelectAll(
  slug: string,
  query: ListQuery,
  total: number | undefined,
  selection: Selection,
): SelectAll {
  const [progress, setProgress] = useState<number>()

  async function run(): Promise<void> {
    const found: RecordData[] = []
    try {
      for (let cursor: string | null = ''; cursor !== null && found.length < most; ) {
        setProgress(found.length)
        const page = await client.records.list(slug, { ...query, limit: stretch }, cursor)
        found.push(...page.items)
        cursor = page.nextCursor
      }
      selection.add(found)
    } catch (error) {
      showError(error)
    } finally {
      setProgress(undefined)
    }
  }

  const offered = total !== undefined && total > selection.records.size && total <= most ? total : undefined
  return { offered, progress, run }
}
