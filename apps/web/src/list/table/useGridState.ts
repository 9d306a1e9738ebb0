/** Which cell is active, which lie in the range, and which one is being edited; and the ways to change that. */
import type { FieldMeta, RecordData } from '@oneforge/client'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { isEditable } from '../../fields/FieldEditor.tsx'
import { type Peek, usePeek } from '../../record/peek.ts'
import { takeRecordLeft } from '../../record/recordLeft.ts'
import { isSelectable } from '../listFields.ts'
import { beside, type CellRange, moved, type Position, rangeOf } from './range.ts'
import type { GridProps } from './tableProps.ts'

/** Where to go once an edit has ended: to the cell below, beside, or nowhere. */
export type Onward = 'down' | 'next' | 'previous' | undefined

/** What rows may ask for. The same functions for the life of the table. */
export interface GridActions {
  click: (at: Position, isRange: boolean) => void
  select: (row: number, isRange: boolean) => void
  /** Looks at the record beside the list. */
  peek: (row: number) => void
  edit: (at: Position) => void
  /** Saves and leaves the cell. */
  commit: (record: RecordData, field: FieldMeta, value: unknown, onward: Onward) => void
  cancel: () => void
}

export interface Grid extends GridInput {
  active: Position | undefined
  editing: Position | undefined
  /** The cells chosen, the active one among them; undefined while a row as a whole is active. */
  range: CellRange | undefined
  /** How far the range is being drawn out. */
  fillTo: number | undefined
  /** Whether the focus is in the table, or was when what had it went. */
  holdsFocus: RefObject<boolean>
  setFillTo: (row: number | undefined) => void
  peek: Peek
  moveTo: (at: Position) => void
  step: (step: Partial<Position>) => void
  /** Moves the far corner of the range; the active cell stays. */
  extendTo: (at: Position) => void
  extend: (step: Partial<Position>) => void
  collapse: () => void
  editActive: () => void
  /** To the cell after or before; false where there is none, so that the key goes on out of the table. */
  tab: (step: 1 | -1) => boolean
  actions: GridActions
}

export interface GridInput extends GridProps {
  scroller: RefObject<HTMLDivElement | null>
  scrollToRow: (row: number) => void
}

/** The id of a cell, or of its row. */
export function cellId({ row, column }: Position): string {
  return `cell-${row}-${column}`
}

/** The cell, the row or the heading that an element stands for. */
export function placeOf({ id }: Element): Position | undefined {
  const [, row, column] = /^cell-(\d+)-(-?\d+)$/.exec(id) ?? []
  return row === undefined ? undefined : { row: Number(row), column: Number(column) }
}

export function mayEdit({ object }: Pick<GridProps, 'object'>, field: FieldMeta | undefined): field is FieldMeta {
  return field !== undefined && isEditable(field) && Boolean(object.permissions.update)
}

