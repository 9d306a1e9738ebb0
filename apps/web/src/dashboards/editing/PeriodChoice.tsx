import { Input, Select, Stack, Switch } from '@mantine/core'
import type { FieldMeta, Widget, WidgetPeriod } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { RangeSelect } from '../RangeSelect.tsx'
import { isDate } from './kinds.ts'

interface PeriodChoiceProps {
  widget: Widget
  fields: FieldMeta[]
  onChange: (changes: Pick<Widget, 'period'>) => void
}

/** Which date days are counted by, and which days: those of the board, or its own. */
export function PeriodChoice({ widget, fields, onChange }: PeriodChoiceProps) {
  const { t } = useTranslation('dashboards')
  const period = widget.period ?? {}
  const dates = fields.filter(isDate)
  const put = (changes: Partial<WidgetPeriod>) => {
    const next = Object.fromEntries(Object.entries({ ...period, ...changes }).filter(([, value]) => value))
    onChange({ period: Object.keys(next).length > 0 ? next : undefined })
  }
  return (
    <Stack gap={8}>
      <Select
        label={t('form.dateField')}
        placeholder={t('form.anyDate')}
        clearable
        clearButtonProps={{ 'aria-label': t('form.anyDate') }}
        value={period.field ?? null}
        onChange={(field) => put({ field: field ?? undefined })}
        data={dates.map(({ key, label }) => ({ value: key, label }))}
      />
      <Input.Wrapper label={t('form.days')}>
        <RangeSelect
          label={t('form.days')}
          without={t(period.fixed ? 'range.without' : 'form.daysOfBoard')}
          range={period.range ?? null}
          size="sm"
          onChange={(range) =>
            put({ range: range ?? undefined, ...(range && !period.field && dates[0] && { field: dates[0].key }) })
          }
        />
      </Input.Wrapper>
      <Switch
        label={t('form.fixed')}
        checked={period.fixed ?? false}
        onChange={({ currentTarget }) => put({ fixed: currentTarget.checked })}
      />
    </Stack>
  )
}
