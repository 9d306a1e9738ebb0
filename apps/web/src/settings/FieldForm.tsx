import { Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { FieldMeta, FieldType, ObjectMeta } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { CurrencySelect } from '../fields/CurrencySelect.tsx'
import { ComputedForm } from './ComputedForm.tsx'
import { ConditionsForm } from './ConditionsForm.tsx'
import { computedTypes } from './computedDraft.ts'
import { DefaultPart } from './DefaultPart.tsx'
import { FieldLimits } from './FieldLimits.tsx'
import { FieldSwitches } from './FieldSwitches.tsx'
import { FileLimits } from './FileLimits.tsx'
import type { DraftProblem, FieldDraft } from './fieldDraft.ts'
import { typesWithOptions } from './fieldTypes.ts'
import { LabelInputs } from './LabelInputs.tsx'
import { NumberingForm } from './NumberingForm.tsx'
import { anyLabel } from './naming.ts'
import { OptionsEditor } from './OptionsEditor.tsx'
import { type OptionDraft, optionChoices } from './optionDraft.ts'
import { RelationForm } from './RelationForm.tsx'
import { RemovalDialog } from './RemovalDialog.tsx'
import { TypeIcon } from './TypePicker.tsx'

interface FieldFormProps {
  object: ObjectMeta
  /** The field as it is; null for a new one. */
  field: FieldMeta | null
  draft: FieldDraft
  problems: DraftProblem[]
  onDraft: (draft: FieldDraft) => void
}

/** Values of these are made by the system or have their defaults elsewhere. */
const withoutDefault: FieldType[] = [...computedTypes, 'autonumber', 'relation', 'file']

/** Everything that can be said about a field; what does not fit its type is not shown. */
export function FieldForm({ object, field, draft, problems, onDraft }: FieldFormProps) {
  const { t } = useTranslation(['settings', 'modelling'])
  const set = (part: Partial<FieldDraft>) => onDraft({ ...draft, ...part })
  const [leaving, setLeaving] = useState<{ option: OptionDraft; remove: () => void }>()
  const isComputed = computedTypes.includes(draft.type)
  // Lookups and rollups have the currency of what they look at.
  const isAmount =
    draft.type === 'money' || (draft.type === 'formula' && ['', 'money'].includes(draft.computed.resultType))
  return (
    <Stack gap="md">
      <Group gap="xs">
        <TypeIcon type={draft.type} />
        <Text size="sm" fw={500}>
          {t(`settings:type.${draft.type}.name`)}
        </Text>
      </Group>
      <LabelInputs
        label={t('settings:field.name')}
        value={draft.labels}
        error={problems.includes('label') ? t('settings:problem.label') : undefined}
        autoFocus
        onChange={(labels) => set({ labels })}
      />
      {draft.type === 'relation' && (
        <RelationForm
          object={object}
          isNew={!field}
          fieldLabel={anyLabel(draft.labels)}
          required={draft.required}
          draft={draft.relation}
          problems={problems}
          onDraft={(relation) => set({ relation })}
        />
      )}
      {isComputed && (
        <ComputedForm
          object={object}
          field={field}
          type={draft.type}
          currency={draft.currency}
          draft={draft.computed}
          error={problems.includes('computed') ? t('modelling:computed.missing') : undefined}
          onDraft={(computed) => set({ computed })}
        />
      )}
      {draft.type === 'autonumber' && (
        <NumberingForm
          numbering={draft.numbering}
          located={object.located}
          onChange={(numbering) => set({ numbering })}
        />
      )}
      {typesWithOptions.includes(draft.type) && (
        <OptionsEditor
          options={draft.options}
          error={problems.includes('options') ? t('settings:problem.options') : undefined}
          onChange={(options) => set({ options })}
          onRemoval={field ? (option, remove) => setLeaving({ option, remove }) : undefined}
        />
      )}
      {field && leaving && (
        <RemovalDialog
          kind="option"
          name={anyLabel(leaving.option.labels)}
          thing={[object.slug, field.key, leaving.option.value]}
          ask={() => client.objects.optionDependents(object.slug, field.key, leaving.option.value)}
          onRemove={async () => leaving.remove()}
          onClose={() => setLeaving(undefined)}
        />
      )}
      <FieldSwitches isTimed={object.fields.some(({ type }) => type === 'datetime')} draft={draft} onChange={set} />
      {draft.type === 'file' && <FileLimits rules={draft.rules} onChange={(rules) => set({ rules })} />}
      <FieldLimits type={draft.type} rules={draft.rules} onChange={(rules) => set({ rules })} />
      {isAmount && (
        <CurrencySelect
          label={t('settings:field.currency')}
          description={t('settings:field.currencyHelp')}
          clearable
          clearButtonProps={{ 'aria-label': t('settings:clear') }}
          value={draft.currency}
          onChange={(currency) => set({ currency })}
        />
      )}
      {!withoutDefault.includes(draft.type) && <DefaultPart object={object} draft={draft} onChange={set} />}
      <Appearance object={object} draft={draft} onChange={set} />
      {!isComputed && draft.type !== 'autonumber' && (
        <ConditionsForm
          object={object}
          type={draft.type}
          fieldKey={field?.key}
          options={optionChoices(draft.options)}
          conditions={draft.conditions}
          onChange={(conditions) => set({ conditions })}
        />
      )}
    </Stack>
  )
}

interface AppearanceProps extends Pick<FieldFormProps, 'object' | 'draft'> {
  onChange: (part: Partial<FieldDraft>) => void
}

/** Where it stands in forms, and what is said beside it. */
function Appearance({ object, draft, onChange }: AppearanceProps) {
  const { t } = useTranslation('settings')
  const sections = [...new Set(object.fields.map(({ section }) => section).filter((section) => section !== null))]
  return (
    <>
      <TextInput
        label={t('field.section')}
        description={t('field.sectionHelp')}
        list="field-sections"
        value={draft.section}
        onChange={(event) => onChange({ section: event.currentTarget.value })}
      />
      <datalist id="field-sections">
        {sections.map((section) => (
          <option key={section} value={section} />
        ))}
      </datalist>
      <Textarea
        label={t('field.help')}
        description={t('field.helpHelp')}
        autosize
        minRows={1}
        value={draft.help}
        onChange={(event) => onChange({ help: event.currentTarget.value })}
      />
    </>
  )
}
