/**
 * What somebody typed and has not saved: notes, forms, what a list is searched for. It lives in the page's memory, and
 * sealed in the browser so that a reload does not lose it (sealedStore.ts); signing out erases both.
 * - loadDrafts(): once, before the page is shown.
 * - readDraft(name), keepDraft(name, value), dropDraft(name). Names say whose it is and tell nothing else.
 * - forgetDrafts(): when the session is over.
 */
import { eraseSealed, putSealed, removeSealed, sealedEntries } from './sealedStore.ts'

let drafts = new Map<string, unknown>()
/** Changes are stored one after the other, so that the last one counts. */
let lastChange: Promise<void> = Promise.resolve()
/** A browser that does not answer must not keep the page from being shown. */
const patience = 1_000

export async function loadDrafts(): Promise<void> {
  removeReadableDrafts()
  const none = new Promise<Map<string, unknown>>((resolve) => setTimeout(() => resolve(new Map()), patience))
  drafts = await Promise.race([sealedEntries(), none]).catch(() => new Map())
}

export function readDraft<T>(name: string): T | undefined {
  return drafts.get(name) as T | undefined
}

export function keepDraft(name: string, value: unknown): void {
  drafts.set(name, value)
  store(() => putSealed(name, value))
}

export function dropDraft(name: string): void {
  if (drafts.delete(name)) store(() => removeSealed(name))
}

export function forgetDrafts(): void {
  drafts.clear()
  store(eraseSealed)
}

/** Earlier versions of the page kept drafts as they were typed. */
function removeReadableDrafts(): void {
  const names = Object.keys(localStorage).filter((name) => /^oneforge-(note|draft)-/.test(name))
  for (const name of names) localStorage.removeItem(name)
}

/** A browser that stores nothing keeps working; drafts last until the page is closed then. */
function store(change: () => Promise<void>): void {
  lastChange = lastChange.then(change).catch(() => undefined)
}
