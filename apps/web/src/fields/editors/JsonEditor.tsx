import { JsonInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type EditorProps, inputProps } from './editorProps.ts'
import { useUnread } from './unread.ts'

/** Keeps the text as typed and passes on what can be read as JSON. */
export function JsonEditor(props: EditorProps) {
  const { t } = useTranslation('fields')
  const [text, setText] = useState(() =>
    props.value === null || props.value === undefined ? '' : JSON.stringify(props.value, null, 2),
  )
  const change = (next: string) => {
    setText(next)
    if (next.trim() === '') return props.onChange(null)
    const parsed = readJson(next)
    if (parsed.ok) props.onChange(parsed.value)
  }
  const unread = text.trim() !== '' && !readJson(text).ok ? t('json.unread') : undefined
  const input = useUnread<HTMLTextAreaElement>(unread)
  return (
    <JsonInput
      {...inputProps(props)}
      ref={input}
      autosize
      minRows={2}
      maxRows={16}
      value={text}
      error={props.error ?? unread}
      onChange={change}
    />
  )
}

function readJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false }
  }
}
