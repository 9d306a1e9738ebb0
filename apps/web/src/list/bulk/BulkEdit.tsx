import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import type { ObjectMeta, RecordData } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBulkUpdate } from '../../api/recordChanges.ts'
import { FieldEditor, isEditable } from '../../fields/FieldEditor.tsx'
import { useLocationField } from '../../locations/useLocationField.ts'

interface BulkEditProps {
  object: ObjectMeta
  records: RecordData[]
  onClose: () => void
  onDone: () => void
}

/** One field, one value, for all chosen rows; left empty it clears them. */
export function BulkEdit({ object, records, onClose, onDone }: BulkEditProps) {
  const { t } = useTranslation('list')
  const [key, setKey] = useState<string | null>(null)
  const [value, setValue] = useState<unknown>(null)
  const update = useBulkUpdate(object.slug)
  const location = useLocationField(object)
  const own = object.fields.filter((field) => isEditable(field) && !field.unique)
  const fields = location?.access === 'write' ? [...own, location] : own
  const field = fields.find((candidate) => candidate.key === key)

  function submit(): void {
    if (!field) return
    update.mutate({ records, changes: { [field.key]: value } })
    onDone()
    onClose()
  }

  return (
    <Modal opened onClose={onClose} title={t('bulk.changeTitle', { count: records.length })}>
      <Stack>
        <Select
          label={t('bulk.field')}
          size="sm"
          data={fields.map((candidate) => ({ value: candidate.key, label: candidate.label }))}
          value={key}
          onChange={(next) => {
            setKey(next)
            const chosen = fields.find((candidate) => candidate.key === next)
            // A switch shows «no» when it holds nothing, so it has to hold it.
            setValue(chosen?.type === 'boolean' ? false : null)
          }}
          searchable
          data-autofocus
        />
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
          <Button onClick={submit} disabled={!field}>
            {t(value === null ? 'bulk.clearField' : 'bulk.apply', { count: records.length })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
