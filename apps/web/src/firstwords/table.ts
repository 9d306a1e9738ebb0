/** The first rows of a table. */
import type { RecordData } from '@oneforge/client'
import type { Reading } from '@oneforge/client/reading'
import { stretch } from '../api/stretch.ts'
import { type FormatContext, isNumeric } from '../fields/format.ts'
import type { Column } from '../list/columns/columnSettings.ts'
import { isSelectable } from '../list/listFields.ts'
import { rowHeights } from '../list/table/density.ts'
import classes from '../list/table/RecordTable.module.css'
import { drawn, styled } from './drawn.ts'
import own from './firstWords.module.css'
import type { ShownList } from './listPage.ts'
import { shownValue, titleOf } from './values.ts'

const headHeight = 36
/** Boxes to tick stand in a column of this width. */
const checkWidth = 40

type Drawing = (format: FormatContext) => Promise<HTMLElement[]>

/** Undefined for tables in groups, or with marks for rows that have a colour: they are left to the page. */
export function tableDrawing(reading: Reading, shown: ShownList): Drawing | undefined {
  const { object, look, query } = shown
  if (look.groups.length > 0 || look.settings.colors?.length) return undefined
  const asking = reading.records.list(object.slug, { limit: stretch, ...query })
  asking.catch(() => undefined)
  return async (format) => {
    const { items } = await asking
    return items.length > 0 ? [drawTable(shown, items, format)] : []
  }
}

function drawTable(shown: ShownList, rows: RecordData[], format: FormatContext): HTMLElement {
  const { object, columns, look } = shown
  const rowHeight = rowHeights[look.settings.density ?? 'normal']
  const selectable = isSelectable(object)
  const width = `${columns.reduce((sum, column) => sum + column.width, selectable ? checkWidth : 0)}px`
  const inSight = rows.slice(0, Math.ceil(innerHeight / rowHeight))
  const body = drawn('div', { class: classes.body }, ...inSight.map((record, at) => rowOf(shown, record, at, format)))
  const table = drawn(
    'div',
    { class: classes.scroller, 'data-selectable': selectable },
    styled(drawn('div', { class: classes.head }, selectable && box(), ...columns.map(headCell)), {
      'min-width': width,
    }),
    styled(body, { height: `${rows.length * rowHeight}px`, 'min-width': width }),
  )
  return styled(table, { '--row-height': `${rowHeight}px`, '--head-height': `${headHeight}px` })
}

const box = () => drawn('div', { class: classes.check }, drawn('span', { class: own.box }))

const sized = (element: HTMLElement, { width, left }: Column) =>
  styled(element, { width: `${width}px`, ...(left !== undefined && { '--left': `${left}px` }) })

const attributesOf = ({ field, left }: Column, at: number) => ({
  'data-first': at === 0,
  'data-pinned': left !== undefined,
  'data-numeric': isNumeric(field),
})

function headCell(column: Column, at: number): HTMLElement {
  const name = drawn('span', { class: classes.ellipsis }, column.field.label)
  const attributes = { class: classes.headCell, ...attributesOf(column, at) }
  return sized(drawn('div', attributes, drawn('span', { class: classes.sort }, name)), column)
}

function rowOf({ object, columns, look }: ShownList, record: RecordData, index: number, format: FormatContext) {
  const start = index * rowHeights[look.settings.density ?? 'normal']
  const cells = columns.map((column, at) => {
    const { field } = column
    const value =
      at === 0 ? titleOf(object, record, classes.title) : shownValue(field, record[field.key], format, lineOf(column))
    return sized(drawn('div', { class: classes.cell, ...attributesOf(column, at) }, value), column)
  })
  const row = drawn('div', { class: classes.row }, isSelectable(object) && box(), ...cells)
  return styled(row, { transform: `translateY(${start}px)` })
}

/** In a table these are text in one line. */
const lineOf = ({ field }: Column): string | undefined =>
  ['email', 'url', 'relation'].includes(field.type) ? classes.ellipsis : undefined
