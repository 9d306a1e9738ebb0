import { describe, expect, it } from 'vitest'
import { copiedTo, openState, tidyHolidays, tidyHours, usualWeek, weekdayName, withMore } from './hours.ts'
import { placesOf, problemsBelow } from './problems.ts'

describe('a week', () => {
  it('begins with the usual hours and goes on after a break', () => {
    const morning = withMore([])
    expect(morning).toEqual([{ from: '09:00', to: '17:00' }])
    expect(withMore([{ from: '08:00', to: '13:00' }])[1]).toEqual({ from: '14:00', to: '18:00' })
    expect(withMore([{ from: '08:00', to: 'late' }])[1]).toEqual(morning[0])
    expect(withMore([{ from: '08:00', to: '22:30' }])[1]).toEqual({ from: '23:30', to: '24:00' })
  })

  it('takes the hours of one day over to others, closed ones too', () => {
    const hours = { mon: [{ from: '08:00', to: '13:00' }], sat: [{ from: '10:00', to: '12:00' }] }
    expect(copiedTo(hours, 'mon', ['tue', 'wed'])).toEqual({ ...hours, tue: hours.mon, wed: hours.mon })
    expect(copiedTo(hours, 'sun', ['sat'])).toMatchObject({ sat: [] })
    expect(Object.keys(usualWeek())).toEqual(['mon', 'tue', 'wed', 'thu', 'fri'])
  })

  it('travels in order, without days that are closed', () => {
    const evening = { from: '16:00', to: '20:00' }
    const morning = { from: '08:00', to: '13:00' }
    expect(tidyHours({ tue: [], mon: [evening, morning] })).toEqual({ mon: [morning, evening] })
    expect(
      tidyHolidays([
        { date: '2026-12-31', name: 'Eve', hours: [evening, morning] },
        { date: '2026-12-25', name: 'Christmas', hours: [] },
      ]),
    ).toEqual([
      { date: '2026-12-25', name: 'Christmas' },
      { date: '2026-12-31', name: 'Eve', hours: [morning, evening] },
    ])
  })

  it('names its days in the language of the reader', () => {
    expect([weekdayName('mon', 'en'), weekdayName('sun', 'es')]).toEqual(['Monday', 'domingo'])
  })
})

it('finds the place of a problem, however the server spells it', () => {
  const problems = placesOf({ 'hours.mon[1].from': 'early', 'holidays.0.name': 'empty' })
  expect(problems).toEqual({ 'hours.mon.1.from': 'early', 'holidays.0.name': 'empty' })
  expect(problemsBelow(problems, 'hours.mon')).toEqual({ '1.from': 'early' })
})

describe('whether it is open', () => {
  const madrid = {
    timeZone: 'Europe/Madrid',
    hours: {
      wed: [
        { from: '08:00', to: '13:00' },
        { from: '14:00', to: '24:00' },
      ],
    },
    holidays: [
      { date: '2026-07-08', name: 'Festival' },
      { date: '2026-07-15', name: 'Short day', hours: [{ from: '10:00', to: '12:00' }] },
    ],
  }
  // 1 July 2026 is a Wednesday; Madrid is two hours ahead of UTC.
  const at = (moment: string) => openState(madrid, new Date(moment))

  it('goes by the clock at the location', () => {
    expect(at('2026-07-01T06:00:00Z')).toEqual({ open: true, until: '13:00' })
    expect(at('2026-07-01T11:00:00Z')).toEqual({ open: false, next: '14:00', holiday: null })
    expect(at('2026-07-01T21:59:00Z')).toEqual({ open: true, until: '24:00' })
    expect(at('2026-07-01T22:00:00Z')).toEqual({ open: false, next: null, holiday: null })
  })

  it('goes by the holiday where there is one', () => {
    expect(at('2026-07-08T08:00:00Z')).toEqual({ open: false, next: null, holiday: 'Festival' })
    expect(at('2026-07-15T06:30:00Z')).toEqual({ open: false, next: '10:00', holiday: 'Short day' })
    expect(at('2026-07-15T08:30:00Z')).toEqual({ open: true, until: '12:00' })
  })
})
