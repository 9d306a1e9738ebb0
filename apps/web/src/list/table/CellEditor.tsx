import type { FieldMeta, RecordData } from '@oneforge/client'
import { type KeyboardEvent, useState } from 'react'
import { FieldEditor } from '../../fields/FieldEditor.tsx'
import type { TableActions } from './useTableKeys.ts'

interface CellEditorProps {
  field: FieldMeta
  record: RecordData
  /** The character that began the edit replaces the value, as in a spreadsheet. */
  typed: string | undefined
  actions: TableActions
}

const typable = new Set<FieldMeta['type']>(['text', 'longtext', 'email', 'phone', 'url'])
const typableNumbers = new Set<FieldMeta['type']>(['number', 'integer', 'percent'])

/** A cell being edited. Enter and leaving save, Escape does not, Tab saves and goes on to the next cell. */
export function CellEditor({ field, record, typed, actions }: CellEditorProps) {
  const [value, setValue] = useState(() => startingValue(field, record[field.key], typed))

  function onKeyDownCapture(event: KeyboardEvent): void {
    if (event.key !== 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    actions.commit(record, field, value, event.shiftKey ? -1 : 1)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what its input sends upwards
    // biome-ignore lint/a11y/useKeyWithClickEvents: clicks inside the editor are not clicks on the cell
    <div
      style={{ display: 'flex', flex: 1, minWidth: 0 }}
      onKeyDownCapture={onKeyDownCapture}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <FieldEditor
        field={field}
        value={value}
        onChange={setValue}
        onCommit={(final) => actions.commit(record, field, final)}
        onCancel={actions.cancel}
        autoFocus
        variant="cell"
      />
    </div>
  )
}

function startingValue(field: FieldMeta, value: unknown, typed: string | undefined): unknown {
  if (typed === undefined) return value
  if (typable.has(field.type)) return typed
  return typableNumbers.has(field.type) && /\d/.test(typed) ? Number(typed) : value
}
