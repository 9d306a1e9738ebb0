import { ActionIcon, Badge, Button, Group, Menu, Stack, Text, UnstyledButton } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { IconArchive, IconDots, IconPencil, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showError, showToast } from '../ui/toast.tsx'
import { ComputingMark } from './ComputingMark.tsx'
import { FieldDrawer } from './FieldDrawer.tsx'
import { useReorderFields, useRestoreField, useRetiredFields, useRetireField } from './metadataChanges.ts'
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
  const retireField = useRetire(object)
  const [editing, setEditing] = useState<FieldMeta | 'new'>()
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
            onClick={() => setEditing('new')}
            style={{ flex: 'none' }}
          >
            {t('field.add')}
          </Button>
        )}
      </Group>
      <SortableList
        items={fields}
        idOf={({ key }) => key}
        labelOf={({ label }) => label}
        disabled={!editable}
        onMove={(next) => reorder.mutate(next.map(({ key }) => key))}
      >
        {(field) => (
          <FieldRow
            slug={object.slug}
            field={field}
            isTitle={object.roles.title === field.key}
            editable={editable}
            onEdit={() => setEditing(field)}
            onRetire={() => retireField(field)}
          />
        )}
      </SortableList>
      {editable && <RetiredFields object={object} />}
      {editing && (
        <FieldDrawer object={object} field={editing === 'new' ? null : editing} onClose={() => setEditing(undefined)} />
      )}
    </Stack>
  )
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
              ml="auto"
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

/** Asks, retires, and offers to take it back: the data stay either way. */
function useRetire(object: ObjectMeta) {
  const { t } = useTranslation('settings')
  const retire = useRetireField(object.slug)
  const restore = useRestoreField(object.slug)
  return (field: FieldMeta) =>
    openConfirmModal({
      title: t('field.retireTitle', { field: field.label }),
      children: <Text size="sm">{t('field.retireExplanation')}</Text>,
      labels: { confirm: t('field.retire'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        retire.mutate(field.key, {
          onSuccess: () =>
            showToast({
              message: t('field.retired', { field: field.label }),
              undo: async () => {
                await restore.mutateAsync(field.key)
              },
            }),
          onError: showError,
        }),
    })
}

interface FieldRowProps {
  slug: string
  field: FieldMeta
  isTitle: boolean
  editable: boolean
  onEdit: () => void
  onRetire: () => void
}

function FieldRow({ slug, field, isTitle, editable, onEdit, onRetire }: FieldRowProps) {
  const { t } = useTranslation(['settings', 'modelling'])
  const marks = (['required', 'unique', 'searchable'] as const).filter((mark) => field[mark])
  return (
    <>
      <UnstyledButton className={classes.fieldButton} onClick={onEdit} disabled={!editable}>
        <TypeIcon type={field.type} />
        <span className={classes.name}>{field.label}</span>
        {isTitle && (
          <Badge size="xs" variant="default" className={classes.optional}>
            {t('role.title.name')}
          </Badge>
        )}
        <ComputingMark slug={slug} field={field} />
        {field.computed?.problem && (
          <Badge size="sm" variant="light" color="yellow" title={field.computed.problem}>
            {t('modelling:computed.broken')}
          </Badge>
        )}
        <span className={classes.meta}>
          <span className={classes.optional}>{marks.map((mark) => `${t(`mark.${mark}`)} · `).join('')}</span>
          {t(`type.${field.type}.name`)}
        </span>
      </UnstyledButton>
      {editable && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size="sm" aria-label={t('field.actions', { field: field.label })}>
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={14} />} onClick={onEdit}>
              {t('field.edit')}
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconArchive size={14} />}
              disabled={isTitle || field.system}
              onClick={onRetire}
            >
              {t('field.retire')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}
