import { Checkbox } from '@mantine/core'
import type { ObjectMeta, RecordData } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { isOpen, stageIn } from './kinds.ts'
import { useTick } from './useTick.ts'

/** The box of a task: ticked where it is done. */
export function TickBox({ object, record }: { object: ObjectMeta; record: RecordData }) {
  const { t } = useTranslation('activities')
  const { tick, mayTick } = useTick(object)
  return (
    <Checkbox
      size="xs"
      radius="xl"
      aria-label={t('done', { title: record.title })}
      checked={!isOpen(object, stageIn(object, record))}
      disabled={!mayTick}
      onChange={() => tick(record)}
    />
  )
}
