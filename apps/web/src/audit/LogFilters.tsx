import { Button } from '@mantine/core'
import type { LogFilter } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import { Select } from '../ui/Select.tsx'
import classes from './audit.module.css'
import { isFiltered, type LogFilterChange } from './auditAddress.ts'
import { LogSearch } from './LogSearch.tsx'
import { OperationFilter } from './OperationFilter.tsx'
import { PeriodFilter } from './PeriodFilter.tsx'
import { PersonFilter } from './PersonFilter.tsx'

interface LogFiltersProps {
  filter: LogFilter
  onChange: (change: LogFilterChange) => void
  onClear: () => void
}

/** Who, what, on what, how it ended, when; or the record or request that one has in hand. */
export function LogFilters({ filter, onChange, onClear }: LogFiltersProps) {
  const { t } = useTranslation('audit')
  const { objects } = useWorkspace()
  return (
    <search className={classes.filters} aria-label={t('filter.label')}>
      <LogSearch filter={filter} onChange={onChange} />
      <PersonFilter person={filter.user} onChange={(user) => onChange({ user })} />
      <OperationFilter chosen={filter.operation} onChange={(operation) => onChange({ operation })} />
      <Select
        size="xs"
        className={classes.object}
        aria-label={t('filter.object')}
        placeholder={t('filter.anyObject')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('filter.anyObject') }}
        comboboxProps={{ width: 220, position: 'bottom-start' }}
        value={filter.object ?? null}
        onChange={(object) => onChange({ object: object ?? undefined })}
        data={objects.map(({ slug, labelPlural }) => ({ value: slug, label: labelPlural }))}
      />
      <Select
        size="xs"
        className={classes.outcome}
        aria-label={t('filter.outcome')}
        placeholder={t('filter.anyOutcome')}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.anyOutcome') }}
        value={filter.outcome ?? null}
        onChange={(outcome) => onChange({ outcome: outcome ?? undefined })}
        data={(['done', 'failed'] as const).map((value) => ({ value, label: t(`outcome.${value}`) }))}
      />
      <PeriodFilter days={filter} onChange={onChange} />
      {isFiltered(filter) && (
        <Button variant="subtle" color="gray" onClick={onClear}>
          {t('filter.clear')}
        </Button>
      )}
    </search>
  )
}
