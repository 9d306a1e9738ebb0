import { Popover } from '@mantine/core'
import type { ObjectAction } from '@oneforge/client'
import { IconChevronRight } from '@tabler/icons-react'
import { Fragment, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { actions } from './grants.ts'
import { type MatrixCell, ScopeCell } from './ScopeCell.tsx'
import classes from './ScopeMatrix.module.css'
import { columns, type Place, useMatrixKeys } from './useMatrixKeys.ts'

export interface MatrixRow {
  key: string
  label: string
  icon: string
  /** Beside the label, in small print. */
  note?: string
  cells: Record<ObjectAction, MatrixCell>
}

interface ScopeMatrixProps {
  label: string
  rows: MatrixRow[]
  /** Goes one scope on or back; absent where the matrix is only read. */
  onStep?: (row: string, action: ObjectAction, step: 1 | -1) => void
  onClear?: (row: string, action: ObjectAction) => void
  /** What opens at a cell: choices, or reasons. */
  menu: (row: string, action: ObjectAction, close: () => void) => ReactNode
  /** What a row folds out. */
  details: (row: string) => ReactNode
}

/**
 * Objects by actions, each cell a scope. One stop of the Tab key; arrows, Home and End move inside, Space goes through
 * the scopes, Enter opens what the cell offers, at an object's name both fold its fields out.
 */
export function ScopeMatrix({ label, rows, onStep, onClear, menu, details }: ScopeMatrixProps) {
  const { t } = useTranslation('access')
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())
  const [opened, setOpened] = useState<Place>()
  const anchor = useRef<HTMLElement>(null)
  const keys = useMatrixKeys(rows.length)

  const toggle = (row: string) => {
    const next = new Set(unfolded)
    if (!next.delete(row)) next.add(row)
    setUnfolded(next)
  }
  const open = (place: Place) => {
    anchor.current = keys.elementAt(place)
    setOpened(place)
  }
  const close = () => {
    setOpened(undefined)
    if (opened) keys.focus(opened)
  }
  const onKeyDown = (place: Place) => (event: KeyboardEvent) => {
    const row = rows[place.row]
    const action = actions[place.column - 1]
    if (!row || keys.move(event, place)) return
    if (action && event.key === ' ' && onStep) onStep(row.key, action, event.shiftKey ? -1 : 1)
    else if (action && (event.key === 'Delete' || event.key === 'Backspace') && onClear) onClear(row.key, action)
    else return
    event.preventDefault()
  }
  const shown = opened && rows[opened.row]
  const shownAction = opened && actions[opened.column - 1]

  return (
    <div className={classes.scroll}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that one moves in */}
      <table className={classes.matrix} role="grid" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('matrix.object')}</th>
            {actions.map((action) => (
              <th key={action} scope="col">
                {t(`action.${action}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <Fragment key={row.key}>
              <tr>
                <th scope="row">
                  <button
                    type="button"
                    ref={keys.hold({ row: rowIndex, column: 0 })}
                    tabIndex={keys.tabIndex({ row: rowIndex, column: 0 })}
                    className={classes.object}
                    aria-expanded={unfolded.has(row.key)}
                    onClick={() => toggle(row.key)}
                    onFocus={() => keys.arrive({ row: rowIndex, column: 0 })}
                    onKeyDown={onKeyDown({ row: rowIndex, column: 0 })}
                  >
                    <IconChevronRight size={14} className={classes.chevron} aria-hidden />
                    <ObjectIcon name={row.icon} size={16} />
                    <span className={classes.objectName}>{row.label}</span>
                    {row.note && <span className={classes.note}>{row.note}</span>}
                  </button>
                </th>
                {actions.map((action, index) => {
                  const place = { row: rowIndex, column: index + 1 }
                  return (
                    <td key={action}>
                      <ScopeCell
                        cell={row.cells[action]}
                        label={`${row.label}, ${t(`action.${action}`)}`}
                        buttonRef={keys.hold(place)}
                        tabIndex={keys.tabIndex(place)}
                        onClick={() => open(place)}
                        onFocus={() => keys.arrive(place)}
                        onKeyDown={onKeyDown(place)}
                      />
                    </td>
                  )
                })}
              </tr>
              {unfolded.has(row.key) && (
                <tr>
                  <td colSpan={columns} className={classes.details}>
                    {details(row.key)}
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
      {shown && shownAction && (
        <Popover
          key={`${shown.key} ${shownAction}`}
          opened
          onDismiss={close}
          position="bottom-start"
          trapFocus
          returnFocus={false}
          withRoles={false}
          width={260}
        >
          <Popover.Target>
            <span ref={(span) => placeOver(span, anchor.current)} className={classes.anchor} />
          </Popover.Target>
          <Popover.Dropdown p={6} role="dialog" aria-label={`${shown.label}, ${t(`action.${shownAction}`)}`}>
            {menu(shown.key, shownAction, close)}
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  )
}

/** One floating box for all cells: it hangs on a span that lies exactly over the cell. */
function placeOver(span: HTMLElement | null, cell: HTMLElement | null): void {
  const frame = span?.offsetParent
  if (!span || !cell || !frame) return
  const [inner, outer] = [cell.getBoundingClientRect(), frame.getBoundingClientRect()]
  span.style.left = `${inner.left - outer.left + frame.scrollLeft}px`
  span.style.top = `${inner.top - outer.top + frame.scrollTop}px`
  span.style.width = `${inner.width}px`
  span.style.height = `${inner.height}px`
}
