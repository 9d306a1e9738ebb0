import { Button, Group, SegmentedControl, Stack } from '@mantine/core'
import type { BulkTarget, BulkEdit as Edit, FieldMeta, ObjectMeta, RecordData } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldEditor, isEditable } from '../../fields/FieldEditor.tsx'
import { plainField } from '../../fields/plainField.ts'
import { requestValue } from '../../fields/requestValue.ts'
import { useLocationField } from '../../locations/useLocationField.ts'
import { Modal } from '../../ui/Modal.tsx'
import { Select } from '../../ui/Select.tsx'
import { useBulkAction } from './bulkChanges.ts'

interface BulkEditProps {
  object: ObjectMeta
  target: BulkTarget
  count: number
  /** Those that are shown: they change before the server has answered. */
  records: RecordData[]
  /** Key of the field to begin with; null leaves the choice open. */
  begin: string | null
  onClose: () => void
  onDone: () => void
}

/** What becomes of a list that a record has already. */
const ways = ['set', 'add', 'remove'] as const
type Way = (typeof ways)[number]

/** One field, one value, for all that is chosen; left empty it clears them. Lists may gain and lose instead. */
export function BulkEdit({ object, target, count, records, begin, onClose, onDone }: BulkEditProps) {
  const { t } = useTranslation('bulk')
  const fields = useBulkFields(object)
  const [key, setKey] = useState(begin)
  const [way, setWay] = useState<Way>('set')
  const [value, setValue] = useState<unknown>(null)
  const act = useBulkAction(object.slug)
  const field = fields.find((candidate) => candidate.key === key)
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0)

  function choose(next: string | null): void {
    setKey(next)
    setWay('set')
    // A switch shows «no» when it holds nothing, so it has to hold it.
    setValue(fields.find((candidate) => candidate.key === next)?.type === 'boolean' ? false : null)
  }

  function submit(): void {
    if (!field) return
    const ahead = way === 'set' ? { records, values: { [field.key]: value } } : undefined
    act.mutate({ action: 'update', target, edit: editOf(field, way, value), ...(ahead && { ahead }) })
    onDone()
    onClose()
  }

  return (
    <Modal opened onClose={onClose} title={t(begin === 'ownerId' ? 'assignTitle' : 'changeTitle', { count })}>
      <Stack>
        {begin === null && (
          <Select
            label={t('field')}
            size="sm"
            data={fields.map((candidate) => ({ value: candidate.key, label: candidate.label }))}
            value={key}
            onChange={choose}
            searchable
            data-autofocus
          />
        )}
        {field && holdsSeveral(field) && (
          <SegmentedControl
            aria-label={t('way.label')}
            size="xs"
            data={ways.map((each) => ({ value: each, label: t(`way.${each}`) }))}
            value={way}
            onChange={(next) => setWay(next as Way)}
          />
        )}
        {field && (
          <FieldEditor
            key={field.key}
            field={{ ...field, required: false }}
            value={value}
            onChange={setValue}
            variant="form"
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          {field && isEmpty && way === 'set' && (
            <Button variant="subtle" color="red" onClick={submit}>
              {t('clearField', { count })}
            </Button>
          )}
          <Button onClick={submit} disabled={!field || isEmpty}>
            {t('apply', { count })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

const holdsSeveral = ({ type, relation }: FieldMeta): boolean =>
  type === 'multiselect' || type === 'tags' || (type === 'relation' && relation?.many === true)

function editOf(field: FieldMeta, way: Way, value: unknown): Edit {
  const sent = requestValue(field, value)
  if (way === 'set') return { updates: { [field.key]: sent } }
  return { [way]: { [field.key]: [sent].flat() } }
}

/** What can be the same in many records: no values that must differ, but whom they belong to. */
function useBulkFields(object: ObjectMeta): FieldMeta[] {
  const { t } = useTranslation('list')
  const location = useLocationField(object)
  const own = object.fields.filter((field) => isEditable(field) && !field.unique)
  const owner = object.permissions.assign ? [plainField('ownerId', 'user', t('attribute.ownerId'))] : []
  return [...own, ...owner, ...(location?.access === 'write' ? [location] : [])]
}
