import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { ApiError, type FieldMeta, type FileValue, type ObjectMeta, type RecordData } from '@oneforge/client'
import { IconLock, IconPencil } from '@tabler/icons-react'
import { type Dispatch, type MouseEvent, type RefObject, type SetStateAction, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUpdateRecord } from '../api/recordChanges.ts'
import { ComputedMark } from '../fields/ComputedMark.tsx'
import { LiveChecklist } from '../fields/checklist/LiveChecklist.tsx'
import { FieldEditor, isEditable } from '../fields/FieldEditor.tsx'
import { FieldValue } from '../fields/FieldValue.tsx'
import { asList, isEmptyValue } from '../fields/format.ts'
import { MentionProvider } from '../fields/mentions.tsx'
import { RichText } from '../fields/RichText.tsx'
import { HeldFiles } from '../files/HeldFiles.tsx'
import { FieldSection } from '../forms/FieldSection.tsx'
import { brokenRules, shownFields } from '../forms/formRules.ts'
import { sectionsOf } from '../forms/sections.ts'
import { useAsker, useFacts } from '../forms/useFacts.ts'
import { ClashWarning } from '../list/calendar/ClashWarning.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './DetailsPanel.module.css'

/** The one field that is being edited, with what has been typed so far and why it was refused. */
interface Edit {
  key: string
  value: unknown
  error?: string | undefined
}

export interface DetailsPanelProps {
  object: ObjectMeta
  record: RecordData
  /** False for a deleted record and for people who may only read. */
  editable: boolean
  editing: Edit | undefined
  onEdit: Dispatch<SetStateAction<Edit | undefined>>
}

/** A record's fields in their sections, each edited where it stands. */
export function DetailsPanel({ object, record, editable, editing, onEdit }: DetailsPanelProps) {
  const { t } = useTranslation('record')
  const update = useUpdateRecord(object.slug)
  const isShown = useIsShown()
  const asker = useAsker()
  // While a field is edited, the others follow what it would be.
  const edited = editing ? { ...record, [editing.key]: editing.value } : record
  const facts = useFacts(object, { now: edited, initial: record })
  const formFields = shownFields(object.fields, facts.initial, facts.now, asker)
  const locked = new Set(formFields.flatMap(({ field, locked: isLocked }) => (isLocked ? [field.key] : [])))
  const broken = editing ? brokenRules(object, facts.now, asker, new Set([editing.key])) : {}

  const save = (field: FieldMeta, value: unknown) => {
    // Leaving a field saves it a moment later; by then another one may be open, which must stay so.
    onEdit((open) => (open?.key === field.key ? undefined : open))
    if (sameValue(value, record[field.key])) return
    const before = record[field.key] ?? null
    // Not as options of mutate: who goes on to another page while it is saved is told all the same.
    void update.mutateAsync({ record, changes: { [field.key]: value }, explainsRefusal: true }).then(
      (saved) =>
        showToast({
          message: t('details.saved', { field: field.label }),
          undo: async () => void (await update.mutateAsync({ record: saved, changes: { [field.key]: before } })),
        }),
      (error) => {
        const again = reopened(field.key, value, error)
        onEdit(again)
        if (again?.error && !isShown.current) showError(new Error(`${field.label}: ${again.error}`))
      },
    )
  }

  return (
    <MentionProvider slug={object.slug} id={record.id}>
      <div className={classes.panel}>
        {!record.deletedAt && <ClashWarning object={object} booking={edited} />}
        {sectionsOf(
          // The dates of activities stand in the head.
          formFields.map(({ field }) => field).filter(({ computed }) => !computed?.activities),
          object.layout,
        ).map((section) => (
          <FieldSection
            key={section.key}
            section={section}
            name={object.label}
            order={2}
            headingClass={classes.heading}
            className={classes.section}
            held={section.fields.some(({ key }) => key === editing?.key)}
          >
            <dl className={classes.fields}>
              {section.fields.map((field) => (
                <FieldRow
                  slug={object.slug}
                  key={field.key}
                  field={field}
                  relationLabel={object.relations.find(({ key }) => key === field.computed?.relation)?.label}
                  record={record}
                  editable={editable && isEditable(field) && !locked.has(field.key)}
                  locked={locked.has(field.key)}
                  edit={editing?.key === field.key ? editing : undefined}
                  problem={broken[field.key]}
                  onEdit={onEdit}
                  onSave={(value) => save(field, value)}
                />
              ))}
            </dl>
          </FieldSection>
        ))}
      </div>
    </MentionProvider>
  )
}

/** Keys in the order in which `e` and Tab go through them. */
export function editableKeys(object: ObjectMeta): string[] {
  return sectionsOf(object.fields, object.layout).flatMap(({ fields }) =>
    fields.filter((field) => isEditable(field) && !livesInPlace(field)).map(({ key }) => key),
  )
}

