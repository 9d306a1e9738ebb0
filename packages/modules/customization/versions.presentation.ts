/** A version as the API shows it: what changed, property by property, and in a sentence. */
import {
  type DefinitionValue,
  inLocale,
  type LocalizedText,
  type MetadataChange,
  type MetadataState,
  orderOfList,
  propertyChanges,
  type VersionedKind,
} from '@oneforge/kernel/metadata'
import { type ChangeAction, propertyName, wordsIn } from './versions.words.ts'

/** Slugs and labels of all objects by id, those out of sight too. */
export type ObjectNames = Map<string, { slug: string; label: LocalizedText }>

export interface PresentedChange {
  kind: VersionedKind
  id: string
  object: string | null
  key: string
  label: string
  action: ChangeAction
  text: string
  properties: { path: string; label: string; before: unknown; after: unknown }[]
}

interface Reader {
  locale: string
  names: ObjectNames
  /** Whether the reader may see what such things are made of. */
  sees(change: MetadataChange): boolean
}

const isOut = (state: MetadataState | null): boolean => state === null || state.retired === true

function actionOf({ before, after }: MetadataChange): ChangeAction {
  if (isOut(before) && !isOut(after)) return before === null ? 'added' : 'broughtBack'
  if (!isOut(before) && isOut(after)) return 'removed'
  return 'changed'
}

/** Columns that follow from the others or say what the thing is, which the sentence does. */
const unspoken = new Set(['slot', 'retired', 'object_id', 'storedAs', 'formerKeys', 'formerSlugs'])

const isSpoken = (path: string[]): boolean => !unspoken.has(path[path[0] === 'definition' ? 1 : 0] ?? '')

/** The objects' and the fields' own changes; what a relation is stands in its field. */
export function presentChanges(changes: MetadataChange[], reader: Reader): PresentedChange[] {
  return changes.filter(({ kind }) => kind !== 'relation').map((change) => presentChange(change, reader))
}

function presentChange(change: MetadataChange, { locale, names, sees }: Reader): PresentedChange {
  const { kind, id, before, after } = change
  const state = after ?? before ?? {}
  const object = objectOf(change, names)
  const action = actionOf(change)
  const label = labelOf(kind, state, locale)
  const words = wordsIn(locale)
  const thing = words.thing(kind, label, kind === 'object' || !object ? undefined : inLocale(object.label, locale))
  const properties = sees(change) ? spokenChanges(change, action, locale) : []
  return {
    kind,
    id,
    object: object?.slug ?? null,
    key: keyOf(kind, state),
    label,
    action,
    text: words.did(action, thing) + (action === 'changed' ? detailOf(properties, locale) : ''),
    properties,
  }
}

function objectOf({ kind, id, before, after }: MetadataChange, names: ObjectNames) {
  if (kind === 'object') return names.get(id)
  const objectId = (after ?? before)?.object_id
  return typeof objectId === 'string' ? names.get(objectId) : undefined
}

const keyOf = (kind: VersionedKind, state: MetadataState): string =>
  String(
    (kind === 'object' ? String(state.slug).split('~')[0] : kind === 'workspace' ? state.template_slug : state.key) ??
      '',
  )

function labelOf(kind: VersionedKind, state: MetadataState, locale: string): string {
  const definition = (state.definition ?? {}) as { [part: string]: DefinitionValue | undefined }
  const text = (kind === 'object' ? definition.labelPlural : definition.label) ?? definition.name
  if (typeof text === 'string') return text
  return text && typeof text === 'object' ? inLocale(text as LocalizedText, locale) : keyOf(kind, state)
}

function spokenChanges(
  { before, after }: MetadataChange,
  action: ChangeAction,
  locale: string,
): PresentedChange['properties'] {
  if (action !== 'changed') return []
  return propertyChanges(before ?? {}, after ?? {})
    .filter(({ path, ...values }) => isSpoken(path) && !(isNothing(values.before) && isNothing(values.after)))
    .map(({ path, ...values }) => ({
      path: path.join('.'),
      label: propertyName(path, locale),
      before: values.before ?? null,
      after: values.after ?? null,
    }))
}

/** What was never set, and what was set to nothing or to no. */
const isNothing = (value: unknown): boolean =>
  value == null || value === false || (Array.isArray(value) && value.length === 0)

const mostNames = 4
const maxValue = 60

function detailOf(properties: PresentedChange['properties'], locale: string): string {
  const words = wordsIn(locale)
  const [only] = properties
  if (properties.length === 1 && isShort(only!.before) && isShort(only!.after)) {
    return words.detail([words.became(only!.label, shown(only!.before, locale), shown(only!.after, locale))])
  }
  const names = [...new Set(properties.map(({ label }) => label.split(' › ')[0]!))]
  const rest = names.length - mostNames
  return names.length === 0 ? '' : words.detail(rest > 0 ? [...names.slice(0, mostNames), words.more(rest)] : names)
}

const isShort = (value: unknown): boolean => typeof value !== 'object' || value === null

const shown = (value: unknown, locale: string): string =>
  value === null ? wordsIn(locale).nothing : `“${String(value).slice(0, maxValue)}”`

const mostSentences = 4

/** The version in a sentence or a few: what came with an object, or only moved, is not told one by one. */
export function summaryOf(changes: PresentedChange[], count: number, locale: string): string {
  const words = wordsIn(locale)
  const whole = new Set(
    changes.filter(({ kind, action }) => kind === 'object' && action !== 'changed').map(({ object }) => object),
  )
  const isPart = ({ kind, object }: PresentedChange) => kind !== 'object' && object !== null && whole.has(object)
  const told = changes.filter((change) => !isPart(change))
  const [moved, others] = [told.filter(isMove), told.filter((change) => !isMove(change))]
  const labelOfObject = ({ kind, object }: PresentedChange) => (kind === 'object' ? undefined : (object ?? undefined))
  const moves = [...new Set(moved.filter(({ kind }) => kind === 'object' || kind === 'field').map(labelOfObject))]
  const sentences = [...others.map(({ text }) => text), ...moves.map(words.reordered)]
  const shownSentences = sentences.slice(0, mostSentences)
  const rest = sentences.length - shownSentences.length + Math.max(0, count - changes.length)
  return [...shownSentences, ...(rest > 0 ? [words.more(rest)] : [])].join(' · ')
}

const isMove = ({ action, properties }: PresentedChange): boolean =>
  action === 'changed' && properties.length === 1 && ['position', orderOfList].includes(properties[0]!.path)
