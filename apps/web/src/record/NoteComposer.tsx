import { Button, Group, Kbd, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { dropDraft, keepDraft, readDraft } from '../api/drafts.ts'
import { useWorkspace } from '../api/workspace.ts'
import { refreshNotes, useNoteTemplates } from '../notes/noteQueries.ts'
import { TemplateMenu } from '../notes/TemplateMenu.tsx'
import { MentionTextarea } from '../notifications/MentionTextarea.tsx'
import { type Person, storedText } from '../notifications/mentionText.ts'
import { keyName } from '../ui/keyName.ts'
import { showError } from '../ui/toast.tsx'
import { focusPage } from '../ui/useReturnFocus.ts'

interface NoteComposerProps {
  slug: string
  id: string
}

interface Draft {
  text: string
  /** Whom the text mentions by name. */
  picked: Person[]
}

const empty: Draft = { text: '', picked: [] }

/** Writes a note; what is typed stays until it is saved, also over a reload. */
export function NoteComposer({ slug, id }: NoteComposerProps) {
  const { t } = useTranslation('record')
  const cache = useQueryClient()
  const { user } = useWorkspace()
  const draft = `note ${user.id} ${id}`
  const [{ text, picked }, setNote] = useState<Draft>(() => readDraft<Draft>(draft) ?? empty)
  const change = (next: Partial<Draft>) =>
    setNote((before) => {
      const note = { ...before, ...next }
      if (note.text) keepDraft(draft, note)
      else dropDraft(draft)
      return note
    })
  const add = useMutation({
    mutationFn: (body: string) => client.notes.add(slug, id, body),
    onSuccess: () => {
      change(empty)
      refreshNotes(cache, slug, id)
    },
    onError: showError,
  })
  const { data: templates = [] } = useNoteTemplates(slug)
  const insert = (body: string) => change({ text: text.trim() === '' ? body : `${text.trimEnd()}\n${body}` })
  const ready = text.trim() !== ''
  const save = () => ready && !add.isPending && add.mutate(storedText(text.trim(), picked))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
    if (event.key === 'Escape') focusPage()
  }
  return (
    <div>
      <MentionTextarea
        slug={slug}
        id={id}
        aria-label={t('note.label')}
        placeholder={t('note.placeholder')}
        autosize
        minRows={ready ? 3 : 1}
        maxRows={12}
        snippets={templates}
        rightSection={<TemplateMenu templates={templates} onPick={insert} />}
        value={text}
        onChange={(next) => change({ text: next })}
        onPick={(person) => change({ picked: [...picked, person] })}
        onKeyDown={onKeyDown}
      />
      {ready && (
        <Group justify="flex-end" mt="xs" gap="sm">
          <Text size="xs" c="dimmed" visibleFrom="sm">
            <Kbd size="xs">{keyName('Ctrl')}</Kbd> <Kbd size="xs">{keyName('Enter')}</Kbd>
          </Text>
          <Button onClick={save} loading={add.isPending}>
            {t('note.save')}
          </Button>
        </Group>
      )}
    </div>
  )
}