export function useFieldEdit() {
  return useState<Edit | undefined>()
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}

/** Whether the panel still stands on the page when an answer comes. */
function useIsShown(): RefObject<boolean> {
  const isShown = useRef(false)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])
  return isShown
}

/** A value the server refused stays in its input with the reason; a conflict has its own dialog. */
function reopened(key: string, value: unknown, error: unknown): Edit | undefined {
  if (!(error instanceof ApiError) || error.current) return undefined
  const reason = error.byField()[key]
  return reason ? { key, value, error: reason } : undefined
}

/** The page has room for formatted text and for files to open, which cells do not. */
function ReadValue({ field, value, record }: { field: FieldMeta; value: unknown; record: RecordData }) {
  if (field.type === 'richtext') return <RichText html={String(value)} />
  if (field.type === 'file') return <HeldFiles files={asList(value) as FileValue[]} />
  return <FieldValue field={field} value={value} record={record} />
}

/** What is changed item by item where it stands has no edit to begin and to end. */
const livesInPlace = ({ type }: FieldMeta): boolean => type === 'checklist'

interface FieldRowProps {
  slug: string
  field: FieldMeta
  /** Of a computed field: the relation that it looks over. */
  relationLabel: string | undefined
  record: RecordData
  editable: boolean
  /** A condition keeps the value as it is. */
  locked: boolean
  edit: Edit | undefined
  /** The message of a rule that what is being typed would break. */
  problem: string | undefined
  onEdit: (edit: Edit | undefined) => void
  onSave: (value: unknown) => void
}

function FieldRow({
  slug,
  field,
  relationLabel,
  record,
  editable,
  locked,
  edit,
  problem,
  onEdit,
  onSave,
}: FieldRowProps) {
  const { t } = useTranslation('record')
  const value = record[field.key] ?? null
  const pencil = useRef<HTMLButtonElement>(null)
  const open = () => onEdit({ key: field.key, value })
  const isEdited = edit !== undefined
  const wasEdited = useRef(isEdited)
  // Enter and Escape leave the focus where the edit began, unless somebody has gone on elsewhere.
  useEffect(() => {
    if (wasEdited.current && !isEdited && document.activeElement === document.body) pencil.current?.focus()
    wasEdited.current = isEdited
  }, [isEdited])
  const openByMouse = (event: MouseEvent) => {
    const selected = window.getSelection()?.toString()
    if (!selected && !(event.target as HTMLElement).closest('a, button')) open()
  }
  return (
    <div className={classes.row} data-field={field.key}>
      <dt className={classes.label} title={field.help ?? undefined}>
        {field.label}
        {field.required && isEmptyValue(value) && editable && (
          <Text span inherit c="var(--mantine-color-error)" aria-label={t('details.required')}>
            {' *'}
          </Text>
        )}
      </dt>
      {editable && livesInPlace(field) ? (
        <dd className={classes.editor}>
          <LiveChecklist slug={slug} record={record} field={field} />
        </dd>
      ) : edit ? (
        <dd className={classes.editor}>
          <FieldEditor
            field={field}
            variant="cell"
            value={edit.value}
            error={edit.error ?? problem}
            autoFocus
            onChange={(next) => onEdit({ key: field.key, value: next })}
            onCommit={onSave}
            onCancel={() => onEdit(undefined)}
          />
        </dd>
      ) : (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the pencil inside is the way in for the keyboard
        <dd
          className={classes.value}
          data-editable={editable || undefined}
          onClick={editable ? openByMouse : undefined}
        >
          {isEmptyValue(value) ? (
            <Text span inherit c="dimmed" aria-label={t('details.empty')}>
              –
            </Text>
          ) : (
            <ReadValue field={field} value={value} record={record} />
          )}
          {editable ? (
            <ActionIcon
              ref={pencil}
              className={classes.pencil}
              size="xs"
              aria-label={t('details.edit', { field: field.label })}
              onClick={open}
            >
              <IconPencil size={13} />
            </ActionIcon>
          ) : (
            <ReadMark field={field} locked={locked} relationLabel={relationLabel} />
          )}
        </dd>
      )}
    </div>
  )
}

/** Why a value cannot be typed: it is worked out, it is locked for now, or it is not for this person to change. */
function ReadMark({ field, locked, relationLabel }: Pick<FieldRowProps, 'field' | 'locked' | 'relationLabel'>) {
  const { t } = useTranslation('record')
  if (field.computed) return <ComputedMark field={field} relationLabel={relationLabel} />
  if (!locked && field.access === 'write') return null
  const text = t(locked ? 'details.locked' : 'details.readOnly')
  return (
    <Tooltip label={text}>
      <IconLock className={classes.lock} size={12} aria-label={text} />
    </Tooltip>
  )
}
