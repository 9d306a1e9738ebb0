/**
 * What the values of a step are made of, worked out as the run may see it: the run's record and what is related to it, what
 * earlier steps gave, variables, the record that a loop is at.
 */
import type { AccessPolicy } from '@oneforge/kernel/access'
import { validationError } from '@oneforge/kernel/errors'
import { compileFormula } from '@oneforge/kernel/expressions'
import { type CompiledObject, languageOf } from '@oneforge/kernel/metadata'
import { type PresentedRecord, type RecordContext, valueContext } from '@oneforge/kernel/records'
import { MergeFailed, mergeFields, renderText } from '../../mail-templates/index.ts'
import type { Condition, Target, Text, Value } from '../definition.ts'
import type { RecordReads, Scope, ScopeFacts, TargetRecord } from '../engine/action.ts'
import { type RecordSource, storedRecord } from './record-values.ts'
import { countableRecord, type Reader, shownMoment, shownRecord } from './shown-values.ts'

/**
 * @param draft the run's record, where it is not written yet.
 * @throws (by its methods) VALIDATION_ERROR for texts and formulas that cannot be worked out, and where no record is meant.
 */
export const createScope = (facts: ScopeFacts, draft?: RecordSource): Scope => new StepScope(facts, draft)

/** A text that is nothing but one merge field. */
const single = /^\s*\{\{-?\s*([a-z]\w*(?:\.\w+)*)\s*-?\}\}\s*$/i
const isMerged = (text: string): boolean => text.includes('{{') || text.includes('{%')

class StepScope implements Scope {
  private readonly facts: ScopeFacts
  private readonly draft: RecordSource | undefined
  /** Records that were read, by root and ways. */
  private readonly read = new Map<string, PresentedRecord>()

  constructor(facts: ScopeFacts, draft: RecordSource | undefined) {
    this.facts = facts
    this.draft = draft
  }

  private get context(): RecordContext {
    return this.facts.context
  }

  as(policy: AccessPolicy): Scope {
    return new StepScope({ ...this.facts, context: { ...this.context, policy } }, this.draft)
  }

  forget(): void {
    this.read.clear()
  }

  async value(value: Value): Promise<unknown> {
    if (typeof value === 'string') return this.textValue(value)
    if (typeof value !== 'object' || value === null) return value
    if (isFormula(value)) return this.formula(value.formula)
    if (Array.isArray(value)) {
      const items: unknown[] = []
      for (const item of value) items.push(await this.value(item))
      return items
    }
    const entries: [string, unknown][] = []
    for (const [key, item] of Object.entries(value)) entries.push([key, await this.value(item)])
    return Object.fromEntries(entries)
  }

  async text(text: Text, locale = this.context.model.locale): Promise<string> {
    if (typeof text === 'string') return this.merged(text, locale)
    const language = [locale, languageOf(locale)].find((one) => text[one] !== undefined) ?? 'en'
    // A text that there is not in the reader's language has the dates of its own.
    const isReaders = languageOf(locale) === languageOf(language)
    return this.merged(text[language] ?? '', isReaders ? locale : language)
  }

  async passes(condition: Condition): Promise<boolean> {
    if (condition === undefined || condition === null) return true
    return (this.item() ?? this.own()).passes(condition)
  }

  async target(target?: Target): Promise<TargetRecord> {
    const { run, loops, outputs } = this.facts
    if (!target) {
      if (run.object && run.recordId) return { object: run.object, id: run.recordId }
      throw missing('This workflow is about no record. Choose which record the step is about.')
    }
    if ('loop' in target) {
      const turn = loops.get(target.loop)
      if (turn) return { object: turn.object, id: turn.id }
      throw missing(
        `The step stands outside of the loop “${target.loop}”. Move it into the loop, or choose another record.`,
      )
    }
    if ('step' in target)
      return this.placeOf(outputs.get(target.step), `The step “${target.step}” has given no record.`)
    const record = await this.own().load([[target.relation]])
    const linked = [record[target.relation] ?? []].flat()[0]
    return this.placeOf(linked, `The record has nothing in “${target.relation}”.`)
  }

