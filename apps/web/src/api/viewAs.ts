/**
 * «View as»: the page as another member sees it, read-only. Kept per tab, so that a reload goes on and another tab
 * does not. Beginning and ending load the page anew: nothing that one saw stays for the other.
 */
import type { ObjectMeta, ObjectPermissions, Workspace } from '@oneforge/client'
import { paths } from '../paths.ts'

export interface Viewed {
  userId: string
  name: string
}

const storageKey = 'oneforge-view-as'

/** Whom the page is seen as; undefined: oneself. The client sends it with every request. */
export function viewedPerson(): Viewed | undefined {
  const text = sessionStorage.getItem(storageKey)
  return text ? (JSON.parse(text) as Viewed) : undefined
}

export function startViewing(person: Viewed): void {
  sessionStorage.setItem(storageKey, JSON.stringify(person))
  window.location.assign(paths.home())
}

export function stopViewing(): void {
  forgetViewing()
  window.location.assign(paths.home())
}

/** When the session is over, its eyes are one's own again. */
export function forgetViewing(): void {
  sessionStorage.removeItem(storageKey)
}

/** Whoever looks with somebody else's eyes only looks: the page offers nothing that the server would refuse. */
export function workspaceAsSeen(workspace: Workspace): Workspace {
  if (!viewedPerson()) return workspace
  const objects = Object.entries(workspace.permissions.objects)
  return {
    ...workspace,
    permissions: {
      admin: [],
      objects: Object.fromEntries(objects.map(([slug, permissions]) => [slug, readOnly(permissions)])),
    },
  }
}

export function objectAsSeen(object: ObjectMeta): ObjectMeta {
  return viewedPerson() ? { ...object, permissions: readOnly(object.permissions) } : object
}

function readOnly({ read }: ObjectPermissions): ObjectPermissions {
  return { read, create: null, update: null, delete: null, export: null, import: null, assign: null }
}
