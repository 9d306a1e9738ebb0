/** What stands side by side in a schedule: the records of a relation, the people who work here, or the options. */
import type { FieldMeta, ObjectMeta, RecordLink } from '@oneforge/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordsQuery } from '../../api/records.ts'
import { useShownLocation } from '../../api/shownLocation.ts'
import { useColleagues } from '../../api/workspace.ts'

export interface Resource {
  /** '' for what is not given to anybody. */
  id: string
  label: string
  /** What the field takes. */
  value: RecordLink | string | null
}

/** Shown until somebody chooses: as many as a screen holds. */
const firstShown = 6
/** Offered to choose from; somebody who needs others filters the list. */
export const mostOffered = 200

export interface Resources {
  all: Resource[]
  /** Those chosen, in their order. */
  shown: Resource[]
  /** Ids, in order; kept in this browser. */
  choose: (ids: string[]) => void
  /** There are more than can be offered. */
  isCut: boolean
  isPending: boolean
}

export function useResources(object: ObjectMeta, field: FieldMeta): Resources {
  const { t } = useTranslation('calendar')
  const storageKey = `oneforge-resources-${object.slug}-${field.key}`
  const [choices, setChoices] = useState<Record<string, string[] | undefined>>({})
  const related = useRelated(field)
  const people = useColleagues(null)
  const chosen = choices[storageKey] ?? readIds(storageKey)
  const found = useMemo(() => {
    if (field.type === 'relation') return related.resources
    if (field.type === 'user') return people.map(({ id, name }) => ({ id, label: name, value: id }))
    return field.options.map(({ value, label }) => ({ id: value, label, value }))
  }, [field, related.resources, people])
  const all: Resource[] = [...found, { id: '', label: t('unassigned', { resource: field.label }), value: null }]
  const ids = chosen ?? all.slice(0, Math.min(firstShown, found.length)).map(({ id }) => id)
  return {
    all,
    shown: ids.flatMap((id) => all.find((resource) => resource.id === id) ?? []),
    choose: (next) => {
      localStorage.setItem(storageKey, JSON.stringify(next))
      setChoices((before) => ({ ...before, [storageKey]: next }))
    },
    isCut: related.isCut,
    isPending: related.isPending,
  }
}

function useRelated({ relation }: FieldMeta): { resources: Resource[]; isCut: boolean; isPending: boolean } {
  const location = useShownLocation()
  const object = relation?.object ?? ''
  const { data, isLoading } = useInfiniteQuery({
    ...recordsQuery(object, { limit: mostOffered }, location),
    enabled: object !== '',
  })
  const page = data?.pages[0]
  const resources = useMemo(
    () =>
      (page?.items ?? [])
        .map(({ id, title, recordNumber }) => ({ id, label: title || recordNumber, value: { id, object, title } }))
        .toSorted((a, b) => a.label.localeCompare(b.label)),
    [page, object],
  )
  return { resources, isCut: page?.hasNext ?? false, isPending: isLoading }
}

function readIds(storageKey: string): string[] | undefined {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '')
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : undefined
  } catch {
    return undefined
  }
}

/** The id of the resource that a record is given to; '' when to none. */
export function resourceIdOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : ''
}
