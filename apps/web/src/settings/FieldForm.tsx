import { Checkbox, Group, NumberInput, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import { FieldEditor } from '../fields/FieldEditor.tsx'
import { anyLabel, type draftProblems, type FieldDraft, optionInputs } from './fieldDraft.ts'
import {
  dayRules,
  numberRules,
  typesThatCanBeSearched,
  typesThatCanBeSorted,
  typesThatCanBeUnique,
  typesWithDefault,
  typesWithOptions,
  typesWithPattern,
} from './fieldTypes.ts'
import { LabelInputs } from './LabelInputs.tsx'
import { OptionsEditor } from './OptionsEditor.tsx'
import { TypeIcon } from './TypePicker.tsx'

interface FieldFormProps {
  object: ObjectMeta
  isNew: boolean
  draft: FieldDraft
  problems: ReturnType<typeof draftProblems>
  onDraft: (draft: FieldDraft) => void
}

/** Everything that can be said about a field; what does not fit its type is not shown. */
export function FieldForm({ object, isNew, draft, problems, onDraft }: FieldFormProps) {
  const { t } = useTranslation('settings')
  const set = (part: Partial<FieldDraft>) => onDraft({ ...draft, ...part })
  const sections = [...new Set(object.fields.map(({ section }) => section).filter((section) => section !== null))]
  const part = { draft, set, problems }
  return (
    <Stack gap="md">
      <Group gap="xs">
        <TypeIcon type={draft.type} />
        <Text size="sm" fw={500}>
          {t(`type.${draft.type}.name`)}
        </Text>
      </Group>
      <LabelInputs
        label={t('field.name')}
        value={draft.labels}
        error={problems.includes('label') ? t('problem.label') : undefined}
        autoFocus
        onChange={(labels) => set({ labels })}
      />
      {draft.type === 'relation' && <RelationPart {...part} isNew={isNew} object={object} />}
      {typesWithOptions.includes(draft.type) && (
        <OptionsEditor
          options={draft.options}
          error={problems.includes('options') ? t('problem.options') : undefined}
          onChange={(options) => set({ options })}
        />
      )}
      <Switches {...part} />
      <RulesPart {...part} />
      {draft.type === 'money' && (
        <TextInput
          label={t('field.currency')}
          description={t('field.currencyHelp')}
          maxLength={3}
          value={draft.currency}
          onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
        />
      )}
      {typesWithDefault.includes(draft.type) && (
        <FieldEditor
          variant="form"
          field={previewField(draft, t('field.default'))}
          value={draft.default}
          onChange={(value) => set({ default: value })}
        />
      )}
      <TextInput
        label={t('field.section')}
        description={t('field.sectionHelp')}
        list="field-sections"
        value={draft.section}
        onChange={(event) => set({ section: event.currentTarget.value })}
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
        onChange={(event) => set({ help: event.currentTarget.value })}
      />
    </Stack>
  )
}

type PartProps = Pick<FieldFormProps, 'draft' | 'problems'> & { set: (part: Partial<FieldDraft>) => void }

function Switches({ draft, set }: PartProps) {
  const { t } = useTranslation('settings')
  const shown = [
    ['required', draft.type !== 'boolean'],
    ['unique', typesThatCanBeUnique.includes(draft.type)],
    ['searchable', typesThatCanBeSearched.includes(draft.type)],
    ['sortable', typesThatCanBeSorted.includes(draft.type)],
  ] as const
  return (
    <Stack gap="xs">
      {shown
        .filter(([, fits]) => fits)
        .map(([name]) => (
          <Checkbox
            key={name}
            label={t(`field.${name}`)}
            description={t(`field.${name}Help`)}
            checked={draft[name]}
            onChange={(event) => set({ [name]: event.currentTarget.checked })}
          />
        ))}
    </Stack>
  )
}

function RulesPart({ draft, set }: PartProps) {
  const { t } = useTranslation('settings')
  const { rules } = draft
  const numbers = numberRules[draft.type] ?? []
  const days = dayRules[draft.type] ?? []
  return (
    <>
      {(numbers.length > 0 || days.length > 0) && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {numbers.map((rule) => (
            <NumberInput
              key={rule}
              label={t(`rule.${rule}`)}
              value={rules[rule] ?? ''}
              onChange={(value) => set({ rules: { ...rules, [rule]: value === '' ? undefined : Number(value) } })}
            />
          ))}
          {days.map((rule) => (
            <TextInput
              key={rule}
              label={t(`rule.${rule}`)}
              placeholder="today, 2026-12-31"
              value={rules[rule] ?? ''}
              onChange={(event) => set({ rules: { ...rules, [rule]: event.currentTarget.value.trim() || undefined } })}
            />
          ))}
        </SimpleGrid>
      )}
      {typesWithPattern.includes(draft.type) && (
        <TextInput
          label={t('rule.pattern')}
          description={t('rule.patternHelp')}
          value={rules.pattern ?? ''}
          onChange={(event) => set({ rules: { ...rules, pattern: event.currentTarget.value || undefined } })}
        />
      )}
    </>
  )
}

function RelationPart({ draft, set, problems, isNew, object }: PartProps & { isNew: boolean; object: ObjectMeta }) {
  const { t } = useTranslation('settings')
  const { objects } = useWorkspace()
  return (
    <>
      <Select
        label={t('relation.target')}
        searchable
        disabled={!isNew}
        value={draft.target || null}
        data={objects.map(({ slug, labelPlural }) => ({ value: slug, label: labelPlural }))}
        error={problems.includes('target') ? t('problem.target') : undefined}
        onChange={(target) => set({ target: target ?? '', inverseLabel: draft.inverseLabel || object.labelPlural })}
      />
      <Checkbox
        label={t('relation.many')}
        description={t('relation.manyHelp')}
        disabled={!isNew}
        checked={draft.many}
        onChange={(event) => set({ many: event.currentTarget.checked })}
      />
      <TextInput
        label={t('relation.inverse')}
        description={t('relation.inverseHelp')}
        disabled={!isNew}
        value={draft.inverseLabel}
        error={problems.includes('inverse') ? t('problem.inverse') : undefined}
        onChange={(event) => set({ inverseLabel: event.currentTarget.value })}
      />
    </>
  )
}

/** The field as it will be, so that its default is typed into the very input that records will have. */
function previewField(draft: FieldDraft, label: string): FieldMeta {
  return {
    id: '',
    key: 'default',
    label,
    labels: { en: label },
    type: draft.type,
    help: null,
    section: null,
    required: false,
    unique: false,
    sortable: false,
    searchable: false,
    phi: false,
    system: false,
    options: optionInputs(draft.options)
      .map(({ value, color }, index) => ({ value, color, label: anyLabel(draft.options[index]?.labels ?? { en: '' }) }))
      .filter(({ label }) => label !== ''),
    rules: draft.rules,
    default: null,
    currency: draft.currency || null,
    position: 0,
    access: 'write',
  }
}
