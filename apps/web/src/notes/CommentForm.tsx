import { Button, Group } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MentionTextarea } from '../notifications/MentionTextarea.tsx'
import { type Person, shownText, storedText } from '../notifications/mentionText.ts'
import { showError } from '../ui/toast.tsx'
import type { Thread } from './noteQueries.ts'

interface CommentFormProps {
  thread: Thread
  label: string
  /** What the button says. */
  save: string
  onSave: (body: string) => Promise<unknown>
  onCancel?: () => void
  /** A comment that is changed. */
  initial?: { body: string; mentions: Person[] }
  autoFocus?: boolean
}

/** A comment being written: Ctrl+Enter sends it. */
export function CommentForm({ thread, label, save, onSave, onCancel, initial, autoFocus = false }: CommentFormProps) {
  const { t } = useTranslation('notes')
  const [text, setText] = useState(initial ? shownText(initial.body, initial.mentions) : '')
  const [picked, setPicked] = useState<Person[]>(initial?.mentions ?? [])
  const [saving, setSaving] = useState(false)
  const ready = text.trim() !== ''
  const send = async () => {
    if (!ready || saving) return
    setSaving(true)
    try {
      await onSave(storedText(text.trim(), picked))
      setText('')
    } catch (error) {
      showError(error)
    } finally {
      setSaving(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
    if (event.key !== 'Escape') return
    if (onCancel) onCancel()
    else (event.target as HTMLElement).blur()
  }
  return (
    <div>
      <MentionTextarea
        slug={thread.slug}
        id={thread.id}
        size="xs"
        aria-label={label}
        placeholder={t('commentPlaceholder')}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={5_000}
        autoFocus={autoFocus}
        value={text}
        onChange={setText}
        onPick={(person) => setPicked((before) => [...before, person])}
        onKeyDown={onKeyDown}
      />
      {(ready || onCancel) && (
        <Group justify="flex-end" gap="xs" mt={4}>
          {onCancel && (
            <Button size="compact-xs" variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
          )}
          <Button size="compact-xs" onClick={() => void send()} loading={saving} disabled={!ready}>
            {save}
          </Button>
        </Group>
      )}
    </div>
  )
}
