/** Checks of what steps are filled with: texts with merge fields, formulas, conditions, plain values, durations. */
import { compileFormula, parseFilter } from '@oneforge/kernel/expressions'
import type { CompiledField, CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import { parseValue } from '@oneforge/kernel/metadata/values'
import { suggestion } from '@oneforge/templates'
import { Temporal } from 'temporal-polyfill'
import { MergeFailed, mergeFields } from '../../mail-templates/index.ts'
import type { Text, Value } from '../definition.ts'
import { longestYears } from '../engine/durations.ts'
import { follow, type Place } from './names.ts'
import { quoted, type Report, within } from './problems.ts'

/** What values name, by their first step. */
const roots = ['record', 'item', 'tenant', 'trigger', 'steps', 'vars', 'now', 'today', 'run']

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isFormula = (value: unknown): value is { formula: string } =>
  isPlain(value) && typeof value.formula === 'string' && Object.keys(value).length === 1

const isMerged = (text: string): boolean => text.includes('{{') || text.includes('{%')

/** A text in one or in several languages. */
export function checkText(text: Text | undefined, model: TenantModel, place: Place, report: Report) {
  if (typeof text === 'string') checkMerged(text, model, place, report)
  else if (isPlain(text)) {
    for (const [language, one] of Object.entries(text)) {
      if (typeof one === 'string') checkMerged(one, model, place, within(report, language))
    }
  }
}

function checkMerged(text: string, model: TenantModel, place: Place, report: Report) {
  if (!isMerged(text)) return
  try {
    for (const path of mergeFields(text)) checkPath(path, model, place, report)
  } catch (error) {
    if (!(error instanceof MergeFailed)) throw error
    report('', `cannot be filled: ${error.message}`)
  }
}

/** What a text or a formula reads: `record.patient.email`, `steps.ask.text`, `item.due_at`. */
function checkPath(path: string[], model: TenantModel, place: Place, report: Report) {
  const [root = '', ...rest] = path
  const problem = rootProblem(root, rest, place)
  if (problem) return report('', problem)
  const object = root === 'record' ? place.object : root === 'item' ? innermost(place) : undefined
  if (!object || rest.length === 0) return
  const found = follow(model, object, rest)
  if ('problem' in found) report('', found.problem)
}

const innermost = ({ loops }: Place): CompiledObject | undefined => [...loops.values()].at(-1)

function rootProblem(root: string, [next]: string[], place: Place): string | undefined {
  if (!roots.includes(root)) return `“${root}” is nothing that can be filled in${suggestion(root, roots)}`
  if (root === 'record' && !place.object) return '“record” is empty: the workflow is about no record'
  if (root === 'item' && place.loops.size === 0)
    return '“item” is what a loop goes over, and no loop is around this step'
  if (root === 'steps' && next !== undefined && !place.passed.has(next)) {
    return `“${next}” is not a step before this one${suggestion(next, place.passed.keys())}`
  }
  return undefined
}

/** A value given to a step; with `field` also whether it suits it. */
export function checkValue(
  value: Value | undefined,
  model: TenantModel,
  place: Place,
  report: Report,
  field?: CompiledField,
) {
  if (isFormula(value)) return checkFormula(value.formula, model, place, within(report, 'formula'))
  if (typeof value === 'string' && isMerged(value)) return checkMerged(value, model, place, report)
  if (field) return checkPlain(value, model, field, report)
  if (!Array.isArray(value) && !isPlain(value)) return
  for (const [key, inner] of Object.entries(value)) checkValue(inner as Value, model, place, within(report, key))
}

function checkFormula(source: string, model: TenantModel, place: Place, report: Report) {
  const compiled = compileFormula(source)
  if ('problem' in compiled) return report('', compiled.problem)
  for (const path of compiled.formula.paths) checkPath(path, model, place, report)
}

/** Judged by the same code that judges what people type. What is to be worked out can be judged only when it is. */
function checkPlain(value: unknown, model: TenantModel, field: CompiledField, report: Report) {
  if (value === null || value === undefined || holdsWorked(value)) return
  if (field.type === 'relation' || field.type === 'user' || field.type === 'file') return
  const context = { currency: field.currency ?? model.currency, timeZone: model.timeZone, today: '2000-01-01' }
  const parsed = parseValue(field, value, context)
  if (!parsed.ok) report('', `${quoted(value)} ${parsed.message}`)
}

const holdsWorked = (value: unknown): boolean =>
  typeof value === 'string'
    ? isMerged(value)
    : isFormula(value) ||
      (isPlain(value) && Object.values(value).some(holdsWorked)) ||
      (Array.isArray(value) && value.some(holdsWorked))

/** A condition on records of the object. */
export function checkCondition(
  condition: unknown,
  object: CompiledObject | undefined,
  model: TenantModel,
  report: Report,
) {
  if (condition === undefined || condition === null) return
  if (!object) return report('', 'cannot be asked: there is no record of one object here')
  const parsed = parseFilter(condition, object, model)
  if (!('problems' in parsed)) return
  for (const { field, message } of parsed.problems) {
    report(placeOf(condition, field), field === 'filter' ? message : `“${field}” ${message}`)
  }
}

/** Where in the filter the name stands: `and.0.field`; '' where it is not found. */
function placeOf(node: unknown, name: string): string {
  if (!isPlain(node)) return ''
  if (node.field === name) return 'field'
  for (const [word, inner] of Object.entries(node)) {
    for (const [index, one] of [inner].flat().entries()) {
      const found = placeOf(one, name)
      if (found !== '') return Array.isArray(inner) ? `${word}.${index}.${found}` : `${word}.${found}`
    }
  }
  return ''
}

/** ISO 8601, as `P2D` or `-PT24H`. */
export function checkDuration(text: string | undefined, report: Report, options: { sign?: boolean } = {}) {
  if (text === undefined) return
  const duration = durationOf(text)
  if (!duration)
    return report('', `${quoted(text)} is not a duration; write P2D for two days, PT30M for thirty minutes`)
  if (duration.sign < 0 && !options.sign) report('', 'must not be negative')
  if (!isOfLife(duration)) report('', `is longer than ${longestYears} years`)
  if (duration.sign === 0 && !options.sign) report('', 'must be longer than nothing')
}

/** Whether it is short enough for somebody to be there at its end. */
function isOfLife(duration: Temporal.Duration): boolean {
  try {
    return duration.abs().total({ unit: 'years', relativeTo: '2000-01-01' }) <= longestYears
  } catch {
    return false
  }
}

function durationOf(text: string): Temporal.Duration | undefined {
  try {
    return Temporal.Duration.from(text)
  } catch {
    return undefined
  }
}

/** Where a message goes: addresses of their own, or what is merged. */
export function checkRecipients(to: string, pattern: RegExp, what: string, report: Report) {
  if (isMerged(to)) return
  for (const one of to.split(',')) {
    if (!pattern.test(one.trim()))
      report('', `${quoted(one.trim())} is neither ${what} nor a merge field such as {{ record.email }}`)
  }
}
