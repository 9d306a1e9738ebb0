import { Checkbox, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { computedTypes } from './computedDraft.ts'
import type { FieldDraft } from './fieldDraft.ts'
import {
  typesThatCanBeExclusive,
  typesThatCanBeSearched,
  typesThatCanBeSorted,
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
        <Checkbox
          label={t('settings:field.exclusive')}
          description={t('settings:field.exclusiveHelp')}
          checked={draft.rules.exclusive ?? false}
          onChange={({ currentTarget }) => {
            const { exclusive: _before, ...others } = draft.rules
            onChange({ rules: currentTarget.checked ? { ...others, exclusive: true } : others })
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
