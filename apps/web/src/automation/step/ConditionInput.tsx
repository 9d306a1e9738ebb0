import { Input, Text } from '@mantine/core'
import type { Filter, WorkflowCondition } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useObject } from '../../api/objects.ts'
import { FilterBox } from '../../settings/FilterSwitch.tsx'
import { useForm } from './formContext.ts'

interface ConditionInputProps {
  label: string
  part: string
  value: WorkflowCondition
  onChange: (condition: WorkflowCondition) => void
  /** Of which object the records are; what the workflow is about without. */
  of?: string
}

/** Over how many relations a condition may look. */
const farthest = 2

/** «Where status is any of New and patient is from Berlin»: the filter of lists, asked of one record. */
export function ConditionInput({ label, part, value, onChange, of }: ConditionInputProps) {
  const { t } = useTranslation('automation')
  const { flow, problem } = useForm()
  const slug = of ?? flow.object ?? ''
  const { data: object } = useObject(slug, slug !== '')
  return (
    <Input.Wrapper label={label} labelElement="div" error={problem(part)}>
      {object ? (
        <FilterBox
          key={slug}
          label={label}
          object={object}
          hops={farthest}
          filter={(value as Filter | null | undefined) ?? null}
          onChange={onChange}
        />
      ) : (
        <Text size="xs" c="dimmed">
          {t('form.noObject')}
        </Text>
      )}
    </Input.Wrapper>
  )
}
