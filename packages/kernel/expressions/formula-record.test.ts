import { describe, expect, it } from 'vitest'
import type { FieldType } from '../metadata/index.ts'
import type { StoredValue } from '../metadata/values/index.ts'
import { compileRecordFormula, type RecordFormula } from './formula-record.ts'
import { resultTypes, storedResult } from './formula-result.ts'
import { FormulaFailure } from './formula-values.ts'

const aud = (amount: string) => ({ amount, currency: 'AUD' })
const record: Record<string, [FieldType, StoredValue | null]> = {
  price: ['money', aud('12.50')],
  fee: ['money', { amount: '3.00', currency: 'USD' }],
  quantity: ['integer', 3],
  discount: ['percent', 12.5],
  nothing: ['number', null],
  'company.discount': ['percent', 10],
  'company.name': ['text', 'Zoë & Co'],
  name: ['text', 'Ana'],
  last: ['text', null],
  status: ['select', 'active'],
  tags: ['tags', ['vip', 'new']],
  paid: ['boolean', null],
  born: ['date', '1990-02-28'],
  due: ['date', '2026-04-30'],
  seen: ['datetime', '2026-04-29T23:30:00.000Z'],
  place: ['address', { city: 'Lima' }],
}
const moment = { today: '2026-05-10', timeZone: 'Australia/Sydney', currency: 'AUD' }

function formulaOf(source: string): RecordFormula {
  const compiled = compileRecordFormula(source, (name) =>
    record[name] ? { type: record[name][0] } : { problem: `“${name}” is not a field` },
  )
  if ('problems' in compiled) throw new Error(compiled.problems[0]!.message)
  return compiled.formula
}

/** The result as a field of that type, or of the type inferred, would hold it. */
function resultOf(source: string, type?: FieldType): StoredValue | null {
  const formula = formulaOf(source)
  const value = formula.evaluate((name) => record[name]![1], moment)
  return storedResult(value, { type: type ?? resultTypes(formula.kind)[0]!, optionByValue: new Map() }, moment)
}

