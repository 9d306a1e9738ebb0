import { Textarea, TextInput, type TextInputProps } from '@mantine/core'
import type { FieldType } from '@oneforge/client'
import { useRef } from 'react'
import { MentionTextarea } from '../../notifications/MentionTextarea.tsx'
import { type Person, peopleNamed, shownText, storedText } from '../../notifications/mentionText.ts'
import { useMentionPlace, usePeople } from '../mentions.tsx'
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

/**
 * Grows with its text; in a cell Enter saves and Shift+Enter starts a new line. On a record that is there, @ mentions who
 * may see it.
 */
export function LongTextEditor(props: EditorProps) {
  const place = useMentionPlace()
  const people = usePeople()
  // Whoever is picked stands in the text that is told of in the same moment.
  const picked = useRef<Person[]>([])
  const stored = String(props.value ?? '')
  const change = (text: string) =>
    props.onChange(orNull(storedText(text, [...picked.current, ...peopleNamed(stored, people)])))
  const area = {
    ...inputProps(props),
    autosize: true,
    minRows: props.variant === 'form' ? 3 : 2,
    maxRows: 12,
    value: shownText(stored, people),
    maxLength: props.field.rules?.maxLength,
  }
  if (!place) return <Textarea {...area} onChange={(event) => change(event.currentTarget.value)} />
  const pick = (person: Person) => picked.current.push(person)
  return <MentionTextarea {...area} {...place} onChange={change} onPick={pick} />
}
