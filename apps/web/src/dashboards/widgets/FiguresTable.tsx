import type { ReactNode } from 'react'
import type { Drill } from '../drill.ts'
import { RecordsLink } from '../RecordsLink.tsx'
import classes from './FiguresTable.module.css'

export interface Row {
  key: string
  name: ReactNode
  /** Where the row as a whole leads, and each of its figures. */
  drill: Drill | null
  cells: { text: string; drill: Drill | null }[]
}

interface FiguresTableProps {
  caption: string
  /** What names the rows. */
  first: string
  columns: { key: string; name: string }[]
  rows: Row[]
  total?: { name: string; drill: Drill | null; cells: string[] } | undefined
  note?: string | undefined
}

/** Figures line for line: what keys reach and readers hear where others see a drawing. */
export function FiguresTable({ caption, first, columns, rows, total, note }: FiguresTableProps) {
  return (
    <>
      {note && <p className={classes.note}>{note}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is within reach of the keys */}
      <section className={classes.scroll} tabIndex={0} aria-label={caption}>
        <table className={classes.table} aria-label={caption}>
          <thead>
            <tr>
              <th scope="col">{first}</th>
              {columns.map(({ key, name }) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, drill, cells }) => (
              <tr key={key}>
                <th scope="row">
                  <RecordsLink drill={drill} className={classes.name}>
                    {name}
                  </RecordsLink>
                </th>
                {cells.map((cell, index) => (
                  <td key={columns[index]?.key}>
                    <RecordsLink drill={cell.drill}>{cell.text}</RecordsLink>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {total && (
            <tfoot>
              <tr>
                <th scope="row">{total.name}</th>
                {total.cells.map((text, index) => (
                  <td key={columns[index]?.key}>
                    <RecordsLink drill={total.drill}>{text}</RecordsLink>
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </section>
    </>
  )
}
