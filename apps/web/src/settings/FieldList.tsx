import { Button, Group, Stack, Text } from '@mantine/core'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showError } from '../ui/toast.tsx'
import { ComputingMark } from './ComputingMark.tsx'
import { ConversionWatch, type RunningConversion } from './ConversionWatch.tsx'
import { FieldDialog } from './FieldDialog.tsx'
import { FieldDrawer } from './FieldDrawer.tsx'
import { type FieldAction, FieldRow } from './FieldRow.tsx'
import { LinksFromOthers } from './LinksFromOthers.tsx'
import { useReorderFields, useRestoreField, useRetiredFields } from './metadataChanges.ts'
import { SortableList } from './SortableList.tsx'
import classes from './settings.module.css'
import { TypeIcon } from './TypePicker.tsx'

interface FieldListProps {
  object: ObjectMeta
  editable: boolean
}

/** An object's fields in the order of forms and record pages. */
export function FieldList({ object, editable }: FieldListProps) {
  const { t } = useTranslation('settings')
  const reorder = useReorderFields(object.slug)
  const [adding, setAdding] = useState(false)
  const [acting, setActing] = useState<{ action: FieldAction; field: FieldMeta }>()
  const [conversion, setConversion] = useState<RunningConversion>()
  const fields = [...object.fields].sort((a, b) => a.position - b.position)
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap" align="flex-end">
        <Text size="sm" c="dimmed">
          {t('field.listExplanation')}
        </Text>
        {editable && (
          <Button
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAdding(true)}
            style={{ flex: 'none' }}
          >
            {t('field.add')}
          </Button>
        )}
      </Group>
      <KeysUnderWay object={object} />
      <SortableList
        items={fields}
        idOf={({ key }) => key}
        labelOf={({ label }) => label}
        disabled={!editable}
        onMove={(next) => reorder.mutate(next.map(({ key }) => key))}
      >
        {(field) => (
          <FieldRow
            object={object}
            field={field}
            isTitle={object.roles.title === field.key}
            editable={editable}
            onAct={(action) => setActing({ action, field })}
          />
        )}
      </SortableList>
      <LinksFromOthers object={object} />
      {editable && <RetiredFields object={object} />}
      {adding && <FieldDrawer object={object} field={null} onClose={() => setAdding(false)} />}
      {acting && (
        <FieldDialog
          {...acting}
          object={object}
          onConvert={(jobId) => setConversion({ jobId, field: acting.field })}
          onClose={() => setActing(undefined)}
        />
      )}
      {conversion && (
        <ConversionWatch slug={object.slug} conversion={conversion} onEnd={() => setConversion(undefined)} />
      )}
    </Stack>
  )
}

/** Unique keys that a job is still comparing the records for, over which fields, and how far it is. */
function KeysUnderWay({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation('reshaping')
  const labelOf = (key: string) => object.fields.find((field) => field.key === key)?.label ?? key
  return object.uniqueKeys
    .filter(({ computing }) => computing)
    .map((unique) => (
      <Group key={unique.key} gap="xs">
        <Text size="sm">{t('keyUnderWay', { key: unique.label ?? unique.fields.map(labelOf).join(' + ') })}</Text>
        <ComputingMark slug={object.slug} work={unique} />
      </Group>
    ))
}

/** What was retired waits under the list until somebody wants it back. */
function RetiredFields({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation('settings')
  const { data: retired = [] } = useRetiredFields(object.slug, true)
  const restore = useRestoreField(object.slug)
  if (retired.length === 0) return null
  return (
    <section aria-label={t('field.retiredTitle')}>
      <Text size="sm" fw={600} mt="md" mb="xs">
        {t('field.retiredTitle')}
      </Text>
      <ul className={classes.retired}>
        {retired.map(({ key, label, type }) => (
          <li key={key} className={classes.retiredField}>
            <TypeIcon type={type} />
            <span className={classes.name}>{label}</span>
            <Button
              ms="auto"
              size="compact-xs"
              variant="default"
              onClick={() => restore.mutate(key, { onError: showError })}
              loading={restore.isPending && restore.variables === key}
            >
              {t('field.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
