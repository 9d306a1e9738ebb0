import type { FieldMeta, RecordData } from '@oneforge/client'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { FieldEditor } from '../../fields/FieldEditor.tsx'
import type { GridActions } from './useGridState.ts'

interface CellEditorProps {
  field: FieldMeta
  record: RecordData
  actions: GridActions
}

/**
 * A cell being edited. What it holds is marked, so that the key that began the edit, and those after it, replace it.
 * Enter saves and goes down, Tab saves and goes on to the next cell, leaving saves, Escape does not.
 */
export function CellEditor({ field, record, actions }: CellEditorProps) {
  const [value, setValue] = useState(record[field.key])
  const around = useRef<HTMLDivElement>(null)
  const byEnter = useRef(false)

  useLayoutEffect(() => {
    const input = around.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
    if (input && input === document.activeElement) input.select()
  }, [])

  function onKeyDownCapture(event: KeyboardEvent): void {
    byEnter.current = event.key === 'Enter' && !event.shiftKey
    if (event.key !== 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    actions.commit(record, field, value, event.shiftKey ? 'previous' : 'next')
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what its input sends upwards
    // biome-ignore lint/a11y/useKeyWithClickEvents: clicks inside the editor are not clicks on the cell
    <div
      ref={around}
      style={{ display: 'flex', flex: 1, minWidth: 0 }}
      onKeyDownCapture={onKeyDownCapture}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <FieldEditor
        field={field}
        value={value}
        onChange={setValue}
        onCommit={(final) => actions.commit(record, field, final, byEnter.current ? 'down' : undefined)}
        onCancel={actions.cancel}
        autoFocus
        variant="cell"
      />
    </div>
  )
}
