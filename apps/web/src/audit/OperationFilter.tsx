import type { LoggedOperation } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { MultiSelect } from '../ui/Select.tsx'
import classes from './audit.module.css'
import { useLoggedOperations } from './auditLog.ts'
import { useEntryText } from './entryText.ts'

interface OperationFilterProps {
  /** Names of operations, separated by commas. */
  chosen: string | undefined
  onChange: (chosen: string | undefined) => void
}

/** What was done, in the words of the entries, under the headings of the API. */
export function OperationFilter({ chosen, onChange }: OperationFilterProps) {
  const { t } = useTranslation('audit')
  const { what } = useEntryText()
  const { data: operations = [] } = useLoggedOperations()
  const names = chosen?.split(',') ?? []
  const choice = ({ name, summary }: LoggedOperation) => ({ value: name, label: what(name, summary) })
  // Of two operations that people call the same, one choice stands for both.
  const byWords = Map.groupBy(operations, ({ name, summary }) => what(name, summary))
  const alike = (name: string) => {
    const operation = operations.find((candidate) => candidate.name === name)
    return operation ? (byWords.get(what(name, operation.summary)) ?? []).map((other) => other.name) : [name]
  }
  const firsts = [...byWords.values()].flatMap(([first]) => first ?? [])
  const groups = [...Map.groupBy(firsts, ({ tag }) => tag)]
  return (
    <MultiSelect
      size="xs"
      className={classes.operation}
      aria-label={t('filter.operation')}
      placeholder={names.length ? undefined : t('filter.anything')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('filter.anything') }}
      hidePickedOptions
      maxDropdownHeight={340}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
      value={names.filter((name) => firsts.some((first) => first.name === name))}
      onChange={(next) => onChange([...new Set(next.flatMap(alike))].join(',') || undefined)}
      data={groups.map(([group, members]) => ({ group, items: members.map(choice) }))}
    />
  )
}