  private placeOf(found: unknown, otherwise: string): TargetRecord {
    const { object: slug, id } = (found ?? {}) as Partial<PresentedRecord>
    const object = slug === undefined ? undefined : this.context.model.object.get(slug)
    if (object && id) return { object, id }
    throw missing(`${otherwise} Make sure that there is one before this step, or choose another record.`)
  }

  /** What a deletion has started reads the record where it lies now. */
  private own(): RecordSource {
    if (this.draft) return this.draft
    const { object, recordId, workflow } = this.facts.run
    const deleted = workflow.trigger.type === 'record_deleted'
    if (object && recordId) return storedRecord(this.context, { object, id: recordId }, { deleted, ...this.reads })
    throw missing('This workflow is about no record, so nothing can be read of it.')
  }

  private get reads(): { reads?: RecordReads } {
    const { reads } = this.facts
    return reads ? { reads } : {}
  }

  private item(): RecordSource | undefined {
    const place = [...this.facts.loops.values()].at(-1)
    return place && storedRecord(this.context, place, this.reads)
  }

  private async textValue(text: string): Promise<unknown> {
    const [, path] = single.exec(text) ?? []
    if (path === undefined) return this.merged(text, this.context.model.locale)
    const names = path.split('.')
    const roots = await this.roots([names], (_, record) => record)
    return names.reduce<unknown>(at, roots) ?? null
  }

  private async merged(source: string, locale: string): Promise<string> {
    if (!isMerged(source)) return source
    const { model, now } = this.context
    const reader: Reader = { locale, timeZone: model.timeZone }
    try {
      const paths = mergeFields(source)
      const values = await this.roots(paths, (object, record) => shownRecord(model, object, record, reader))
      values.now = shownMoment(now.toISOString(), reader)
      values.today = shownMoment(valueContext(this.context).today, reader)
      return renderText(source, { values, ...reader })
    } catch (error) {
      if (error instanceof MergeFailed) throw unreadable(source, error)
      throw error
    }
  }

  private async formula(source: string): Promise<unknown> {
    const compiled = compileFormula(source)
    if ('problem' in compiled) throw missing(`The formula “${shortened(source)}” ${compiled.problem}.`)
    const { model } = this.context
    const { formula } = compiled
    const roots = await this.roots(formula.paths, (object, record) => countableRecord(model, object, record))
    return formula.evaluate(roots, valueContext(this.context).today)
  }

  /** What paths begin with, each only as far as it is read. */
  private async roots(
    paths: string[][],
    turn: (object: CompiledObject, record: PresentedRecord) => unknown,
  ): Promise<Record<string, unknown>> {
    const { run, outputs, variables } = this.facts
    const { model, now } = this.context
    const { name, slug, locale, currency, timeZone } = model
    const record = async (root: string, source: () => RecordSource | undefined): Promise<unknown> => {
      const ways = paths.filter(([first]) => first === root).map(([, ...rest]) => rest)
      const found = ways.length > 0 ? source() : undefined
      return found ? turn(found.object, await this.load(root, found, ways)) : null
    }
    return {
      record: await record('record', () => this.own()),
      item: await record('item', () => this.item()),
      tenant: { name, slug, locale, currency, timeZone },
      run: { id: run.id },
      trigger: run.trigger,
      steps: Object.fromEntries(outputs),
      vars: Object.fromEntries(variables),
      now: now.toISOString(),
      today: valueContext(this.context).today,
    }
  }

  private async load(root: string, source: RecordSource, ways: string[][]): Promise<PresentedRecord> {
    const key = [root, ...ways.map((way) => way.join('.')).sort()].join(' ')
    const record = this.read.get(key) ?? (await source.load(ways))
    this.read.set(key, record)
    return record
  }
}

const isFormula = (value: object): value is { formula: string } =>
  typeof (value as { formula?: unknown }).formula === 'string' && Object.keys(value).length === 1

/** One step of a path; what objects bring with them by nature is not there. */
function at(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value) && (name === 'first' || name === 'last')) return value.at(name === 'first' ? 0 : -1)
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
}

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)

const missing = (message: string) => validationError([], message)

const unreadable = (source: string, { message, line }: MergeFailed) =>
  missing(`The text “${shortened(source)}” cannot be filled${line > 1 ? ` (line ${line})` : ''}: ${message}`)