describe('a formula over a record', () => {
  it.each<[string, unknown]>([
    ['quantity * price', aud('37.50')],
    ['price * 0.1', aud('1.25')],
    ['price / 3', aud('4.17')],
    ['-price / 8', aud('-1.56')],
    ['price + 10', aud('22.50')],
    ['price / price', 1],
    ['price > 12 && price <= 12.5', true],
    ['price * (1 - company.discount / 100)', aud('11.25')],
    ['coalesce(nothing, 0) + 1', 1],
    ['coalesce(nothing, price)', aud('12.50')],
    ['max(price, 20)', aud('20.00')],
    ['0.1 + 0.2', 0.3],
    ['7 % 4 - -2', 5],
    ['round(2.345, 2)', 2.35],
    ['round(-2.5)', -3],
    ['round(1234, -2)', 1200],
    ['floor(2.9) + ceil(2.1) + abs(-3)', 8],
    ['name + " " + last', 'Ana'],
    ['upper(name) + "!"', 'ANA!'],
    ['name.lower() + " of " + company.name', 'ana of Zoë & Co'],
    ['concat(name, " owes ", price)', 'Ana owes 12.50 AUD'],
    ['left(company.name, 3) + right(name, 1)', 'Zoëa'],
    ['replace(company.name, " & ", "-")', 'Zoë-Co'],
    ['length(company.name) + size(tags)', 10],
    ['company.name.contains("Co") && startsWith(name, "A") && endsWith(name, "a")', true],
    ['"vip" in tags && status in ["active", "new"]', true],
    ['status == "active" ? "yes" : "no"', 'yes'],
    ['!paid && paid == null && empty(last) && has(name)', true],
    ['nothing > 1 ? 1 : 2', 2],
    ['days(born, due)', 13210],
    ['due - born', 13210],
    ['due + 1', '2026-05-01'],
    ['due < "2026-05-01"', true],
    ['addMonths("2026-01-31", 1)', '2026-02-28'],
    ['addYears("2024-02-29", 1)', '2025-02-28'],
    ['addDays(due, -30)', '2026-03-31'],
    ['years(born, today())', 36],
    ['months("2026-01-31", "2026-02-28")', 0],
    ['date(seen)', '2026-04-30'],
    ['year(due) * 10000 + month(due) * 100 + day(due)', 20260430],
    ['weekday("2026-05-10")', 7],
    ['max(seen, due)', '2026-04-30'],
    ['number("12.5") + number(true) + amount(price)', 26],
    ['money(3)', aud('3.00')],
    ['text(price) == "12.50 AUD"', true],
  ])('%s', (source, value) => expect(resultOf(source)).toEqual(value))

  it.each<[string, FieldType, unknown]>([
    ['quantity * 2.4', 'integer', 7],
    ['quantity * 2', 'money', aud('6.00')],
    ['price', 'number', 12.5],
    ['due', 'datetime', '2026-04-29T14:00:00.000Z'],
    ['seen', 'date', '2026-04-30'],
    ['"not an address"', 'email', null],
    ['"x@example.com"', 'email', 'x@example.com'],
    ['due', 'text', '2026-04-30'],
  ])('%s as %s', (source, type, value) => expect(resultOf(source, type)).toEqual(value))

  it.each(['nothing * 2', 'upper(last)', 'days(due, null)', 'last + last'])('%s is absent', (source) =>
    expect(resultOf(source)).toBeNull(),
  )

  it.each([
    ['quantity / 0', 'divided by zero'],
    ['quantity % (quantity - 3)', 'divided by zero'],
    ['price + fee', 'AUD and USD'],
    ['addDays(due, 99999999)', 'outside the calendar'],
  ])('%s fails with a reason', (source, reason) => {
    expect(() => resultOf(source)).toThrow(FormulaFailure)
    expect(() => resultOf(source)).toThrow(reason)
  })

  it.each([
    ['quantity *', 'cannot be read', [10, 10]],
    ['name * 2', 'is text, which * cannot reckon with', [0, 4]],
    ['quantity + unknown', '“unknown” is not a field', [11, 18]],
    ['name > 3', 'mixes text and a number', [0, 8]],
    ['quantity ? 1 : 2', 'is a number where a condition is needed', [0, 8]],
    ['paid ? 1 : "one"', 'mixes a number and text', [11, 16]],
    ['price * price', 'two amounts of money', [0, 13]],
    ['due + due', 'cannot reckon so with dates', [0, 9]],
    ['upper(quantity)', 'is a number where upper(text) takes text', [6, 14]],
    ['round()', 'is to be written round(number, digits)', [0, 7]],
    ['place == null', 'formulas cannot use', [0, 5]],
    ['tags.map(t, t)', 'calls “map”', [0, 14]],
    ['name.matches("a+")', 'calls “matches”', [0, 18]],
    ['quantity in status', 'where a list is needed', [12, 18]],
    ['constructor', 'is not a field', [0, 11]],
  ])('refuses %s where it is wrong', (source, message, [start, end]) => {
    const compiled = compileRecordFormula(source, (name) =>
      Object.hasOwn(record, name) ? { type: record[name]![0] } : { problem: `“${name}” is not a field` },
    )
    expect(compiled).toEqual({ problems: [{ message: expect.stringContaining(message), position: { start, end } }] })
  })

  it('tells what it reads, and whether it moves with the day', () => {
    const formula = formulaOf('quantity + quantity * company.discount')
    expect(formula.names).toEqual(['quantity', 'company.discount'])
    expect([formula.moving, formulaOf('due < today()').moving]).toEqual([false, true])
  })

  it('cuts what would be too long for its field', () => {
    const twice = `${'"x" + '.repeat(200)}"x"`
    expect((resultOf(twice) as string).length).toBe(201)
    expect(() => resultOf(`replace("${'x'.repeat(1_500)}", "x", "yy")`)).not.toThrow()
    expect((resultOf(`replace("${'x'.repeat(1_500)}", "x", "yy")`) as string).length).toBe(500)
  })
})
