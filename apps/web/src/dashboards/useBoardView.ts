import type { BoardFilter, Dashboard, FiguresInput, ObjectMeta } from '@oneforge/client'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { dropDraft, keepDraft, readDraft } from '../api/drafts.ts'
import { type BoardView, isProtected, keptFilters, readAsked, viewOf, writeBoardView } from './boardAddress.ts'

/** `4f1c2a90.3` in the address is the third state of the draft 4f1c2a90. */
const draftOf = (name: string): string => `board ${name.split('.')[0]}`

/** What the address asks for besides what the board says. */
export function useAsked(): FiguresInput {
  const [params] = useSearchParams()
  return useMemo(() => {
    const name = params.get(keptFilters)
    return readAsked(params, name ? readDraft<BoardFilter[]>(draftOf(name)) : undefined)
  }, [params])
}

/** Range and filters of the board shown, and how they are changed: the address follows. */
export function useBoardView(
  board: Pick<Dashboard, 'range' | 'filters'>,
  objects: Map<string, ObjectMeta>,
): [BoardView, (changes: Partial<BoardView>) => void] {
  const asked = useAsked()
  const [, setParams] = useSearchParams()
  const view = useMemo(() => viewOf(asked, board), [asked, board])
  function change(changes: Partial<BoardView>): void {
    const before = new URLSearchParams(window.location.search)
    const next = { ...view, ...changes }
    const kept = keep(before.get(keptFilters), next.filters, objects)
    setParams(writeBoardView(before, next, board, kept), { replace: true })
  }
  return [view, change]
}

/** The name grows with each state: a change of the address is what asks for the figures anew. */
function keep(before: string | null, filters: BoardFilter[], objects: Map<string, ObjectMeta>): string | undefined {
  if (!isProtected(filters, (object) => objects.get(object)?.fields)) {
    if (before) dropDraft(draftOf(before))
    return undefined
  }
  const [draft = '', round = '0'] = before?.split('.') ?? [crypto.randomUUID().slice(0, 8)]
  const name = `${draft}.${Number(round) + 1}`
  keepDraft(draftOf(name), filters)
  return name
}