export function useGridState(input: GridInput): Grid {
  const [active, setActive] = useState<Position>()
  const [far, setFar] = useState<Position>()
  const [editing, setEditing] = useState<Position>()
  const [fillTo, setFillTo] = useState<number>()
  const peek = usePeek()
  const range = useMemo(
    () => (active && active.column >= 0 ? rangeOf(active, far ?? active) : undefined),
    [active, far],
  )
  const state = { ...input, active, far, editing, peek }
  const latest = useRef(state)
  latest.current = state
  /** Set while the focus is to follow: what is drawn later, or elsewhere, must not take it. */
  const wanted = useRef<Position>(undefined)
  const selectedLast = useRef(0)

  // Lines come and go above what has the focus: it stays there. Where its own line went, the one in its place gets it.
  const holdsFocus = useRef(false)
  useLayoutEffect(() => {
    const { active, editing, scroller } = latest.current
    const focused = document.activeElement
    if (!input.rows || !active || editing) return
    const at = focused && scroller.current?.contains(focused) ? placeOf(focused) : undefined
    if (at && at.row !== active.row) {
      setActive(at)
      setFar(undefined)
    } else if (holdsFocus.current && focused === document.body) wanted.current = active
  }, [input.rows])

  useLayoutEffect(() => {
    if (!wanted.current || editing) return
    const element = document.getElementById(cellId(wanted.current))
    if (!element) return
    if (wanted.current.column >= 0) element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    if (!far) element.focus({ preventScroll: true })
    wanted.current = undefined
  })

  const moves = useMemo(() => {
    const now = () => latest.current
    const size = () => ({ rows: now().rows.length, columns: now().columns.length })

    function show(at: Position): void {
      wanted.current = at
      now().scrollToRow(at.row)
    }

    function moveTo(at: Position): void {
      if (!now().rows.length) return
      const next = moved(at, {}, size())
      setActive(next)
      setFar(undefined)
      const { peek } = now()
      const record = now().rows[next.row]
      if (peek.id && record && record.id !== peek.id) peek.show(record.id)
      show(next)
    }

    function step(by: Partial<Position>): void {
      const { active: at } = now()
      moveTo(at ? moved(at, by, size()) : { row: 0, column: -1 })
    }

    function extendTo(at: Position): void {
      const { active: from, far: corner } = now()
      if (!from || from.column < 0) return
      const next = { row: Math.min(Math.max(at.row, 0), size().rows - 1), column: Math.max(at.column, 0) }
      const isSame = next.row === (corner ?? from).row && next.column === (corner ?? from).column
      if (isSame) return
      setFar(next)
      show(next)
    }

    function extend(by: Partial<Position>): void {
      const { active: from, far: corner } = now()
      if (from && from.column >= 0) extendTo(moved(corner ?? from, by, size()))
    }

    function collapse(): void {
      const { active: at } = now()
      setFar(undefined)
      if (at) show(at)
    }

    function edit(at: Position): void {
      if (!now().rows[at.row]) return
      setActive(at)
      setFar(undefined)
      if (mayEdit(now(), now().columns[at.column]?.field)) setEditing(at)
    }

    /** The first editable column stands for the row when `e` is pressed on it. */
    function editActive(): void {
      const { active: at, columns } = now()
      if (!at) return
      edit(at.column >= 0 ? at : { row: at.row, column: columns.findIndex(({ field }) => mayEdit(now(), field)) })
    }

    function tab(by: 1 | -1): boolean {
      const { active: at } = now()
      const next = at && at.column >= 0 && beside(at, by, size())
      if (next) moveTo(next)
      return Boolean(next)
    }

    /** Whoever has clicked elsewhere meanwhile stays there. */
    function leaveEditor(at: Position): void {
      setEditing(undefined)
      const { scroller, active } = now()
      const isHere = document.activeElement === document.body || scroller.current?.contains(document.activeElement)
      if (isHere && active?.row === at.row && active.column === at.column) wanted.current = at
    }

    function select(row: number, isRange: boolean): void {
      const { object, rows, selection } = now()
      const record = rows[row]
      if (!record || !isSelectable(object)) return
      const from = Math.min(selectedLast.current, row)
      const to = Math.max(selectedLast.current, row)
      if (isRange) selection.add(rows.slice(from, to + 1).filter((one) => one !== undefined))
      else selection.toggle(record)
      selectedLast.current = row
    }

    const actions: GridActions = {
      click: (at, isRange) => {
        const { active: from, far: corner, editing: edited } = now()
        if (edited?.row === at.row && edited.column === at.column) return
        if (isRange) extendTo(at)
        else if (from?.row === at.row && from.column === at.column && !corner) edit(at)
        else moveTo(at)
      },
      select,
      peek: (row) => {
        const { rows, peek } = now()
        const record = rows[row]
        if (!record) return
        setActive({ row, column: -1 })
        setFar(undefined)
        show({ row, column: -1 })
        if (peek.id === record.id) peek.close()
        else peek.show(record.id)
      },
      edit,
      commit: (record, field, value, onward) => {
        const { editing: at, cells } = now()
        if (!at || now().columns[at.column]?.field.key !== field.key) return
        cells.write([{ record, field, value }])
        leaveEditor(at)
        if (onward === 'down') moveTo(moved(at, { row: 1 }, size()))
        else if (onward) moveTo(beside(at, onward === 'next' ? 1 : -1, size()) ?? at)
      },
      cancel: () => {
        const { editing: at } = now()
        if (at) leaveEditor(at)
      },
    }
    return { moveTo, step, extendTo, extend, collapse, editActive, tab, actions }
  }, [])

  usePeekedRow(input, peek.id, setActive)
  useRowLeft(input, moves.moveTo)
  return { ...input, ...moves, active, editing, range, holdsFocus, fillTo, setFillTo, peek }
}

/** Who comes back from a record goes on from its row, unless they have begun something else. */
function useRowLeft({ object, rows }: GridInput, moveTo: (at: Position) => void): void {
  useEffect(() => {
    if (rows.length === 0) return
    const id = takeRecordLeft(object.slug)
    const row = id ? rows.findIndex((record) => record?.id === id) : -1
    const focused = document.activeElement
    if (row >= 0 && (focused === document.body || focused?.id === 'page')) moveTo({ row, column: -1 })
  }, [object.slug, rows, moveTo])
}

/** What is peeked at is the active row, however one came to it: by its buttons, or by the address. */
function usePeekedRow(
  { rows, scrollToRow }: GridInput,
  peeked: string | undefined,
  setActive: (change: (at: Position | undefined) => Position) => void,
): void {
  const row = peeked ? rows.findIndex((record) => record?.id === peeked) : -1
  const scroll = useRef(scrollToRow)
  scroll.current = scrollToRow
  useEffect(() => {
    if (row < 0) return
    setActive((at) => (at?.row === row ? at : { row, column: -1 }))
    scroll.current(row)
  }, [row, setActive])
}
