import { SegmentedControl } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { resourceField } from './diaryFields.ts'

/** All in one column, or one for each doctor, room or colleague: one click apart, on the same day. */
export function LayoutSwitch({ object, layout }: { object: ObjectMeta; layout: 'calendar' | 'schedule' }) {
  const { t } = useTranslation('calendar')
  const [params, setParams] = useSearchParams()
  const by = resourceField(object)
  if (!by) return null
  const show = (as: string) =>
    setParams(new URLSearchParams([...[...params].filter(([name]) => name !== 'as'), ['as', as]]), { replace: true })
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('layout')}
      value={layout}
      onChange={show}
      data={[
        { value: 'calendar', label: t('together') },
        { value: 'schedule', label: t('by', { field: by.label }) },
      ]}
    />
  )
}
