/** What is done to several cells at once: emptied, filled, copied, cut, pasted, and taken back. */
import type { FieldMeta, RecordData } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import type { ClipboardEvent, KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/workspace.ts'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { showError, showToast } from '../../ui/toast.tsx'
import type { CellEdit } from './cellWrites.ts'
import { cellText } from './clipboard/cellText.ts'
import { copiedOf, ownCopy } from './clipboard/copied.ts'
import { findNamed } from './clipboard/linkTitles.ts'
import { beyondTable, namesIn, type Pasted, pasteTargets, sorted, type Unfit } from './clipboard/pasted.ts'
import { readTabbed, readTable, writeTabbed, writeTable } from './clipboard/tableText.ts'
import { useNewRows } from './clipboard/useNewRows.tsx'
import { columnsIn, drawnOut, rowsIn, sourceOf } from './range.ts'
import { type Grid, mayEdit } from './useGridState.ts'

export interface CellCommands {
  clear: () => void
  /** Repeats the range in the rows it is drawn out to. */
  fill: (toRow: number) => void
  onKeyDown: (event: KeyboardEvent) => void
  onCopy: (event: ClipboardEvent) => void
  onCut: (event: ClipboardEvent) => void
  onPaste: (event: ClipboardEvent) => void
}

const commandKeys = ['a', 'd', 'y', 'z']

/** Keys that go with Ctrl or Cmd. */
export function isCommand({ ctrlKey, metaKey, altKey, key }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && !altKey && commandKeys.includes(key.toLowerCase())
}

export function useCellCommands(grid: Grid): CellCommands {
  const { t } = useTranslation('list')
  const context = useFormatContext()
  const cache = useQueryClient()
  const { id: workspace } = useWorkspace()
  const { range, rows, columns, cells } = grid
  const offerNew = useNewRows(grid)

  const chosenRecords = (): RecordData[] => (range ? rowsIn(range).flatMap((row) => rows[row] ?? []) : [])
  const chosenFields = (): FieldMeta[] => (range ? columnsIn(range).flatMap((at) => columns[at]?.field ?? []) : [])

  function clear(): void {
    const fields = chosenFields().filter((field) => mayEdit(grid, field))
    cells.write(chosenRecords().flatMap((record) => fields.map((field) => ({ record, field, value: null }))))
  }

  /** The values of one row in another, as far as they may be written there. */
  function repeated(from: number, to: number): CellEdit[] {
    const [source, record] = [rows[from], rows[to]]
    if (!source || !record) return []
    const fields = chosenFields().filter((field) => mayEdit(grid, field))
    return fields.map((field) => ({ record, field, value: source[field.key] }))
  }

  function fill(toRow: number): void {
    if (!range) return
    cells.write(drawnOut(range, toRow).flatMap((row) => repeated(sourceOf(range, row), row)))
    grid.extendTo({ row: toRow, column: range.right })
  }

  /** From the first row of the range, or from the row above where there is but one. */
  function fillDown(): void {
    if (!range) return
    const isOne = range.top === range.bottom
    const from = isOne ? range.top - 1 : range.top
    cells.write(rowsIn(range).flatMap((row) => (row === from ? [] : repeated(from, row))))
  }

  function chooseAll(): void {
    grid.moveTo({ row: 0, column: 0 })
    requestAnimationFrame(() => grid.extendTo({ row: rows.length - 1, column: columns.length - 1 }))
  }

  function onKeyDown(event: KeyboardEvent): void {
    const key = event.key.toLowerCase()
    const isBack = key === 'z' && !event.shiftKey
    event.preventDefault()
    if (key === 'd') fillDown()
    else if (key === 'a') chooseAll()
    else if (isBack) cells.undo()
    else cells.redo()
  }

  /** Text that somebody has marked, or is editing, is copied by the browser. */
  const isTaken = ({ target }: ClipboardEvent): boolean =>
    !range ||
    grid.editing !== undefined ||
    (target instanceof HTMLElement && target.closest('input, textarea') !== null)

  function copy(event: ClipboardEvent): boolean {
    if (isTaken(event)) return false
    const [records, fields] = [chosenRecords(), chosenFields()]
    const texts = records.map((record) => fields.map((field) => cellText(field, record[field.key], context)))
    event.clipboardData.setData('text/plain', writeTabbed(texts))
    event.clipboardData.setData('text/html', writeTable(texts, copiedOf(workspace, fields, records)))
    event.preventDefault()
    return true
  }

  function onCopy(event: ClipboardEvent): void {
    if (copy(event))
      showToast({ message: t('cells.copied', { count: chosenRecords().length * chosenFields().length }) })
  }

  function onCut(event: ClipboardEvent): void {
    if (copy(event)) clear()
  }

  function onPaste(event: ClipboardEvent): void {
    if (isTaken(event)) return
    event.preventDefault()
    const table = readTable(event.clipboardData.getData('text/html'))
    const text = event.clipboardData.getData('text/plain')
    const copied = ownCopy(table?.own, workspace)
    const lines = table && (copied || table.rows.length > 0) ? table.rows : readTabbed(text)
    paste({ rows: lines, copied }).catch(showError)
  }

  async function paste(pasted: Pasted): Promise<void> {
    if (!range) return
    const fields = columns.map(({ field }) => field)
    const into = { rows, fields, range, mayEdit: (field: FieldMeta) => mayEdit(grid, field) }
    const targets = pasteTargets(pasted, into, context)
    const { edits, unfit } = sorted(targets, await findNamed(cache, namesIn(targets)))
    cells.write(edits, unfit.map(unread))
    if (pasted.rows.length > 1 || (pasted.rows[0]?.length ?? 0) > 1) showPasted(pasted)
    const rest = beyondTable(pasted, into)
    if (rest) offerNew(rest)
  }

  function unread({ target, expected }: Unfit) {
    const reason = t(`cells.expected.${expected}`, { text: target.text })
    return { id: target.record.id, field: target.field.key, reason }
  }

  /** The range is what has been pasted. */
  function showPasted({ rows: lines }: Pasted): void {
    if (!range) return
    const width = Math.max(...lines.map((line) => line.length))
    const bottom = Math.max(range.bottom, range.top + lines.length - 1)
    const right = Math.max(range.right, range.left + width - 1)
    grid.extendTo({ row: Math.min(bottom, rows.length - 1), column: Math.min(right, columns.length - 1) })
  }

  return { clear, fill, onKeyDown, onCopy, onCut, onPaste }
}
