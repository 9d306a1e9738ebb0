/** The numbers that a widget shows, and where each of them leads. */
import type { Json } from '../client.ts'

export interface Counted {
  count: number
  /** The filters of its part of the widget: the list behind it holds what meets them and that of the widget. */
  parts: Json[]
}

/** All numbers of records in what a widget that counts them was answered; those that lead nowhere are left out. */
export function countsOf({ type, data }: Json): Counted[] {
  return allCounts(type, data).filter(({ parts }) => !parts.includes(null))
}

const counted = (count: number | null, ...parts: Json[]): Counted => ({ count: count ?? 0, parts })

function allCounts(type: string, data: Json): Counted[] {
  switch (type) {
    case 'metric':
    case 'goal':
      return [counted(data.value)]
    case 'recent':
      return [counted(data.total)]
    case 'calendar':
      return [counted(data.entries.length)]
    case 'tasks': {
      const parts = ['open', 'today', 'overdue'].map((name) => counted(data[name], data.filters[name]))
      return [counted(data.open), ...parts]
    }
    case 'pipeline':
      return data.stages.map(({ count, filter }: Json) => counted(count, filter))
    case 'leaderboard':
      return data.rows.map(({ value, category }: Json) => counted(value, category.filter))
    case 'table': {
      const rows = data.rows.map(({ values, category }: Json) => counted(values[0], category.filter))
      return [...rows, counted(data.total[0])]
    }
    case 'chart':
      return data.series.flatMap(({ values, filter }: Json) =>
        values.map((value: number | null, at: number) => counted(value, data.categories[at].filter, filter)),
      )
    default:
      return ofCross(data)
  }
}

function ofCross({ rows, columns, cells, rowTotals, columnTotals, total }: Json): Counted[] {
  const inRows = rows.flatMap((row: Json, y: number) => [
    counted(rowTotals[y][0], row.filter),
    ...columns.map((column: Json, x: number) => counted(cells[y][x][0], row.filter, column.filter)),
  ])
  const below = columns.map((column: Json, x: number) => counted(columnTotals[x][0], column.filter))
  return [...inRows, ...below, counted(total[0])]
}
