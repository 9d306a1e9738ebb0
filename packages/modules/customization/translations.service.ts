/** The texts of a workspace in another language: which there are, which are missing, and writing them. */
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import {
  type Arrangements,
  loadModel,
  type NavigationArrangement,
  type TenantModel,
  updateNavigation,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { beginChange } from './customization.service.ts'
import { everyDefinition } from './dependents.store.ts'
import { writeChanged } from './dependents.ts'
import { followMetadata } from './following.ts'
import { copyOf, type Thing } from './references.ts'
import { type TranslatableText, textsOf, workspaceThing } from './translations.texts.ts'
import { adminOfKind } from './versions.service.ts'
import { propertyName } from './versions.words.ts'

/** The language that stands in for all that are missing. */
const sourceLocale = 'en'

export interface PresentedText {
  id: string
  kind: string
  object: string | null
  key: string
  property: string
  source: string
  /** Null: missing. */
  text: string | null
}

export interface TranslationState {
  locale: string
  total: number
  missing: number
}

/** The texts that the caller may change. Those of roles, views and automation need their own permissions. */
export async function readTranslations(
  context: OperationContext,
  query: { locale: string; object?: string; missing?: boolean },
): Promise<TranslationState & { texts: PresentedText[] }> {
  const { texts } = await everyText(context, context.model)
  const presented = texts
    .filter(({ object }) => query.object === undefined || object === query.object)
    .map((text) => present(text, query.locale, context.locale))
  const missing = presented.filter(({ text }) => text === null)
  return {
    locale: query.locale,
    total: presented.length,
    missing: missing.length,
    texts: query.missing ? missing : presented,
  }
}

function present(text: TranslatableText, locale: string, readerLocale: string): PresentedText {
  const { id, kind, object, key, property, places } = text
  const lacking = places.some((place) => place[locale] === undefined)
  return {
    id,
    kind,
    object,
    key,
    property: propertyName(spoken(property), readerLocale),
    source: places[0]!.en,
    text: lacking ? null : places[0]![locale]!,
  }
}

/** The label of an option is told by the option, a heading by what it is a heading of. */
function spoken(property: string[]): string[] {
  const [first] = property
  if (first === 'layout' || first === 'navigation') return [first, property.at(-3)!]
  return property.length > 1 && property.at(-1) === 'label' ? property.slice(0, -1) : property
}

interface EveryText {
  things: Thing[]
  workspace: Thing
  texts: TranslatableText[]
}

async function everyText({ tx, policy }: OperationContext, model: TenantModel): Promise<EveryText> {
  const definitions = await everyDefinition(tx, model.tenantId)
  const things = definitions.map((thing) => ({ ...thing, state: copyOf(thing.state) }))
  const workspace = workspaceThing(model.tenantId, structuredClone(model.navigation))
  const texts = textsOf(model, [...things, workspace]).filter(
    ({ kind }) => kind === 'workspace' || policy.admin.has(adminOfKind[kind]),
  )
  return { things, workspace, texts }
}

/** Writes texts by their ids; null takes one away, so that the English one stands in. */
export async function writeTranslations(
  context: OperationContext,
  locale: string,
  given: Record<string, string | null>,
): Promise<TranslationState & { changed: number }> {
  const before = await beginChange(context)
  const { things, workspace, texts } = await everyText(context, before)
  const byId = new Map(texts.map((text) => [text.id, text]))
  const problems = Object.entries(given).flatMap(([id, text]) => textProblems(byId.get(id), id, locale, text))
  if (problems.length > 0) throw validationError(problems)
  let changed = 0
  for (const [id, text] of Object.entries(given)) if (put(byId.get(id)!, locale, text)) changed += 1
  await writeChanged({ ...context, model: before }, things)
  const navigation = workspace.state.navigation as unknown as Arrangements<NavigationArrangement> | undefined
  if (navigation) await updateNavigation(context.tx, before.tenantId, navigation)
  const after = await loadModel(context.tx, before.tenantId)
  // Options are found by their names in every language.
  await followMetadata(context, before, after)
  const missing = texts.filter(({ places }) => places.some((place) => place[locale] === undefined)).length
  return { locale, total: texts.length, missing, changed }
}

function put({ places }: TranslatableText, locale: string, text: string | null): boolean {
  const differing = places.filter((place) => (place[locale] ?? null) !== text)
  for (const place of differing) {
    if (text === null) delete place[locale]
    else place[locale] = text
  }
  return differing.length > 0
}

/** What a text may be long, by what it is; messages that workflows send are longer than either. */
const lengths: Record<string, number> = { help: 500, description: 500, message: 500, patternMessage: 500 }
const labels = new Set(['label', 'labelPlural', 'group', 'section'])
const [longestLabel, longestText] = [100, 5_000]

/** What is wrong with a text for one of the places of the workspace. */
export function textProblems(
  known: TranslatableText | undefined,
  id: string,
  locale: string,
  text: string | null,
): FieldProblem[] {
  const field = `texts.${id}`
  if (!known) return [{ field, message: 'is no text of this workspace, or not yours to change' }]
  if (text === null) return locale === sourceLocale ? [{ field, message: 'cannot be empty: others stand on it' }] : []
  if (text.trim() === '') return [{ field, message: 'cannot be empty; send null to take it away' }]
  const part = known.property.at(-1)!
  const most = labels.has(part) ? longestLabel : (lengths[part] ?? longestText)
  return text.length > most ? [{ field, message: `takes at most ${most} characters` }] : []
}

export interface FileRow {
  line: number
  id: string
  source?: string
  text: string
}

export interface CheckedFile {
  dryRun: boolean
  changed: number
  unchanged: number
  problems: { line: number; id: string; message: string }[]
}

/** Takes what a file says that fits; the rest is told line by line. */
export async function importTranslations(
  context: OperationContext,
  { locale, rows, dryRun }: { locale: string; rows: FileRow[]; dryRun: boolean },
): Promise<CheckedFile> {
  const { texts } = await everyText(context, context.model)
  const byId = new Map(texts.map((text) => [text.id, text]))
  const taken: Record<string, string> = {}
  const answer: CheckedFile = { dryRun, changed: 0, unchanged: 0, problems: [] }
  for (const { line, id, source, text } of rows) {
    const known = byId.get(id)
    const isAsItWas = known && (text === '' || known.places.every((place) => place[locale] === text))
    const message = isAsItWas ? undefined : fileProblem(known, { locale, id, source, text })
    if (isAsItWas) answer.unchanged += 1
    else if (message) answer.problems.push({ line, id, message })
    else taken[id] = text
  }
  answer.changed = Object.keys(taken).length
  if (!dryRun && answer.changed > 0) await writeTranslations(context, locale, taken)
  return answer
}

function fileProblem(
  known: TranslatableText | undefined,
  { locale, id, source, text }: { locale: string; id: string; source: string | undefined; text: string },
): string | undefined {
  const now = known?.places[0]?.en
  const [problem] = textProblems(known, id, locale, text)
  if (problem) return problem.message
  if (locale === sourceLocale || source === undefined || source === now) return undefined
  return `was translated from “${source}”, which is “${now}” by now: look at it again`
}
