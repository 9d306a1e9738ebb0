import { Button, Group, Kbd, Select, SimpleGrid, Skeleton, Text } from '@mantine/core'
import { ApiError, type FieldMeta, type ObjectMeta, type RecordData, type RelationMeta } from '@oneforge/client'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useObject } from '../api/objects.ts'
import { useCreateRecord } from '../api/recordChanges.ts'
import { useColleagues, useMay, useWorkspace } from '../api/workspace.ts'
import { unreadInput } from '../fields/editors/unread.ts'
import { FieldEditor, isEditable } from '../fields/FieldEditor.tsx'
import { initialValuesOf, missingKeys, type Values } from '../forms/initialValues.ts'
import { useDraft } from '../forms/useDraft.ts'
import { type AfterSave, useSaveOnce } from '../forms/useSaveOnce.ts'
import { showError, showToast } from '../ui/toast.tsx'
import { focusPage, useReturnFocus } from '../ui/useReturnFocus.ts'
import classes from './activities.module.css'
import type { WrittenKind } from './kinds.ts'
import { nextHour } from './moments.ts'

interface ActivityFormProps {
  slug: string
  /** How the record knows its activities of this kind. */
  relation: RelationMeta
  about: RecordData
  onDone: () => void
}

/** What is asked at once, beside the title and the dates; the rest is on the activity's own page. */
const askedOf: Record<WrittenKind, string[]> = {
  task: ['reminder', 'priority', 'checklist', 'notes'],
  call: ['direction', 'outcome', 'duration', 'notes'],
  meeting: ['reminder', 'place', 'attendees', 'notes'],
}

const wide = new Set(['longtext', 'tags', 'multiselect', 'checklist'])

/** A new activity about a record, in the place of the note. */
export function ActivityForm(props: ActivityFormProps) {
  const { data: object } = useObject(props.slug)
  return object ? <LoadedForm {...props} object={object} /> : <Skeleton height={120} />
}

function LoadedForm({ object, relation, about, onDone }: ActivityFormProps & { object: ObjectMeta }) {
  const { t } = useTranslation('activities')
  const { id: workspace, user } = useWorkspace()
  const may = useMay(object.slug)
  const fields = askedFields(object)
  const [initial] = useState<Values>(() => ({ ...initialValuesOf(fields), ...momentsOf(object), ownerId: user.id }))
  const draft = useDraft(`${object.slug} ${workspace} ${user.id} ${about.id}`, initial)
  const create = useCreateRecord(object.slug)
  const once = useSaveOnce()
  useReturnFocus()
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const title = object.roles.title

  const save = async (): Promise<AfterSave> => {
    const unread = unreadInput(form.current)
    if (unread) {
      unread.focus()
      return 'stays'
    }
    const missing = missingKeys(fields, draft.values)
    if (missing.length > 0) {
      setErrors(Object.fromEntries(missing.map((key) => [key, t('required')])))
      return 'stays'
    }
    try {
      const made = await create.mutateAsync({ ...draft.values, [relation.inverse]: [about.id] })
      draft.clear()
      showToast({ message: t('saved', { title: made.title }) })
      onDone()
      return 'closes'
    } catch (error) {
      const refused = error instanceof ApiError ? error.byField() : {}
      setErrors(refused)
      if (!fields.some(({ key }) => refused[key])) showError(error)
      return 'stays'
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void once(save)
    }
    if (event.key === 'Escape') focusPage()
  }

  return (
    <form
      ref={form}
      className={classes.form}
      aria-label={t(`new.${object.activity}`)}
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void once(save)
      }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm" key={draft.round}>
        {fields.map((field) => (
          <div key={field.key} className={field.key === title || wide.has(field.type) ? classes.whole : undefined}>
            <FieldEditor
              field={field}
              variant="form"
              value={draft.values[field.key] ?? null}
              error={errors[field.key]}
              onChange={(value) => {
                setErrors({})
                draft.set(field.key, value)
              }}
            />
          </div>
        ))}
        {may('assign') && (
          <Assignee value={draft.values.ownerId as string} onChange={(ownerId) => draft.set('ownerId', ownerId)} />
        )}
      </SimpleGrid>
      <Group justify="flex-end" gap="sm">
        <Text size="xs" c="dimmed" visibleFrom="sm">
          <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd>
        </Text>
        <Button type="submit" loading={create.isPending}>
          {t('save')}
        </Button>
      </Group>
    </form>
  )
}

function Assignee({ value, onChange }: { value: string; onChange: (ownerId: string) => void }) {
  const { t } = useTranslation('activities')
  const colleagues = useColleagues(value)
  return (
    <Select
      size="sm"
      label={t('assignee')}
      value={value}
      allowDeselect={false}
      data={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(next) => next && onChange(next)}
    />
  )
}

/** Title and dates first, what belongs to the kind, and what cannot be left out. */
function askedFields({ fields, roles, activity }: ObjectMeta): FieldMeta[] {
  const { title, dueAt, startsAt, endsAt } = roles
  const asked = [title, dueAt, startsAt, endsAt, ...(activity && activity !== 'email' ? askedOf[activity] : [])]
  const needed = fields.filter(({ key, required, default: given }) => required && given == null && !asked.includes(key))
  return [...asked.flatMap((key) => fields.find((field) => field.key === key) ?? []), ...needed].filter(isEditable)
}

/** A task is for the next working hours, a call has just ended, a meeting begins with the next hour. */
function momentsOf({ roles: { startsAt, endsAt }, activity }: ObjectMeta): Values {
  if (activity === 'call') return startsAt ? { [startsAt]: new Date().toISOString() } : {}
  if (activity !== 'meeting') return {}
  return { ...(startsAt && { [startsAt]: nextHour() }), ...(endsAt && { [endsAt]: nextHour(60) }) }
}
