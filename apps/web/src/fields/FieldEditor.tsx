import type { FieldMeta } from '@oneforge/client'
import { type FocusEvent, type KeyboardEvent, useRef } from 'react'
import { onDemand } from '../ui/onDemand.tsx'
import type { EditorProps } from './editors/editorProps.ts'
import { isEditedType } from './editors/shownTypes.ts'
import { unreadInput } from './editors/unread.ts'
import { FieldValue } from './FieldValue.tsx'
import { useFormatContext } from './FormatProvider.tsx'
import { problemText } from './problemText.ts'

/** All inputs together weigh more than a list or a record that is only read. */
const TypeEditor = onDemand(async () => (await import('./editors/TypeEditor.tsx')).TypeEditor)

export interface FieldEditorProps {
  field: FieldMeta
  value: unknown
  /** Every change on the way. Linked records keep their titles; `requestValue` makes ids of them. */
  onChange: (value: unknown) => void
  /** The person is done (Enter, a choice made, focus gone); gets the final value. Cells only. */
  onCommit?: (value: unknown) => void
  /** The person changed their mind (Escape). Cells only. */
  onCancel?: () => void
  autoFocus?: boolean
  /** `form` shows label, help and required mark; `cell` stands where the value stood and is named by its label. */
  variant: 'cell' | 'form'
  error?: string | undefined
}

/** The input for one field, whatever its type. Computed and read-only fields are shown, not edited. */
export function FieldEditor(props: FieldEditorProps) {
  const { field, value, variant, autoFocus = false } = props
  const { locale } = useFormatContext()
  const error = props.error && problemText(props.error, locale)
  const commit = useCommit(props)
  if (!isEditedType(field.type)) return <FieldValue field={field} value={value} />
  const editor: EditorProps = { field, value, variant, error, autoFocus, onChange: commit.change, onDone: commit.done }
  if (variant === 'form') return <TypeEditor {...editor} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what its input sends upwards
    <div
      ref={commit.box}
      onKeyDown={commit.onKeyDown}
      onBlur={commit.onBlur}
      onFocus={commit.onFocus}
      style={{ minWidth: 0, flex: 1 }}
    >
      <TypeEditor {...editor} />
    </div>
  )
}

/** Whether the field can be edited here: the caller may write it and its type has an input. */
export function isEditable(field: FieldMeta): boolean {
  return field.access === 'write' && isEditedType(field.type)
}

/**
 * When an edit in place ends. Enter or leaving saves, Escape undoes, once: what comes after (the blur of an input that
 * is being removed) is ignored until the person acts again. A text that cannot be read stays until it is another.
 */
function useCommit({ field, value, onChange, onCommit, onCancel }: FieldEditorProps) {
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef(value)
  const ended = useRef(false)
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined)

  function change(next: unknown): void {
    latest.current = next
    ended.current = false
    onChange(next)
  }

  function end(finish: () => void): void {
    clearTimeout(leaving.current)
    if (ended.current) return
    ended.current = true
    finish()
  }

  function done(next: unknown = latest.current): void {
    latest.current = next
    end(() => onCommit?.(next))
  }

  function leave(): void {
    if (!unreadInput(box.current)) done()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation()
      end(() => onCancel?.())
      return
    }
    ended.current = false
    const taken = event.shiftKey || event.defaultPrevented || keepsEnter(event)
    if (event.key !== 'Enter' || taken) return
    event.preventDefault()
    event.stopPropagation()
    leave()
  }

  /** Dropdowns live elsewhere in the document but inside this component: focus that comes back from them cancels. */
  function onBlur(event: FocusEvent): void {
    if (event.currentTarget.contains(event.relatedTarget)) return
    leaving.current = setTimeout(leave)
  }

  return { box, change, done, onKeyDown, onBlur, onFocus: () => clearTimeout(leaving.current) }

  /** Enter starts a paragraph in formatted text, whose editor saves with Ctrl+Enter itself, and presses buttons. */
  function keepsEnter(event: KeyboardEvent): boolean {
    return field.type === 'richtext' || (event.target as HTMLElement).tagName === 'BUTTON'
  }
}
