import { operators, relativePeriods } from '@oneforge/kernel/expressions'
import type { FieldType } from '@oneforge/kernel/metadata'
import { type Attribute, type Catalogue, type CatalogueEntry, resolvePath } from './catalogue.ts'
import { quoted, type Report } from './problem.ts'
import { suggestion } from './suggestion.ts'

const orderings = ['gt', 'gte', 'lt', 'lte', 'between']
const countedPeriods = ['lastNDays', 'nextNDays']

const numeric: FieldType[] = ['number', 'integer', 'money', 'percent', 'duration', 'rating', 'rollup', 'formula']
const dated: FieldType[] = ['date', 'datetime']
const ordered: FieldType[] = [...numeric, ...dated, 'time', 'text']

/** Checks a filter of an object: its shape, the fields it names, and whether operators and values suit them. */
export function checkFilter(
  filter: unknown,
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
): void {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) {
    report(
      path,
      `${quoted(filter)} is not a filter; write {"field", "op", "value"} or {"and": […]}, {"or": […]}, {"not": …}`,
    )
    return
  }
  const node = filter as Record<string, unknown>
  if ('and' in node) checkGroup(node.and, `${path}.and`, entry, catalogue, report)
  else if ('or' in node) checkGroup(node.or, `${path}.or`, entry, catalogue, report)
  else if ('not' in node) checkFilter(node.not, `${path}.not`, entry, catalogue, report)
  else checkCondition(node, path, entry, catalogue, report)
}

function checkGroup(parts: unknown, path: string, entry: CatalogueEntry, catalogue: Catalogue, report: Report): void {
  if (!Array.isArray(parts) || parts.length === 0) {
    report(path, `${quoted(parts)} is not a list of filters`)
    return
  }
  for (const [index, part] of parts.entries()) checkFilter(part, `${path}[${index}]`, entry, catalogue, report)
}

function checkCondition(
  node: Record<string, unknown>,
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
) {
  const { field, op } = node
  if (typeof field !== 'string') return report(`${path}.field`, `${quoted(field)} is not the name of a field`)
  if (typeof op !== 'string' || !operators.some((operator) => operator === op)) {
    return report(`${path}.op`, `${quoted(op)} is not an operator${suggestion(String(op), operators)}`)
  }
  const { attribute, problem } = resolvePath(catalogue, entry, field)
  if (problem) return report(`${path}.field`, problem)
  if (!attribute) return
  const misuse = operatorProblem(attribute, op)
  if (misuse) return report(`${path}.op`, misuse)
  checkOperand(attribute, op, node.value, `${path}.value`, report)
}

function operatorProblem(attribute: Attribute, op: string): string | undefined {
  if (orderings.includes(op) && !ordered.includes(attribute.type)) {
    return `"${op}" compares by order, and "${attribute.key}" is a ${attribute.type}, which has none`
  }
  if (attribute.type === 'relation' && !['empty', 'notEmpty'].includes(op)) {
    return `"${attribute.key}" is a relation; compare one of its fields (${attribute.key}.…) or use empty, notEmpty`
  }
  return undefined
}

function checkOperand(attribute: Attribute, op: string, value: unknown, path: string, report: Report) {
  if (op === 'empty' || op === 'notEmpty') return
  if (op !== 'in' && op !== 'nin' && op !== 'between') return reportOperand(attribute, value, path, report)
  if (!Array.isArray(value) || value.length === 0)
    return report(path, `${quoted(value)} is not a list, which "${op}" needs`)
  if (op === 'between' && value.length !== 2) return report(path, `"between" needs two values, not ${value.length}`)
  for (const [index, item] of value.entries()) reportOperand(attribute, item, `${path}[${index}]`, report)
}

function reportOperand(attribute: Attribute, value: unknown, path: string, report: Report): void {
  const problem = operandProblem(attribute, value)
  if (problem) report(path, problem)
}

function operandProblem(attribute: Attribute, value: unknown): string | undefined {
  if (isMe(value))
    return attribute.type === 'user'
      ? undefined
      : `{"me": true} is a user, and "${attribute.key}" is a ${attribute.type}`
  if (typeof value === 'object' && value !== null && 'relative' in value) return periodProblem(attribute, value)
  if (attribute.options && !attribute.options.includes(value as string)) {
    return `${quoted(value)} is not an option of "${attribute.key}"${suggestion(String(value), attribute.options)}`
  }
  if (attribute.type === 'boolean' && typeof value !== 'boolean') return `${quoted(value)} is not true or false`
  if (numeric.includes(attribute.type) && typeof value !== 'number') return `${quoted(value)} is not a number`
  if (dated.includes(attribute.type) && Number.isNaN(Date.parse(String(value)))) {
    return `${quoted(value)} is not a date; write 2026-01-31 or {"relative": "today"}`
  }
  return value === undefined || value === null ? 'is missing; to look for nothing use the operator empty' : undefined
}

const isMe = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'me' in value && value.me === true

function periodProblem(attribute: Attribute, value: object): string | undefined {
  const { relative, n } = value as { relative: unknown; n?: unknown }
  if (!dated.includes(attribute.type))
    return `a relative date does not suit "${attribute.key}", which is a ${attribute.type}`
  if (!relativePeriods.some((period) => period === relative)) {
    return `${quoted(relative)} is not a relative date${suggestion(String(relative), relativePeriods)}`
  }
  if (!countedPeriods.includes(relative as string)) return undefined
  return Number.isInteger(n) && Number(n) > 0 ? undefined : `"${relative}" needs "n", a whole number of days`
}
