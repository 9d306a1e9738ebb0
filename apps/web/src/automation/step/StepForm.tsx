import { Alert, Group, Stack, Switch, TextInput } from '@mantine/core'
import { IconCopy, IconTrash } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import type { Step, StepType } from '../flow/flow.ts'
import { flowForms } from './flowForms.tsx'
import type { FormProps, Forms } from './formOf.ts'
import { messageForms } from './messageForms.tsx'
import { outsideForms } from './outsideForms.tsx'
import { recordForms } from './recordForms.tsx'
import { workForms } from './workForms.tsx'

const forms: Forms<StepType> = { ...messageForms, ...workForms, ...recordForms, ...flowForms, ...outsideForms }

interface StepFormProps {
  step: Step
  /** What is wrong with it, each in a sentence. */
  problems: string[]
  /** @param part what of it was changed: typing into one part is one change to take back. */
  onChange: (step: Step, part: string) => void
  onDuplicate: () => void
  onRemove: () => void
}

/** Everything that a step is told, in the words of the workspace. */
export function StepForm({ step, problems, onChange, onDuplicate, onRemove }: StepFormProps) {
  const { t } = useTranslation('automation')
  // Each form is for steps of its own kind: which one a step is, its type says.
  const Form = forms[step.type] as ComponentType<{ step: Step; set: FormProps<StepType>['set'] }>
  const set = (parts: object) => onChange(withParts(step, parts), Object.keys(parts).join())
  return (
    <Stack gap="md">
      {problems.length > 0 && (
        <Alert color="red" role="status" p="xs">
          {problems.map((problem) => (
            <div key={problem}>{problem}</div>
          ))}
        </Alert>
      )}
      <Form key={step.id} step={step} set={set} />
      <TextInput
        label={t('form.name')}
        placeholder={t(`step.${step.type}`)}
        value={step.name ?? ''}
        onChange={(event) => set({ name: event.currentTarget.value || undefined })}
      />
      <Group justify="space-between">
        <Switch
          label={t('form.on')}
          checked={step.off !== true}
          onChange={(event) => set({ off: event.currentTarget.checked ? undefined : true })}
        />
        <Group gap={4}>
          <IconButton label={t('act.duplicate')} onClick={onDuplicate}>
            <IconCopy size={16} />
          </IconButton>
          <IconButton label={t('act.remove')} onClick={onRemove}>
            <IconTrash size={16} />
          </IconButton>
        </Group>
      </Group>
    </Stack>
  )
}

function withParts(step: Step, parts: object): Step {
  const next = Object.entries({ ...step, ...parts }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(next) as unknown as Step
}
