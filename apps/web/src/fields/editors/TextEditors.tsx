import { Textarea, TextInput, type TextInputProps } from '@mantine/core'
import type { FieldType } from '@oneforge/client'
import { type EditorProps, inputProps, orNull } from './editorProps.ts'

/** Telephones show the right keys for each kind of text. */
const keyboards: Partial<Record<FieldType, Pick<TextInputProps, 'type' | 'inputMode'>>> = {
  email: { type: 'email', inputMode: 'email' },
  phone: { type: 'tel', inputMode: 'tel' },
  url: { type: 'text', inputMode: 'url' },
}

export function TextEditor(props: EditorProps) {
  return (
    <TextInput
      {...inputProps(props)}
      {...keyboards[props.field.type]}
      value={String(props.value ?? '')}
      maxLength={props.field.rules?.maxLength}
      onChange={(event) => props.onChange(orNull(event.currentTarget.value))}
    />
  )
}

/** Grows with its text; in a cell Enter saves and Shift+Enter starts a new line. */
export function LongTextEditor(props: EditorProps) {
  return (
    <Textarea
      {...inputProps(props)}
      autosize
      minRows={props.variant === 'form' ? 3 : 2}
      maxRows={12}
      value={String(props.value ?? '')}
      maxLength={props.field.rules?.maxLength}
      onChange={(event) => props.onChange(orNull(event.currentTarget.value))}
    />
  )
}
