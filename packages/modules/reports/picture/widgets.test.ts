import type { WidgetDefinition } from '@oneforge/templates'
import { expect, it } from 'vitest'
import type { WidgetFigures } from '../figures.service.ts'
import { widgetSvg } from './widgets.ts'
import { Writer } from './words.ts'

const category = (value: string) => ({ value, label: value, color: null, filter: null })
const drawn = (currencies: string[], parts: object = {}) => {
  const values = currencies.map((currency) => ({ amount: '100.00', currency }))
  const series = [{ ...category('sum'), values }]
  const data = { categories: currencies.map(category), series, others: null, interval: null, ...parts }
  const box = { x: 0, y: 0, width: 400, height: 200 }
  const widget = { type: 'chart', chart: 'pie' } as WidgetDefinition
  return widgetSvg(widget, { data, problem: null } as unknown as WidgetFigures, box, new Writer('en', 'UTC'))
}

it('a chart of several currencies is drawn as a table, which says so', () => {
  expect(drawn(['EUR', 'JPY'])).toContain('Several currencies')
  expect(drawn(['EUR', 'EUR'])).not.toContain('Several currencies')
})

it('a chart says that there are more groups than it shows', () => {
  expect(drawn(['EUR'], { isTruncated: true })).toContain('There are more groups than are shown.')
  expect(drawn(['EUR'], { isTruncated: false })).not.toContain('There are more groups')
})

it('a list says choices, figures and yes or no in the words of its reader', () => {
  const columns = [
    { name: 'title', label: 'Name' },
    { name: 'stage', label: 'Phase', options: [{ value: 'Won', label: 'Gewonnen' }] },
    { name: 'amount', label: 'Betrag' },
    { name: 'signed', label: 'Unterschrieben' },
  ]
  const records = [{ title: 'Dach', stage: 'Won', amount: { amount: '9600.00', currency: 'EUR' }, signed: true }]
  const widget = { type: 'recent' } as WidgetDefinition
  const answer = { data: { columns, records, total: 1 }, problem: null } as unknown as WidgetFigures
  const svg = widgetSvg(widget, answer, { x: 0, y: 0, width: 900, height: 200 }, new Writer('de', 'UTC'))
  const anchorOf = (text: string) => new RegExp(`text-anchor="(\\w+)">${text}<`).exec(svg)?.[1]
  expect(['Gewonnen', '9.600,00\u00a0€', 'Ja'].map(anchorOf)).toEqual(['start', 'end', 'start'])
})

it('the edge of a chart is written in the currency and language of its reader', () => {
  expect(new Writer('de', 'UTC').edge(70_000, 'EUR')).toBe('70.000\u00a0€')
  expect(new Writer('en', 'UTC').edge(70_000, 'EUR')).toBe('€70K')
})
