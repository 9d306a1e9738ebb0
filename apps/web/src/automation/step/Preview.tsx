import { useDebouncedValue } from '@mantine/hooks'
import type { WorkflowValue } from '@oneforge/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { workflowKeys } from '../queries.ts'
import { useForm } from './formContext.ts'
import classes from './step.module.css'

/** Milliseconds without a key before the server is asked. */
const pause = 300

/** What becomes of a text or a formula with the record that was chosen. */
export function Preview({ value, as }: { value: WorkflowValue; as: 'text' | 'value' }) {
  const { t } = useTranslation('automation')
  const { flow, recordId } = useForm()
  const [asked] = useDebouncedValue(value, pause)
  const input = { value: asked, as, ...(flow.object && { object: flow.object }), ...(recordId && { recordId }) }
  const { data } = useQuery({
    queryKey: [...workflowKeys.all, 'preview', input],
    queryFn: ({ signal }) => client.workflows.preview(input, signal),
    placeholderData: keepPreviousData,
    enabled: recordId !== undefined && !isEmpty(asked),
    retry: false,
  })
  if (!data || isEmpty(value)) return null
  return (
    <output className={classes.preview} data-error={data.error !== null || undefined} dir="auto">
      <span className={classes.previewLabel}>{t('preview.becomes')}</span>{' '}
      {data.error ?? shown(data.value) ?? t('nothing')}
    </output>
  )
}

function isEmpty(value: WorkflowValue): boolean {
  if (typeof value !== 'object' || value === null) return value === '' || value === null
  return 'formula' in value && String(value.formula).trim() === ''
}

function shown(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
