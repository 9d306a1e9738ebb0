import { Input } from '@mantine/core'
import { ChecklistItems } from '../checklist/ChecklistItems.tsx'
import { changed, itemsOf } from '../checklist/checklistItems.ts'
import { type EditorProps, inputProps } from './editorProps.ts'

/** A checklist in a form or a cell: saved as a whole with what else is there. */
export function ChecklistEditor(props: EditorProps) {
  const { field, value, onChange } = props
  const { autoFocus, 'data-autofocus': _mark, size: _size, ...wrapper } = inputProps(props)
  const items = itemsOf(value)
  return (
    <Input.Wrapper {...wrapper} labelElement="div" miw={props.variant === 'cell' ? 220 : 0} style={{ flex: 1 }}>
      <ChecklistItems
        items={items}
        label={field.label}
        autoFocus={autoFocus}
        onChange={(change) => onChange(changed(items, change))}
      />
    </Input.Wrapper>
  )
}
