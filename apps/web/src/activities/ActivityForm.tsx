import { Button, Group, Kbd, Select, SimpleGrid, Skeleton, Text } from '@mantine/core'
import { ApiError, type FieldMeta, type ObjectMeta, type RecordData, type RelationMeta } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
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
import { followDates } from './followDates.ts'
import type { ActivityKind } from './kinds.ts'
import { nextHour } from './moments.ts'

interface ActivityFormProps {
  slug: string
  /** How the record knows its activities of this kind. */
  relation: RelationMeta
  about: RecordData
  /** By which the record is written to. */
  address: string | null
  onDone: () => void
}

/** What is asked at once, beside the title and the dates; the rest is on the activity's own page. */
const askedOf: Record<ActivityKind, string[]> = {
  task: ['reminder', 'priority', 'checklist', 'notes'],
  call: ['direction', 'outcome', 'duration', 'notes'],
  meeting: ['reminder', 'place', 'attendees', 'notes'],
  email: ['direction', 'sender', 'receivers', 'body'],
}

const wideTypes = new Set(['longtext', 'tags', 'multiselect', 'checklist'])
const isWide = ({ key, type }: FieldMeta): boolean => wideTypes.has(type) || key === 'sender'

/** A new activity about a record, in the place of the note. */
export function ActivityForm(props: ActivityFormProps) {
  const { data: object } = useObject(props.slug)
  return object ? <LoadedForm {...props} object={object} /> : <Skeleton height={120} />
}

function LoadedForm({ object, relation, about, address, onDone }: ActivityFormProps & { object: ObjectMeta }) {
  const { t } = useTranslation('activities')
  const { id: workspace, user } = useWorkspace()
  const may = useMay(object.slug)
  const fields = askedFields(object)
  const [initial] = useState<Values>(() => ({
    ...initialValuesOf(fields),
    ...momentsOf(object),
    ...(object.activity === 'email' && partiesOf(object, `${user.name} <${user.email}>`, address)),
    ownerId: user.id,
  }))
  const draft = useDraft(`${object.slug} ${workspace} ${user.id} ${about.id}`, initial)
  const create = useCreateRecord(object.slug)
  const cache = useQueryClient()
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
      followDates(cache)
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
  const change = (key: string, value: unknown) => {
    setErrors({})
    draft.set(key, value)
    if (object.activity !== 'email' || key !== 'direction') return
    // Who writes and who reads change places with the direction.
    draft.set('sender', draft.values.receivers ?? null)
    draft.set('receivers', draft.values.sender ?? null)
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
          <div key={field.key} className={field.key === title || isWide(field) ? classes.whole : undefined}>
            <FieldEditor
              field={field}
              variant="form"
              value={draft.values[field.key] ?? null}
              error={errors[field.key]}
              onChange={(value) => change(field.key, value)}
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
  const asked = [title, dueAt, startsAt, endsAt, ...(activity ? askedOf[activity] : [])]
  const needed = fields.filter(({ key, required, default: given }) => required && given == null && !asked.includes(key))
  return [...asked.flatMap((key) => fields.find((field) => field.key === key) ?? []), ...needed].filter(isEditable)
}

/** What one writes down of an e-mail one has mostly just sent. */
function partiesOf({ fields }: ObjectMeta, own: string, address: string | null): Values {
  const isSaid = fields.some(({ key, options }) => key === 'direction' && options.some(({ value }) => value === 'Sent'))
  return isSaid ? { direction: 'Sent', sender: own, receivers: address } : {}
}

/** A task is for the next working hours, a call or an e-mail is just over, a meeting begins with the next hour. */
function momentsOf({ roles: { startsAt, endsAt }, activity }: ObjectMeta): Values {
  if (activity === 'call' || activity === 'email') return startsAt ? { [startsAt]: new Date().toISOString() } : {}
  if (activity !== 'meeting') return {}
  return { ...(startsAt && { [startsAt]: nextHour() }), ...(endsAt && { [endsAt]: nextHour(60) }) }
}
