/** What names a thing, and where each of it is to be found. */
import type { Dependents } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { paths } from '../paths.ts'

export type Dependent = Dependents['dependents'][number]

/** Asked for each time: what depends on a thing is looked at right before it goes. */
export function useDependents(thing: readonly string[], ask: () => Promise<Dependents>) {
  return useQuery({ queryKey: ['dependents', ...thing], queryFn: ask, staleTime: 0, gcTime: 0 })
}

/** Something that names a thing, in however many of its parts. */
export interface Depending extends Pick<Dependent, 'kind' | 'object' | 'key' | 'label'> {
  /** `columns`, `rules`: where it names it. */
  parts: string[]
  /** What becomes of it. */
  mends: string[]
  /** Where it is shaped; undefined where it has no page. */
  to: string | undefined
}

/** By kind, each of them once. */
export function groupsOf(dependents: Dependent[]): [kind: string, members: Depending[]][] {
  const things = Map.groupBy(dependents, ({ kind, object, key }) => JSON.stringify([kind, object, key]))
  const members = [...things.values()].map((mentions): Depending => {
    const [{ kind, object, key, label }] = mentions as [Dependent]
    const parts = new Set(mentions.map(({ where }) => where.split('.')[0] ?? ''))
    const mends = new Set(mentions.map(({ mend }) => (kind === 'members' ? kind : mend)))
    return { kind, object, key, label, parts: [...parts], mends: [...mends], to: placeOf(mentions[0]!) }
  })
  return [...Map.groupBy(members, ({ kind }) => kind)]
}

/** The parts of an object's definition that have a page of their own in its settings. */
const tabs: Record<string, string> = {
  rules: 'rules',
  uniqueKeys: 'rules',
  pipelines: 'pipelines',
  duplicates: 'duplicates',
  roles: 'roles',
}

/** The address where the dependent is shaped; undefined where it has no page. */
function placeOf({ kind, object, key, where }: Dependent): string | undefined {
  if (kind === 'members') return paths.settings('members')
  if (kind === 'role') return paths.settings(`roles/${key}`)
  if (kind === 'view' && object) return paths.list(object, key === 'own' ? {} : { view: key })
  const slug = kind === 'object' ? key : object
  if (!slug || !['object', 'field', 'relation'].includes(kind)) return undefined
  const tab = kind === 'object' ? tabs[where.split('.')[0] ?? ''] : undefined
  return paths.settings(`objects/${slug}${tab ? `?tab=${tab}` : ''}`)
}
