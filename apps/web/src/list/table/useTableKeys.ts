import type { FieldMeta, RecordData } from '@oneforge/client'
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { isEditable } from '../../fields/FieldEditor.tsx'
import { usePeek } from '../../record/peek.ts'
import { useShortcuts } from '../../ui/useShortcuts.ts'
import { isSelectable } from '../useSelection.ts'
import type { RecordTableProps } from './tableProps.ts'

/** `column` -1 is the row as a whole: letters are shortcuts then; on a cell they begin to type into it. */
export interface Position {
  row: number
  column: number
}

export interface Editing extends Position {
  typed?: string
}

/** What rows may ask for. The same functions for the life of the table. */
export interface TableActions {
  click: (row: number, column: number) => void
  select: (row: number, isRange: boolean) => void
  /** Looks at the record beside the list. */
  peek: (row: number) => void
  edit: (at: Editing) => void
  /** Saves and leaves the cell; `move` goes on to the cell before or after. */
  commit: (record: RecordData, field: FieldMeta, value: unknown, move?: -1 | 1) => void
  cancel: () => void
}

interface TableKeysInput extends RecordTableProps {
  scroller: RefObject<HTMLElement | null>
  scrollToRow: (row: number) => void
}

export function cellId({ row, column }: Position): string {
  return `cell-${row}-${column}`
}

/**
 * Moving and editing by keyboard. On a row (j, k): Enter or o opens, space peeks, x selects, e edits. On a cell (arrows, a click):
 * Enter, F2 or simply typing edits, Escape goes back to the row.
 */
export function useTableKeys(input: TableKeysInput) {
  const [active, setActive] = useState<Position>()
  const [editing, setEditing] = useState<Editing>()
  const selectedLast = useRef(0)
  const peek = usePeek()
  const latest = useRef({ ...input, active, editing, peek })
  latest.current = { ...input, active, editing, peek }

  const moves = useMemo(() => {
    const now = () => latest.current

    function moveTo({ row, column }: Position): void {
      const { rows, columns, scrollToRow, scroller, peek } = now()
      if (!rows.length) return
      const next = {
        row: Math.min(Math.max(row, 0), rows.length - 1),
        column: Math.min(Math.max(column, -1), columns.length - 1),
      }
      setActive(next)
      const record = rows[next.row]
      if (peek.id && record && record.id !== peek.id) peek.show(record.id)
      scrollToRow(next.row)
      scroller.current?.focus({ preventScroll: true })
      requestAnimationFrame(() => {
        document
          .getElementById(cellId(next))
          ?.scrollIntoView({ block: 'nearest', inline: next.column < 0 ? undefined : 'nearest' })
      })
    }

    function edit(at: Editing): void {
      const field = now().columns[at.column]?.field
      if (!field || !now().rows[at.row]) return
      setActive({ row: at.row, column: at.column })
      if (isEditable(field) && now().object.permissions.update) setEditing(at)
    }

    /** The first editable column stands for the row when `e` is pressed on it. */
    function editActive(typed?: string): void {
      const { active: at, columns } = now()
      if (!at) return
      const column = at.column >= 0 ? at.column : columns.findIndex(({ field }) => isEditable(field))
      edit(typed === undefined ? { row: at.row, column } : { row: at.row, column, typed })
    }

    function leaveEditor(): void {
      setEditing(undefined)
      now().scroller.current?.focus({ preventScroll: true })
    }

    function select(row: number, isRange: boolean): void {
      const { object, rows, selection } = now()
      const record = rows[row]
      if (!record || !isSelectable(object)) return
      const from = Math.min(selectedLast.current, row)
      const to = Math.max(selectedLast.current, row)
      if (isRange) selection.add(rows.slice(from, to + 1))
      else selection.toggle(record)
      selectedLast.current = row
    }

    const actions: TableActions = {
      click: (row, column) => {
        const { active: at, editing: edited } = now()
        if (edited?.row === row && edited.column === column) return
        if (at?.row === row && at.column === column) edit({ row, column })
        else moveTo({ row, column })
      },
      select,
      peek: (row) => {
        const { rows, peek, scroller } = now()
        const record = rows[row]
        if (!record) return
        setActive({ row, column: -1 })
        scroller.current?.focus({ preventScroll: true })
        if (peek.id === record.id) peek.close()
        else peek.show(record.id)
      },
      edit,
      commit: (record, field, value, move) => {
        const { editing: edited, onChange } = now()
        if (!edited || now().columns[edited.column]?.field.key !== field.key) return
        if (JSON.stringify(value ?? null) !== JSON.stringify(record[field.key] ?? null)) {
          onChange(record, { [field.key]: value ?? null })
        }
        leaveEditor()
        if (move) moveTo({ row: edited.row, column: edited.column + move })
      },
      cancel: leaveEditor,
    }
    return { moveTo, editActive, actions }
  }, [])

  const { moveTo, editActive, actions } = moves
  usePeekedRow(input, peek.id, setActive)
  const openActive = () => {
    const record = active && input.rows[active.row]
    if (record) input.onOpen(record)
  }
  const step = (rows: number) => moveTo({ row: active ? active.row + rows : 0, column: active?.column ?? -1 })

  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    o: openActive,
    Enter: openActive,
    x: () => active && actions.select(active.row, false),
    e: () => editActive(),
  })

  /** From the cell to its row, from there out of what is peeked at, and then out of the selection. */
  function leave(at: Position): void {
    if (at.column >= 0) moveTo({ ...at, column: -1 })
    else if (peek.id) peek.close()
    else input.selection.clear()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (editing || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const at = active ?? { row: 0, column: -1 }
    const screenful = Math.floor((input.scroller.current?.clientHeight ?? 400) / 40)
    const byKey: Record<string, () => void> = {
      ArrowDown: () => moveTo(active ? { ...at, row: at.row + 1 } : at),
      ArrowUp: () => moveTo({ ...at, row: at.row - 1 }),
      ArrowRight: () => moveTo({ ...at, column: at.column + 1 }),
      ArrowLeft: () => moveTo({ ...at, column: at.column - 1 }),
      PageDown: () => moveTo({ ...at, row: at.row + screenful }),
      PageUp: () => moveTo({ ...at, row: at.row - screenful }),
      Home: () => moveTo({ ...at, row: 0 }),
      End: () => moveTo({ ...at, row: input.rows.length - 1 }),
      Escape: () => leave(at),
      F2: () => editActive(),
    }
    if (at.column >= 0) {
      byKey.Enter = () => (at.column === 0 ? openActive() : editActive())
      if (event.key.length === 1 && event.key !== ' ') byKey[event.key] = () => editActive(event.key)
    }
    byKey[' '] = () =>
      at.column < 0 && !event.shiftKey ? actions.peek(at.row) : actions.select(at.row, event.shiftKey)
    const action = byKey[event.key]
    if (!action) return
    event.preventDefault()
    action()
  }

  return { active, editing, actions, onKeyDown }
}

/** What is peeked at is the active row, however one came to it: by its buttons, or by the address. */
function usePeekedRow(
  { rows, scrollToRow }: TableKeysInput,
  peeked: string | undefined,
  setActive: (at: Position) => void,
): void {
  const row = peeked ? rows.findIndex(({ id }) => id === peeked) : -1
  const scroll = useRef(scrollToRow)
  scroll.current = scrollToRow
  useEffect(() => {
    if (row < 0) return
    setActive({ row, column: -1 })
    scroll.current(row)
  }, [row, setActive])
}
