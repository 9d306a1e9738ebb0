/** The first columns of a board with their first cards. */
import type { FieldMeta, ObjectMeta, RecordData } from '@oneforge/client'
import type { Reading } from '@oneforge/client/reading'
import { stretch } from '../api/stretch.ts'
import { type FormatContext, formatNumber, isEmptyValue } from '../fields/format.ts'
import { t } from '../i18n/texts.ts'
import classes from '../list/board/Board.module.css'
import {
  type BoardColumn,
  boardColumns,
  boardField,
  boardFields,
  isSpeaking,
  laneFields,
  placeQuery,
} from '../list/board/boardColumns.ts'
import { headTotals, measuresOf, type Sums, type Total, totalText } from '../list/totals/totals.ts'
import { drawn } from './drawn.ts'
import own from './firstWords.module.css'
import type { ShownList } from './listPage.ts'
import { badge, shownValue, titleOf } from './values.ts'

/** Of a column and the gap behind it, in pixels. */
const columnWidth = 284

type Drawing = (format: FormatContext) => Promise<HTMLElement[]>

/** Undefined for boards with lanes or limits, which are left to the page. */
export function boardDrawing(reading: Reading, shown: ShownList): Drawing | undefined {
  const { object, view, look, fields, query } = shown
  const named = new URLSearchParams(location.search).get('board')
  const field = boardField(object, named ?? boardField(object, view?.groupBy)?.key)
  if (!field || look.settings.laneField || look.settings.columnLimits?.length) return undefined
  const totals = headTotals(object, fields, look.settings)
  const { filter = null, search } = query
  const measures = measuresOf(totals)
  const counting = reading.records.aggregate<Sums>(object.slug, {
    filter,
    ...(search && { search }),
    groupBy: [field.key],
    measures,
  })
  const columns = boardColumns(field, false, '').slice(0, Math.ceil(innerWidth / columnWidth))
  const cards = columns.map(({ value }) => {
    const ofColumn = placeQuery(query, field, { lane: undefined, value })
    return reading.records.list(object.slug, { limit: stretch, ...ofColumn })
  })
  const asked = Promise.all([counting, ...cards])
  asked.catch(() => undefined)
  return async (format) => {
    const [sums, ...stretches] = await asked
    const sumsOf = ({ value }: BoardColumn) => sums.find((row) => (row[field.key] ?? null) === value)
    const hasEmpty = field.key !== object.roles.stage && sums.some((row) => (row[field.key] ?? null) === null)
    // The column of those without a value comes first: then all stand elsewhere.
    if (hasEmpty || sums.length === 0) return [bar(shown, field)]
    const drawnColumns = columns.map((column, at) =>
      drawn(
        'section',
        { class: classes.column },
        head(column, sumsOf(column), totals, format),
        drawn('div', { class: classes.cards }, ...cardsOf(shown, field, stretches[at]!.items, format)),
      ),
    )
    return [
      bar(shown, field),
      drawn('div', { class: classes.lanes }, drawn('div', { class: classes.board }, ...drawnColumns)),
    ]
  }
}

function bar({ object, fields }: ShownList, field: FieldMeta): HTMLElement {
  const choices = boardFields(object)
  const lanes = laneFields(fields, field)
  const pipeline = object.pipelines.find((one) => one.field === field.key)
  const byColumn = choices.map(({ key, label }) => ({
    text: t('list:board.columnsBy', { label }),
    isShown: key === field.key,
  }))
  const byLane = lanes.map(({ label }) => ({ text: t('list:board.lanesBy', { label }), isShown: false }))
  return drawn(
    'div',
    { class: `${classes.bar} ${own.group}` },
    choices.length > 1 && select(byColumn),
    lanes.length > 0 && select([{ text: t('list:board.noLanes'), isShown: true }, ...byLane]),
    pipeline &&
      drawn(
        'span',
        { class: own.figures },
        drawn('span', { class: own.groupIcon }),
        ` ${t('pipelines:figures.title')}`,
      ),
  )
}

/** As wide as the longest of its choices. */
const select = (options: { text: string; isShown: boolean }[]) =>
  drawn(
    'select',
    { class: own.select },
    ...options.map(({ text, isShown }) => drawn('option', { selected: isShown }, text)),
  )

function head(column: BoardColumn, sums: Sums | undefined, totals: Total[], format: FormatContext): HTMLElement {
  const texts = totals.map((total) => ({ total, text: sums ? totalText(sums, total, format) : '' }))
  const count = drawn('span', { class: classes.count }, formatNumber(Number(sums?.count ?? 0), format.locale))
  const line = drawn(
    'span',
    { class: classes.headLine },
    badge(column.label, column.color),
    count,
    drawn('span', { class: own.limit }),
  )
  const lines = texts.map(({ total: { field, op }, text }) => {
    const name = texts.length > 1 && `${t(`list:total.${op}Of`, { label: field.label })} `
    return text && drawn('span', { class: classes.sum }, name, text)
  })
  return drawn('header', { class: classes.head }, line, ...lines)
}

function cardsOf({ object, columns }: ShownList, field: FieldMeta, records: RecordData[], format: FormatContext) {
  const shown = columns.slice(1).flatMap((column) => (column.field.key === field.key ? [] : [column.field]))
  const pipeline = object.pipelines.find((one) => one.field === field.key)
  // How long they have been there is told by the page.
  if (pipeline?.stages.some(({ rottingDays }) => rottingDays)) return []
  const inSight = records.slice(0, Math.ceil(innerHeight / 60))
  const cards = inSight.map((record) => drawn('div', { class: own.card }, cardOf(object, record, shown, format)))
  // The page counts in whole pixels.
  requestAnimationFrame(() => {
    for (const card of cards) card.style.height = `${card.offsetHeight}px`
  })
  return cards
}

function cardOf(object: ObjectMeta, record: RecordData, shown: FieldMeta[], format: FormatContext): HTMLElement {
  const facts = shown
    .filter(({ key }) => !isEmptyValue(record[key]))
    .map((field) => {
      const label = !isSpeaking(field) && drawn('span', { class: classes.label }, field.label)
      return drawn('div', { class: classes.fact }, label, shownValue(field, record[field.key], format))
    })
  return drawn('article', { class: classes.card }, titleOf(object, record, classes.title), ...facts)
}
