import { Alert, Button, Group, Kbd, Skeleton, Stack, Text } from '@mantine/core'
import { ApiError, type FieldMeta, type ObjectMeta } from '@oneforge/client'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { useObject } from '../api/objects.ts'
import { useCreateRecord } from '../api/recordChanges.ts'
import { useWorkspace } from '../api/workspace.ts'
import { DuplicateWarning } from '../duplicates/DuplicateWarning.tsx'
import { unreadInput } from '../fields/editors/unread.ts'
import { isEditable } from '../fields/FieldEditor.tsx'
import { asList } from '../fields/format.ts'
import type { NewRecordFormProps } from '../fields/NewRecordForm.tsx'
import { recordName } from '../fields/recordName.ts'
import { brokenRules, shownFields, shownValues } from '../forms/formRules.ts'
import { initialValuesOf, missingKeys, type Values } from '../forms/initialValues.ts'
import { RecordFields } from '../forms/RecordFields.tsx'
import { useDraft } from '../forms/useDraft.ts'
import { useAsker, useFacts } from '../forms/useFacts.ts'
import { type AfterSave, useSaveOnce } from '../forms/useSaveOnce.ts'
import { useServerProblems } from '../forms/useServerProblems.ts'
import { ClashWarning } from '../list/calendar/ClashWarning.tsx'
import { useNewRecordLocation } from '../locations/useNewRecordLocation.ts'
import { Drawer } from '../ui/Drawer.tsx'
import { keyName } from '../ui/keyName.ts'
import { showToast } from '../ui/toast.tsx'
import classes from './CreateRecord.module.css'

/** The form for a new record of any object, in a drawer. */
export default function CreateRecord(props: NewRecordFormProps) {
  const { data: object } = useObject(props.object)
  const { t } = useTranslation('record')
  const drawer = useRef<HTMLDivElement>(null)
  const title = object ? t('create.title', { object: object.label }) : ''
  return (
    <Drawer
      ref={drawer}
      opened={props.opened}
      // Escape is heard by every drawer that is open, and meant for the one on top.
      onClose={() => isOnTop(drawer.current) && props.onClose()}
      position="right"
      size={640}
      title={title}
      classNames={{ body: classes.body, title: classes.title }}
    >
      {object ? <CreateForm {...props} meta={object} /> : <FormSkeleton />}
    </Drawer>
  )
}

function isOnTop(drawer: HTMLElement | null): boolean {
  const last = [...document.querySelectorAll('[role=dialog]')].at(-1)
  return drawer === null || last === undefined || drawer.contains(last)
}

function FormSkeleton() {
  return (
    <Stack gap="lg" aria-busy>
      {[1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} height={48} />
      ))}
    </Stack>
  )
}

function CreateForm({ meta, initialValues, copied, onClose, onCreated }: NewRecordFormProps & { meta: ObjectMeta }) {
  const { t } = useTranslation('record')
  const workspace = useWorkspace()
  const location = useNewRecordLocation(meta)
  const fields = [...meta.fields.filter(isEditable), ...location.fields]
  const initial = initialValuesOf(fields, { ...location.values, ...initialValues })
  const { origin, asked } = draftOf(initialValues)
  const draftName = ['form', workspace.id, workspace.user.id, meta.slug, copied, ...origin].filter(Boolean).join(' ')
  const draft = useDraft(draftName, initial, asked)
  const { shown, locked, broken, travelling } = useForm(meta, fields, draft.values, initial)
  const create = useCreateRecord(meta.slug)
  const once = useSaveOnce()
  const about = changedKeys(draft.values, initial)
  const sent = () => ({ ...travelling(), ...location.chosen(draft.values) })
  const answered = placed(Object.entries(useServerProblems(meta, sent(), about)), keysOf(shown))
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<string>()

  const change = (key: string, value: unknown) => {
    draft.set(key, value)
    setErrors(({ [key]: _solved, ...others }) => others)
  }

  const show = (found: Record<string, string>): AfterSave => {
    setErrors(found)
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
    return 'stays'
  }

  const save = async (another: boolean): Promise<AfterSave> => {
    setProblem(undefined)
    const unread = unreadInput(form.current)
    if (unread) {
      unread.focus()
      return 'stays'
    }
    const missing = missingKeys(shown, draft.values).map((key) => [key, t('create.required')])
    const refused = { ...broken(), ...Object.fromEntries(missing) }
    if (Object.keys(refused).length > 0) return show(refused)
    try {
      const record = await create.mutateAsync(sent())
      draft.clear()
      setErrors({})
      showToast({ message: t('create.created', { title: recordName(meta, record) }) })
      // The fields start afresh and the first of them takes the focus.
      if (another) return 'stays'
      onClose()
      onCreated?.(record)
      return 'closes'
    } catch (error) {
      const { atFields, elsewhere } = refusal(error, keysOf(shown))
      setProblem(elsewhere)
      return show(atFields)
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    void once(() => save(event.shiftKey))
  }

  return (
    <form
      ref={form}
      noValidate
      className={classes.form}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        void once(() => save(false))
      }}
    >
      <div className={classes.fields}>
        {draft.restored && <DraftNotice onDiscard={draft.clear} />}
        {problem && (
          <Alert color="red" mb="md" role="alert">
            {problem}
          </Alert>
        )}
        <DuplicateWarning object={meta} values={draft.values} />
        <ClashWarning object={meta} booking={draft.values} isForm />
        <RecordFields
          key={draft.round}
          fields={shown}
          layout={meta.layout}
          locked={locked}
          values={draft.values}
          errors={{ ...answered.atFields, ...broken(about), ...errors }}
          onChange={change}
        />
        {answered.elsewhere && (
          <Text size="sm" c="red" mt="md" role="status">
            {answered.elsewhere}
          </Text>
        )}
      </div>
      {/* The buttons stand left, where no toast covers them. */}
      <Group className={classes.footer} justify="space-between">
        <Group gap="xs">
          <Button size="sm" type="submit" loading={create.isPending}>
            {t('create.save')}
          </Button>
          <Button size="sm" variant="default" loading={create.isPending} onClick={() => void once(() => save(true))}>
            {t('create.saveAndNew')}
          </Button>
        </Group>
        <Text size="xs" c="dimmed" visibleFrom="sm">
          <Kbd size="xs">{keyName('Ctrl')}</Kbd> <Kbd size="xs">{keyName('Enter')}</Kbd> {t('create.saves')}
        </Text>
      </Group>
    </form>
  )
}

