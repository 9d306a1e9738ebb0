/** What names a thing, and where each of it is to be found. */
import type { Dependents } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { paths } from '../paths.ts'

export type Dependent = Dependents['dependents'][number]

/** Asked for each time: what depends on a thing is looked at right before it goes. */
export function useDependents(thing: readonly string[], ask: () => Promise<Dependents>) {
  return useQuery({ queryKey: ['dependents', ...thing], queryFn: ask, staleTime: 0, gcTime: 0 })
}

export function groupsOf(dependents: Dependent[]): [kind: string, members: Dependent[]][] {
  const kinds = [...new Set(dependents.map(({ kind }) => kind))]
  return kinds.map((kind) => [kind, dependents.filter((one) => one.kind === kind)])
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
export function placeOf({ kind, object, key, where }: Dependent): string | undefined {
  if (kind === 'members') return paths.settings('members')
  if (kind === 'role') return paths.settings(`roles/${key}`)
  if (kind === 'view' && object) return paths.list(object, key === 'own' ? {} : { view: key })
  const slug = kind === 'object' ? key : object
  if (!slug || !['object', 'field', 'relation'].includes(kind)) return undefined
  const tab = kind === 'object' ? tabs[where.split('.')[0] ?? ''] : undefined
  return paths.settings(`objects/${slug}${tab ? `?tab=${tab}` : ''}`)
}
