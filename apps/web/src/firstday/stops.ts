/** Where the tour leads: to things that carry `data-tour` with the name of the stop. */
import type { Workspace } from '@oneforge/client'
import { paths } from '../paths.ts'

export interface Stop {
  name: 'sidebar' | 'search' | 'create' | 'notifications' | 'profile'
  /** The page that it is on; absent: wherever one is. */
  path?: string
}

export const anchorOf = ({ name }: Stop): HTMLElement | null => document.querySelector(`[data-tour="${name}"]`)

/** The object that the person makes records of first: the first of their sidebar. */
export function mainObject({ navigation, objects, permissions }: Workspace) {
  const slugs = navigation.flatMap((group) => group.objects)
  return slugs
    .flatMap((slug) => objects.find((object) => object.slug === slug) ?? [])
    .find(({ slug, activity }) => !activity && permissions.objects[slug]?.create)
}

/** The stops of the person, without what is not in sight: on a phone the sidebar and all in it is behind a button. */
export function stopsFor(workspace: Workspace): Stop[] {
  const main = mainObject(workspace)
  const stops: Stop[] = [
    { name: 'sidebar' },
    { name: 'search' },
    ...(main ? [{ name: 'create' as const, path: paths.list(main.slug) }] : []),
    { name: 'notifications' },
    { name: 'profile' },
  ]
  return stops.filter((stop) => stop.path !== undefined || anchorOf(stop) !== null)
}