/** What conditions and rules make of the form while it is filled in. */
function useForm(object: ObjectMeta, fields: FieldMeta[], values: Values, initial: Values) {
  const asker = useAsker()
  const facts = useFacts(object, { now: values, initial })
  const formFields = shownFields(fields, facts.initial, facts.now, asker)
  const every = new Set(object.fields.map(({ key }) => key))
  return {
    shown: formFields.map(({ field }) => field),
    locked: new Set(formFields.flatMap(({ field, locked }) => (locked ? [field.key] : []))),
    /** Messages of broken rules that concern these fields. */
    broken: (about: ReadonlySet<string> = every) => brokenRules(object, facts.now, asker, about),
    travelling: () => shownValues(values, fields, facts.now, asker),
  }
}

function changedKeys(values: Values, initial: Values): ReadonlySet<string> {
  const changed = Object.keys(values).filter((key) => JSON.stringify(values[key]) !== JSON.stringify(initial[key]))
  return new Set(changed)
}

function DraftNotice({ onDiscard }: { onDiscard: () => void }) {
  const { t } = useTranslation('record')
  return (
    <Group className={classes.draft} justify="space-between" mb="md">
      <Text size="sm">{t('create.draft')}</Text>
      <Button variant="subtle" size="compact-xs" onClick={onDiscard}>
        {t('create.discard')}
      </Button>
    </Group>
  )
}

/**
 * Which draft a form takes up that brings values of its own: one begun for a patient never comes up for another. What is
 * no record is another time or another name for the same: it counts over the draft. No value stands in the name.
 */
function draftOf(given: Values = {}): { origin: string[]; asked: Values } {
  const linksOf = (value: unknown) =>
    asList(value).flatMap((one) => (typeof one === 'object' && one !== null && 'id' in one ? [String(one.id)] : []))
  const entries = Object.entries(given)
  return {
    origin: entries.map(([key, value]) => [key, ...linksOf(value)].join(' ')),
    asked: Object.fromEntries(entries.filter(([, value]) => linksOf(value).length === 0)),
  }
}

const keysOf = (fields: FieldMeta[]): Set<string> => new Set(fields.map(({ key }) => key))

interface Placed {
  atFields: Record<string, string>
  elsewhere: string | undefined
}

/** Messages for fields of the form stand beside them; those for what the form does not show stand together. */
function placed(messages: [field: string, message: string][], keys: Set<string>): Placed {
  const others = messages.filter(([field]) => !keys.has(field)).map(([, message]) => message)
  return {
    atFields: Object.fromEntries(messages.filter(([field]) => keys.has(field))),
    elsewhere: others.join(' ') || undefined,
  }
}

function refusal(error: unknown, keys: Set<string>): Placed {
  if (!(error instanceof ApiError)) return { atFields: {}, elsewhere: errorText(error) }
  const { atFields } = placed(Object.entries(error.byField()), keys)
  const others = error.details
    .filter(({ field }) => !keys.has(field))
    .map(({ field, message }) => `${field}: ${message}`)
  const isPlaced = Object.keys(atFields).length > 0
  return { atFields, elsewhere: others.join(' ') || (isPlaced ? undefined : errorText(error)) }
}
