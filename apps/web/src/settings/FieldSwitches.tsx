import { Checkbox, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { computedTypes } from './computedDraft.ts'
import type { FieldDraft } from './fieldDraft.ts'
import {
  typesThatCanBeExclusive,
  typesThatCanBeSearched,
  typesThatCanBeSorted,
  typesThatCanBeUngrouped,
  typesThatCanBeUnique,
} from './fieldTypes.ts'

interface FieldSwitchesProps {
  /** Records of the object begin at a moment. */
  isTimed: boolean
  draft: FieldDraft
  onChange: (part: Partial<FieldDraft>) => void
}

/** Yes or no: needed, unique, found, sorted by. What does not fit the type is not asked. */
export function FieldSwitches({ isTimed, draft, onChange }: FieldSwitchesProps) {
  const { t } = useTranslation(['settings', 'modelling'])
  const isComputed = computedTypes.includes(draft.type)
  const type = isComputed ? draft.computed.resultType || draft.type : draft.type
  const isOpen = isComputed && !draft.computed.resultType
  const isNumbered = draft.type === 'autonumber'
  const shown = [
    ['required', draft.type !== 'boolean' && !isComputed && !isNumbered],
    ['unique', !isComputed && typesThatCanBeUnique.includes(type)],
    ['searchable', isOpen || typesThatCanBeSearched.includes(type)],
    ['sortable', isOpen || typesThatCanBeSorted.includes(type)],
  ] as const
  return (
    <Stack gap="xs">
      {shown
        .filter(([, fits]) => fits)
        .map(([name]) => (
          <Checkbox
            key={name}
            label={t(`settings:field.${name}`)}
            description={t(`settings:field.${name}Help`)}
            checked={draft[name]}
            onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
          />
        ))}
      {isTimed && typesThatCanBeExclusive.includes(draft.type) && (
        <Exclusive rules={draft.rules} onChange={(rules) => onChange({ rules })} />
      )}
      {typesThatCanBeUngrouped.includes(draft.type) && (
        <Checkbox
          label={t('settings:field.ungrouped')}
          description={t('settings:field.ungroupedHelp')}
          checked={draft.rules.ungrouped ?? false}
          onChange={({ currentTarget }) => {
            const { ungrouped: _before, ...others } = draft.rules
            onChange({ rules: currentTarget.checked ? { ...others, ungrouped: true } : others })
          }}
        />
      )}
      {draft.unique && (
        <Checkbox
          ms="xl"
          label={t('modelling:unique.ignoreAccents')}
          description={t('modelling:unique.ignoreAccentsHelp')}
          checked={draft.ignoreAccents}
          onChange={(event) => onChange({ ignoreAccents: event.currentTarget.checked })}
        />
      )}
    </Stack>
  )
}

interface ExclusiveProps {
  rules: FieldDraft['rules']
  onChange: (rules: FieldDraft['rules']) => void
}

/** Whether it may be booked twice for the same time, and whether that is told of or refused. */
function Exclusive({ rules, onChange }: ExclusiveProps) {
  const { t } = useTranslation('settings')
  const { exclusive, ...others } = rules
  const set = (value: FieldDraft['rules']['exclusive']) => onChange(value ? { ...others, exclusive: value } : others)
  return (
    <>
      <Checkbox
        label={t('field.exclusive')}
        description={t('field.exclusiveHelp')}
        checked={Boolean(exclusive)}
        onChange={({ currentTarget }) => set(currentTarget.checked)}
      />
      {exclusive && (
        <Checkbox
          ms="xl"
          label={t('field.exclusiveRefuse')}
          description={t('field.exclusiveRefuseHelp')}
          checked={exclusive === 'refuse'}
          onChange={({ currentTarget }) => set(currentTarget.checked ? 'refuse' : true)}
        />
      )}
    </>
  )
}
