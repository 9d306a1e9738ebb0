import type { TaskAssignee, WorkflowTarget } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select.tsx'
import { type Step, stepsWithin } from '../flow/flow.ts'
import { useForm } from './formContext.ts'

interface FieldSelectProps {
  label: string
  part: string
  value: string | undefined
  onChange: (path: string) => void
  /** Which of them; all without. */
  only?: (field: { type: string; writable: boolean }) => boolean
}

/** A field of what the workflow is about. */
export function FieldSelect({ label, part, value, onChange, only = () => true }: FieldSelectProps) {
  const { t } = useTranslation('automation')
  const { vocabulary, problem } = useForm()
  return (
    <Select
      label={label}
      searchable
      placeholder={t('choose')}
      error={problem(part)}
      value={value || null}
      data={(vocabulary?.fields ?? []).filter(only).map(({ path, label: name }) => ({ value: path, label: name }))}
      onChange={(path) => onChange(path ?? '')}
    />
  )
}

/** A relation of what the workflow is about. @param to only those that lead to the object of this slug. */
export function RelationSelect({
  label,
  part,
  value,
  onChange,
  many = false,
  to,
}: Omit<FieldSelectProps, 'only'> & { many?: boolean; to?: string }) {
  const { t } = useTranslation('automation')
  const { vocabulary, problem } = useForm()
  return (
    <Select
      label={label}
      searchable
      placeholder={t('choose')}
      error={problem(part)}
      value={value || null}
      data={(vocabulary?.relations ?? [])
        .filter(({ toMany, objects }) => (!many || toMany) && (to === undefined || objects.includes(to)))
        .map(({ key, label: name }) => ({ value: key, label: name }))}
      onChange={(key) => onChange(key ?? '')}
    />
  )
}

export function ObjectSelect({ label, part, value, onChange }: Omit<FieldSelectProps, 'only'>) {
  const { t } = useTranslation('automation')
  const { vocabulary, problem } = useForm()
  return (
    <Select
      label={label}
      searchable
      placeholder={t('choose')}
      error={problem(part)}
      value={value || null}
      data={(vocabulary?.objects ?? []).map(({ slug, label: name }) => ({ value: slug, label: name }))}
      onChange={(slug) => onChange(slug ?? '')}
    />
  )
}

interface PersonSelectProps {
  label: string
  part: string
  value: TaskAssignee | string | undefined
  /** What is not a person is told as the step wants it: see `from`. */
  onChange: (value: TaskAssignee) => void
  /** Without those that hang on the record. */
  named?: boolean
}

/** Somebody: whom the record belongs to, all with a role, or one person. */
export function PersonSelect({ label, part, value, onChange, named = false }: PersonSelectProps) {
  const { t } = useTranslation('automation')
  const { vocabulary, problem } = useForm()
  const ofRecord = (['owner', 'creator'] as const).map((one) => ({ value: one, label: t(`person.${one}`) }))
  const roles = vocabulary?.roles.map(({ key, label: name }) => ({ value: `role:${key}`, label: name })) ?? []
  const people = vocabulary?.members.map(({ id, name }) => ({ value: `user:${id}`, label: name })) ?? []
  return (
    <Select
      label={label}
      searchable
      placeholder={t('choose')}
      error={problem(part)}
      value={chosen(value)}
      data={[
        ...(named ? [] : [{ group: t('person.ofRecord'), items: ofRecord }]),
        { group: t('person.roles'), items: roles },
        { group: t('person.people'), items: people },
      ]}
      onChange={(key) => key && onChange(read(key))}
    />
  )
}

function chosen(value: TaskAssignee | string | undefined): string | null {
  if (value === undefined || value === '') return null
  if (typeof value === 'string') return value === 'owner' || value === 'creator' ? value : `role:${value}`
  return 'user' in value ? `user:${value.user}` : value.role ? `role:${value.role}` : null
}

function read(key: string): TaskAssignee {
  if (key === 'owner' || key === 'creator') return key
  const [kind, id = ''] = [key.slice(0, 4), key.slice(5)]
  return kind === 'role' ? { role: id } : { user: id }
}

interface TargetSelectProps {
  label: string
  value: WorkflowTarget | undefined
  onChange: (target: WorkflowTarget | undefined) => void
}

/** Which record a step is about: this one, one that a step before made, what a loop goes over, or one it is linked to. */
export function TargetSelect({ label, value, onChange }: TargetSelectProps) {
  const { t } = useTranslation('automation')
  const { flow, vocabulary, stepId } = useForm()
  const nameOf = (step: Step) => step.name || t(`step.${step.type}`)
  const items = (kind: 'step' | 'loop', type: Step['type']) =>
    [...stepsWithin(flow.steps)]
      .filter((step) => step.type === type && step.id !== stepId)
      .map((step) => ({ value: `${kind}:${step.id}`, label: t(`target.${kind}`, { step: nameOf(step) }) }))
  const relations = (vocabulary?.relations ?? [])
    .filter(({ toMany }) => !toMany)
    .map(({ key, label: name }) => ({ value: `relation:${key}`, label: name }))
  const [[kind, id] = ['', '']] = Object.entries(value ?? {})
  return (
    <Select
      label={label}
      allowDeselect={false}
      value={value ? `${kind}:${id}` : 'own'}
      data={[
        { value: 'own', label: t('thisRecord') },
        ...items('step', 'create_record'),
        ...items('loop', 'loop'),
        ...relations,
      ]}
      onChange={(key) => {
        const [of = '', ...rest] = (key ?? 'own').split(':')
        onChange(of === 'own' ? undefined : ({ [of]: rest.join(':') } as WorkflowTarget))
      }}
    />
  )
}
