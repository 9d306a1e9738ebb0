import { Button, Group, Kbd, Text, Textarea } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { showError } from '../ui/toast.tsx'

interface NoteComposerProps {
  slug: string
  id: string
}

/** Writes a note; what is typed stays until it is saved, also over a reload. */
export function NoteComposer({ slug, id }: NoteComposerProps) {
  const { t } = useTranslation('record')
  const cache = useQueryClient()
  const [text, setText, forget] = useLocalStorage({
    key: `oneforge-note-${id}`,
    defaultValue: '',
    getInitialValueInEffect: false,
  })
  const add = useMutation({
    mutationFn: (body: string) => client.records.addNote(slug, id, body),
    onSuccess: () => {
      forget()
      void cache.invalidateQueries({ queryKey: keys.activities(slug, id) })
      void cache.invalidateQueries({ queryKey: keys.history(slug, id) })
    },
    onError: showError,
  })
  const ready = text.trim() !== ''
  const save = () => ready && !add.isPending && add.mutate(text.trim())
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
    if (event.key === 'Escape') (event.target as HTMLElement).blur()
  }
  return (
    <div>
      <Textarea
        aria-label={t('note.label')}
        placeholder={t('note.placeholder')}
        autosize
        minRows={ready ? 3 : 1}
        maxRows={12}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {ready && (
        <Group justify="flex-end" mt="xs" gap="sm">
          <Text size="xs" c="dimmed" visibleFrom="sm">
            <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd>
          </Text>
          <Button onClick={save} loading={add.isPending}>
            {t('note.save')}
          </Button>
        </Group>
      )}
    </div>
  )
}
