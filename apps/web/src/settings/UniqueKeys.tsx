import { ActionIcon, Alert, Button, Checkbox, Group, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import type { FieldMeta, ObjectMeta, UniqueKey, UniqueKeyInput } from '@oneforge/client'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useListFields } from '../list/useListFields.ts'
import { Modal } from '../ui/Modal.tsx'
import { MultiSelect } from '../ui/Select.tsx'
import { showError } from '../ui/toast.tsx'
import { differs, useCloseGuard } from '../ui/useCloseGuard.ts'
import { ComputingMark } from './ComputingMark.tsx'
import { TheirsStays } from './meanwhile.tsx'
import { useUpdateObject } from './metadataChanges.ts'
import classes from './modelling.module.css'
import { keyFrom } from './naming.ts'
import { refusalText } from './refusalText.ts'

/** Attributes that may be part of a key beside the object's own fields. */
const attributes = ['ownerId', 'locationId']
const mostFields = 5

interface UniqueKeysProps {
  object: ObjectMeta
  editable: boolean
}

/** Fields that no two records may share all at once: «no two appointments of one doctor at one time». */
export function UniqueKeys({ object, editable }: UniqueKeysProps) {
  const { t } = useTranslation('modelling')
  const fields = useListFields(object)
  const update = useUpdateObject(object.slug)
  const [editing, setEditing] = useState<UniqueKey | 'new'>()
  const labelOf = (key: string) => fields.find((field) => field.key === key)?.label ?? key
  const remove = ({ key }: UniqueKey) =>
    update.mutate((now) => ({ uniqueKeys: now.uniqueKeys.filter((other) => other.key !== key).map(inputOf) }), {
      onError: showError,
    })
  return (
    <section aria-label={t('keys.title')}>
      <h3 className={classes.partTitle}>{t('keys.title')}</h3>
      <Group justify="space-between" wrap="nowrap" align="flex-end" mb="sm">
        <Text size="sm" c="dimmed">
          {t('keys.explanation')}
        </Text>
        {editable && (
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            style={{ flex: 'none' }}
            onClick={() => setEditing('new')}
          >
            {t('keys.add')}
          </Button>
        )}
      </Group>
      <ul className={classes.rows}>
        {object.uniqueKeys.map((unique) => {
          const named = unique.label ?? unique.fields.map(labelOf).join(' + ')
          return (
            <li key={unique.key} className={classes.card}>
              <div className={classes.cardHead}>
                <UnstyledButton className={classes.grow} disabled={!editable} onClick={() => setEditing(unique)}>
                  <Text size="sm" fw={500}>
                    {named}
                  </Text>
                  {unique.label && (
                    <Text size="xs" c="dimmed">
                      {unique.fields.map(labelOf).join(' + ')}
                    </Text>
                  )}
                </UnstyledButton>
                <ComputingMark slug={object.slug} work={unique} />
                {editable && (
                  <ActionIcon size="sm" aria-label={t('keys.remove', { name: named })} onClick={() => remove(unique)}>
                    <IconTrash size={15} />
                  </ActionIcon>
                )}
              </div>
            </li>
          )
        })}
      </ul>
      {editing && (
        <KeyDialog object={object} unique={editing === 'new' ? null : editing} onClose={() => setEditing(undefined)} />
      )}
    </section>
  )
}

function inputOf({ key, label, labels, fields, ignoreCase, ignoreAccents, ignoreSpaces }: UniqueKey): UniqueKeyInput {
  return { key, label: labels ?? label, fields, ignoreCase, ignoreAccents, ignoreSpaces }
}

function KeyDialog({ object, unique, onClose }: { object: ObjectMeta; unique: UniqueKey | null; onClose: () => void }) {
  const { t } = useTranslation(['modelling', 'settings'])
  const [opened] = useState(object.version)
  const update = useUpdateObject(object.slug, opened)
  const isOwn = (field: FieldMeta) => object.fields.some(({ key }) => key === field.key) && !field.relation?.many
  const fields = useListFields(object).filter((field) => isOwn(field) || attributes.includes(field.key))
  const [untouched] = useState({
    label: unique?.label ?? '',
    fields: unique?.fields ?? [],
    ignoreCase: unique?.ignoreCase ?? true,
    ignoreAccents: unique?.ignoreAccents ?? false,
    ignoreSpaces: unique?.ignoreSpaces ?? false,
  })
  const [draft, setDraft] = useState(untouched)
  const close = useCloseGuard(differs(draft, untouched), onClose)
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })

  const save = () => {
    const taken = object.uniqueKeys.map(({ key }) => key)
    const key = unique?.key ?? keyFrom(draft.label || draft.fields.join(' '), taken)
    // A name that was not touched keeps its other languages.
    const isSame = draft.label === (unique?.label ?? '')
    const label = isSame ? (unique?.labels ?? null) : draft.label.trim() || null
    const next: UniqueKeyInput = { ...draft, key, label }
    const withIt = ({ uniqueKeys }: ObjectMeta) => [
      ...uniqueKeys.filter((other) => other.key !== key).map(inputOf),
      next,
    ]
    update.mutate((now) => ({ uniqueKeys: withIt(now) }), {
      onSuccess: onClose,
      onError: (error) => error instanceof TheirsStays && onClose(),
    })
  }

  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={unique ? t('modelling:keys.change') : t('modelling:keys.add')}
      closeButtonProps={{ 'aria-label': t('settings:cancel') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Stack gap="md">
          <MultiSelect
            label={t('modelling:keys.fields')}
            description={t('modelling:keys.fieldsHelp')}
            searchable
            data-autofocus
            maxValues={mostFields}
            value={draft.fields}
            data={fields.map(({ key, label }) => ({ value: key, label }))}
            onChange={(chosen) => set({ fields: chosen })}
          />
          <TextInput
            label={t('modelling:keys.name')}
            description={t('modelling:keys.nameHelp')}
            value={draft.label}
            onChange={(event) => set({ label: event.currentTarget.value })}
          />
          {(['ignoreCase', 'ignoreAccents', 'ignoreSpaces'] as const).map((name) => (
            <Checkbox
              key={name}
              label={t(`modelling:unique.${name}`)}
              description={t(`modelling:unique.${name}Help`)}
              checked={draft[name]}
              onChange={(event) => set({ [name]: event.currentTarget.checked })}
            />
          ))}
          {update.error && (
            <Alert color="red" role="alert">
              {refusalText(update.error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button size="sm" type="submit" disabled={draft.fields.length === 0} loading={update.isPending}>
              {t('settings:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
