import { Alert, Button, Checkbox, Group, Skeleton, Stack, Text } from '@mantine/core'
import { ApiError, type BroughtBack, type EarlierState, type ObjectMeta, type RecordData } from '@oneforge/client'
import { IconArrowRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDateTime, isEmptyValue } from '../fields/format.ts'
import { useListFields } from '../list/useListFields.ts'
import { Modal } from '../ui/Modal.tsx'
import classes from './bringBack.module.css'
import { useBringBack, useEarlier } from './bringBack.ts'
import { PastValue } from './PastValue.tsx'

interface BringBackDialogProps {
  object: ObjectMeta
  record: RecordData
  state: EarlierState
  /** The moment of the entry. */
  at: string
  onClose: () => void
}

/** Shows what each field is now and what it becomes; what is not wanted can be left out. */
export function BringBackDialog({ object, record, state, at, onClose }: BringBackDialogProps) {
  const { t } = useTranslation('record')
  const context = useFormatContext()
  const earlier = useEarlier(record, state)
  const bringBack = useBringBack(record)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const changes = earlier.data?.changes ?? []
  const chosen = changes.map(({ field }) => field).filter((field) => !left.has(field))
  const toggle = (field: string) => setLeft((before) => before.symmetricDifference(new Set([field])))
  const error = earlier.error ?? bringBack.error
  return (
    <Modal opened onClose={onClose} size="lg" title={t(`bringBack.title.${state.side}`)} withCloseButton={false}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t(`bringBack.explanation.${state.side}`, { at: formatDateTime(at, context) })}
        </Text>
        {error && <Refusal error={error} object={object} />}
        {earlier.isPending && <Skeleton height={96} />}
        {earlier.data && changes.length === 0 && <Text size="sm">{t('bringBack.nothing')}</Text>}
        {changes.length > 0 && (
          <ul className={classes.changes}>
            {changes.map((change) => (
              <li key={change.field}>
                <Checkbox
                  size="xs"
                  checked={!left.has(change.field)}
                  onChange={() => toggle(change.field)}
                  label={<ChangeAhead change={change} object={object} />}
                />
              </li>
            ))}
          </ul>
        )}
        <Kept kept={earlier.data?.kept ?? []} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('bringBack.cancel')}
          </Button>
          <Button
            loading={bringBack.isPending}
            disabled={chosen.length === 0}
            onClick={() => bringBack.mutate({ ...state, fields: chosen }, { onSuccess: onClose })}
          >
            {t('bringBack.confirm', { count: chosen.length })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

interface ChangeAheadProps {
  change: BroughtBack['changes'][number]
  object: ObjectMeta
}

function ChangeAhead({ change, object }: ChangeAheadProps) {
  const { t } = useTranslation('record')
  const field = useListFields(object).find(({ key }) => key === change.field)
  const relation = object.relations.find(({ key }) => key === change.field)
  const value = (one: unknown) =>
    isEmptyValue(one) ? t('details.empty') : <PastValue value={one} field={field} relation={relation} />
  return (
    <span className={classes.change}>
      <span className={classes.field}>{field?.label ?? relation?.label ?? change.label}</span>
      <span className={classes.now}>{value(change.before)}</span>
      <IconArrowRight size={12} aria-label={t('history.becomes')} />
      <span>{value(change.after)}</span>
    </span>
  )
}

/** What cannot come back, each with its reason. */
function Kept({ kept }: { kept: BroughtBack['kept'] }) {
  const { t } = useTranslation('record')
  if (kept.length === 0) return null
  return (
    <section aria-label={t('bringBack.kept')}>
      <Text size="sm" c="dimmed">
        {t('bringBack.kept')}
      </Text>
      <ul className={classes.changes}>
        {kept.map(({ field, label, message }) => (
          <li key={field}>
            <span className={classes.field}>{label}</span> {message}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A rule of the object may refuse the values together: it names the fields, which can be left out. */
function Refusal({ error, object }: { error: unknown; object: ObjectMeta }) {
  const details = error instanceof ApiError ? error.details : []
  const labelOf = (key: string) => object.fields.find((field) => field.key === key)?.label ?? key
  return (
    <Alert color="red" role="alert">
      {details.length === 0 && errorText(error)}
      {details.map(({ field, message }) => (
        <div key={field}>
          {labelOf(field)}: {message}
        </div>
      ))}
    </Alert>
  )
}
