import { TextInput } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dropDraft, keepDraft, readDraft } from '../api/drafts.ts'
import { useCreateRecord } from '../api/recordChanges.ts'
import { useMay, useWorkspace } from '../api/workspace.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { showError } from '../ui/toast.tsx'
import { focusPage } from '../ui/useReturnFocus.ts'
import { startOfDay } from './moments.ts'

/** One line and Enter make a task for today. */
export function QuickTask({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation('activities')
  const { id, user } = useWorkspace()
  const { timeZone } = useFormatContext()
  const may = useMay(object.slug)
  const create = useCreateRecord(object.slug)
  const draft = `task ${id} ${user.id}`
  const [text, setText] = useState(() => readDraft<string>(draft) ?? '')
  const { title, dueAt } = object.roles

  const change = (next: string) => {
    setText(next)
    if (next) keepDraft(draft, next)
    else dropDraft(draft)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') focusPage()
    if (event.key !== 'Enter' || text.trim() === '' || create.isPending) return
    const due = dueAt ? { [dueAt]: endOfToday(timeZone) } : {}
    create.mutate({ [title]: text.trim(), ...due }, { onSuccess: () => change(''), onError: showError })
  }
  if (!may('create')) return null
  return (
    <TextInput
      leftSection={<IconPlus size={16} aria-hidden />}
      placeholder={t('day.add')}
      aria-label={t('day.add')}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  )
}

/** The last minute of the day. */
const endOfToday = (timeZone: string): string =>
  new Date(new Date(startOfDay(1, timeZone)).getTime() - 60_000).toISOString()
