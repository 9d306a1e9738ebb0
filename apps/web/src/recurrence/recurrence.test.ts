import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import { addTexts, setLanguage, translatorOf } from '../i18n/texts.ts'
import { endOf, frequencies, lastDayOf, readRecurrence, writeRecurrence } from './recurrence.ts'
import { wholeRuleText } from './recurrenceWords.ts'

const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
const weekday = fc.integer({ min: 1, max: 7 })

describe('rules of recurrence', () => {
  it('are read as they were written', () => {
    const any = fc.record({
      frequency: fc.constantFrom(...frequencies),
      interval: fc.integer({ min: 1, max: 99 }),
      at: clock.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
      weekdays: fc.uniqueArray(weekday, { minLength: 1 }),
      by: fc.constantFrom('day' as const, 'weekday' as const),
      day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant(-1)),
      nth: fc.constantFrom(1, 2, 3, 4, -1),
      weekday,
      month: fc.integer({ min: 1, max: 12 }),
    })
    fc.assert(
      fc.property(any, (recurrence) => {
        const rule = writeRecurrence(recurrence)
        expect(writeRecurrence(readRecurrence(rule, 'clock')!)).toBe(rule)
      }),
    )
  })

  it.each([
    'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9',
    'RRULE:FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=30;BYSECOND=0',
    'FREQ=WEEKLY;WKST=MO;BYDAY=WE,MO;INTERVAL=1;BYHOUR=8;UNTIL=20261231T225959Z',
  ])('%s can be chosen', (rule) => {
    expect(readRecurrence(rule, 'clock')).toBeDefined()
  })

  it.each([
    'FREQ=HOURLY',
    'FREQ=WEEKLY',
    'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1;BYHOUR=9',
    'FREQ=DAILY;COUNT=5;BYHOUR=9',
    'FREQ=MONTHLY;BYDAY=5MO;BYHOUR=9',
    'FREQ=MONTHLY;BYMONTHDAY=-2;BYHOUR=9',
    'FREQ=DAILY;BYHOUR=9,17',
    'DTSTART:20260101T090000Z\nRRULE:FREQ=DAILY',
    'every day',
    '',
  ])('“%s” is left as it is written', (rule) => {
    expect(readRecurrence(rule, 'clock')).toBeUndefined()
  })
})

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const { fields } = read('../../../../packages/templates/activities/objects/tasks.json')
const { pattern } = fields.find(({ key }: { key: string }) => key === 'recurrence').rules

describe('rules of what is due', () => {
  it('are such as tasks take, and are read as they were written', () => {
    const any = fc.record({
      frequency: fc.constantFrom(...frequencies),
      interval: fc.integer({ min: 1, max: 99 }),
      weekdays: fc.uniqueArray(weekday),
      by: fc.constantFrom('day' as const, 'weekday' as const, 'due' as const),
      day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant(-1)),
      nth: fc.constantFrom(1, 2, 3, 4, -1),
      weekday,
      month: fc.integer({ min: 1, max: 12 }),
      until: fc.constantFrom('', endOf('2026-12-31', 'Europe/Madrid')),
      times: fc.integer({ min: 0, max: 999 }),
    })
    fc.assert(
      fc.property(any, (recurrence) => {
        const rule = writeRecurrence(recurrence)
        expect(rule).toMatch(new RegExp(`^(?:${pattern})$`))
        expect(writeRecurrence(readRecurrence(rule, 'due')!)).toBe(rule)
      }),
    )
  })

  it('end with a day of the zone', () => {
    expect(endOf('2026-12-31', 'Europe/Madrid')).toBe('20261231T225959Z')
    expect(lastDayOf('20261231T225959Z', 'Europe/Madrid')).toBe('2026-12-31')
    expect(lastDayOf('20261231', 'Europe/Madrid')).toBe('2026-12-31')
    expect(lastDayOf('one day', 'Europe/Madrid')).toBe('')
  })
})

describe('in words', () => {
  addTexts('en', { recurrence: read('../i18n/en/recurrence.json') })
  const told = (rule: string) => {
    setLanguage('en')
    return wholeRuleText(translatorOf(['recurrence']) as unknown as TFunction, rule, 'en', 'Europe/Madrid')
  }

  it.each([
    ['FREQ=WEEKLY', 'Every week'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', 'Every 2 weeks on Mon'],
    ['FREQ=MONTHLY', 'Every month'],
    ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=3', 'Every month on the last Fri, 3 times in all'],
    ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1', 'Every year on day 1 in March'],
    ['FREQ=DAILY;BYHOUR=9;UNTIL=20261231T225959Z', 'Every day at 09:00, until Dec 31, 2026'],
    ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1', undefined],
  ])('%s is “%s”', (rule, words) => {
    expect(told(rule)).toBe(words)
  })
})
