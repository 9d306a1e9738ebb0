/**
 * Merging: a text of a tenant, written in Liquid, and the values that fill it. Nothing of it reads a file or includes
 * another text; the work, the output and what it may ask for are bounded, so that no text holds the server up.
 */
import { AppError } from '@oneforge/kernel/errors'
import { Context, Liquid, type LiquidError, type LiquidOptions } from 'liquidjs'
import { allowedFilters, asText, escapeHtml, filtersFor } from './merge-filters.ts'
import { TooManyParts, workLimit } from './work-limit.ts'

export interface MergeScope {
  /**
   * What the text may name, by its first step: `{ record, tenant, user }`. Plain JSON; money is `{ amount, currency }`,
   * a related record an object that prints as its `title`.
   */
  values: Record<string, unknown>
  /** Dates, amounts and numbers are written as there. */
  locale: string
  /** IANA name of the zone in which moments are told. */
  timeZone: string
}

/** A text that cannot be merged: what is wrong with it, and in which line. */
export class MergeFailed extends Error {
  /** From 1; 0 where it is none line's fault. */
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

const allowedTags = new Set(['if', 'unless', 'case', 'for', 'break', 'continue', 'assign', 'comment', 'raw'])
const longestSource = 256 * 1024
const longestOutput = 1_000_000

/**
 * The ways that a text reads, each once: `{{ record.patient.full_name }}` is `['record', 'patient', 'full_name']`.
 *
 * @throws MergeFailed where it is no Liquid.
 */
export function mergeFields(source: string): string[][] {
  return orMergeFailed(() => {
    const engine = engineFor(escapeNothing, { locale: 'en', timeZone: 'UTC' })
    const segments = engine.globalVariableSegmentsSync(engine.parse(within(source)), { partials: false })
    return segments.map((path) => path.map(String))
  })
}

/**
 * Fills a plain text. What is not there is empty.
 *
 * @throws MergeFailed where it is no Liquid, or has too many parts; AppError 503 where it takes too long.
 */
export const renderText = (source: string, scope: MergeScope): string => render(source, scope, escapeNothing)

/**
 * Fills HTML: every value is escaped, and none becomes the target of a link that runs something.
 *
 * @throws MergeFailed as `renderText` does.
 */
export const renderHtml = (source: string, scope: MergeScope): string =>
  render(source, scope, escapeHtml).replaceAll(runningTarget, '$1=$2#')

const runningTarget =
  /\b(href|src|action)\s*=\s*(["']?)\s*(?:javascript|vbscript|data)\s*(?::|&colon;|&#0*58;|&#x0*3a;)/gi

const escapeNothing = (text: string): string => text

function render(source: string, scope: MergeScope, escaping: (text: string) => string): string {
  return orMergeFailed(() => {
    const engine = engineFor(escaping, scope)
    const context = new Context(scope.values, engine.options, { sync: true }, { liquid: engine })
    // Liquid itself looks at the clock on the wall.
    context.renderLimit.check = workLimit()
    const output = String(engine.renderSync(engine.parse(within(source)), context))
    if (output.length <= longestOutput) return output
    throw new MergeFailed(`The text becomes longer than ${longestOutput.toLocaleString('en')} letters. Shorten it.`, 0)
  })
}

/** Few microseconds of work: an engine keeps the zone and the escaping of its one text. */
function engineFor(escaping: (text: string) => string, scope: Pick<MergeScope, 'locale' | 'timeZone'>): Liquid {
  const engine = new Liquid({ ...limits, outputEscape: (value) => escaping(asText(value, scope)) })
  for (const name of Object.keys(engine.filters)) if (!allowedFilters.has(name)) engine.unregisterFilter(name)
  for (const [name, filter] of Object.entries(filtersFor(scope))) engine.registerFilter(name, filter)
  for (const name of Object.keys(engine.tags)) if (!allowedTags.has(name)) delete engine.tags[name]
  return engine
}

const limits: LiquidOptions = {
  // An empty mapping in place of the file system.
  templates: {},
  ownPropertyOnly: true,
  strictFilters: true,
  parseLimit: longestSource,
  memoryLimit: longestOutput,
}

function within(source: string): string {
  if (source.length <= longestSource) return source
  throw new MergeFailed(`The text is longer than ${longestSource.toLocaleString('en')} letters. Shorten it.`, 0)
}

function orMergeFailed<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const cause = (error as LiquidError).originalError ?? error
    if (cause instanceof MergeFailed || cause instanceof AppError) throw cause
    throw new MergeFailed(...told(error as Error, cause))
  }
}

/** What Liquid says of it, without what it says of itself: `…, line:2, col:5`. */
function told(error: Error, cause: unknown): [message: string, line: number] {
  const [, message = error.message, line = '0'] = /^(.*?)(?:, line:(\d+).*)?$/s.exec(error.message) ?? []
  const isTooMuch = cause instanceof TooManyParts || /limit exceeded/.test(message)
  if (isTooMuch) return ['The text takes too long to fill: it repeats too much. Take repetitions out.', Number(line)]
  return [message, Number(line)]
}
