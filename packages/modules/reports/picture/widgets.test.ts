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
