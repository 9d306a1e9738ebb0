import { type RefObject, useEffect, useRef, useState } from 'react'
import { useUnread } from './unread.ts'

interface TypedTextOptions<Value> {
  value: Value | null
  /** The value as a text that can be typed again. */
  write: (value: Value) => string
  /** What a text stands for; null where it stands for nothing. */
  read: (text: string) => Value | null
  onChange: (value: Value | null) => void
}

interface TypedText {
  input: RefObject<HTMLInputElement | null>
  text: string
  /** They have gone on from a text that stands for nothing, and should be told; while they type they are left in peace. */
  isTold: boolean
  type: (text: string) => void
  /** Enter, or the focus gone: what was read is written out, what was not stays there. */
  leave: () => void
}

/** Text that is read as one types. What cannot be read stays in the input, and keeps the form from being saved past it. */
export function useTypedText<Value>({ value, write, read, onChange }: TypedTextOptions<Value>): TypedText {
  const shown = value === null ? '' : write(value)
  const [text, setText] = useState(shown)
  const [isTold, setTold] = useState(false)
  /** What the text stands for: another value was chosen, or has come from elsewhere, and is written out. */
  const meant = useRef(shown)
  const isUnread = text.trim() !== '' && read(text) === null
  const input = useUnread<HTMLInputElement>(isUnread ? text : undefined)

  useEffect(() => {
    if (meant.current === shown) return
    meant.current = shown
    setText(shown)
  }, [shown])

  return {
    input,
    text,
    isTold: isTold && isUnread,
    type: (next) => {
      setText(next)
      setTold(false)
      const found = read(next)
      if (found === null && next.trim() !== '') return
      meant.current = found === null ? '' : write(found)
      onChange(found)
    },
    leave: () => {
      setTold(isUnread)
      if (!isUnread) setText(shown)
    },
  }
}
