/** The way from a figure to the records behind it: the list of the object with that filter, as a table. */
import type { Filter, ObjectMeta, WidgetFigures } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { keepDraft } from '../api/drafts.ts'
import { keys } from '../api/keys.ts'
import { draftOf, keptParameter, namesProtected } from '../list/keptFilter.ts'
import { paths } from '../paths.ts'

export type Drill = NonNullable<WidgetFigures['drill']>

/** All of the filters at once; null where there is none. */
export function allOf(...filters: (Filter | null | undefined)[]): Filter | null {
  const given = filters.flatMap((filter) => (filter ? ('and' in filter ? filter.and : [filter]) : []))
  return given.length > 1 ? { and: given } : (given[0] ?? null)
}

/** The list of a part; nothing where one of its filters cannot be asked for. */
export function into(drill: Drill | null, ...filters: (Filter | null)[]): Drill | null {
  if (!drill || filters.includes(null)) return null
  return { object: drill.object, filter: allOf(drill.filter, ...filters) }
}

export interface Way {
  to: string
  /** Puts away what must not stand in the address, before somebody goes there. */
  keep?: () => void
}

/**
 * @param meta without it any field might be protected.
 * @param kept the name under which a filter over protected fields waits for the list.
 */
export function wayTo({ object, filter }: Drill, meta: ObjectMeta | undefined, kept: string): Way {
  const isProtected = filter !== null && (!meta || namesProtected(filter, meta.fields))
  if (!isProtected) return { to: paths.list(object, { as: 'table', filter: filter ? JSON.stringify(filter) : 'none' }) }
  return {
    to: paths.list(object, { as: 'table', [keptParameter]: `${kept}.1` }),
    keep: () => keepDraft(draftOf(kept), { filter }),
  }
}

/** Goes to the records behind a mark of a drawing, or opens them apart. */
export function useDrill(): (drill: Drill, apart: boolean) => void {
  const cache = useQueryClient()
  const navigate = useNavigate()
  return useCallback(
    (drill, apart) => {
      const meta = cache.getQueryData<ObjectMeta>(keys.object(drill.object))
      const { to, keep } = wayTo(drill, meta, crypto.randomUUID().slice(0, 8))
      keep?.()
      if (apart) window.open(to, '_blank', 'noopener')
      else void navigate(to)
    },
    [cache, navigate],
  )
}
