import { Checkbox, SimpleGrid, Stack, TextInput } from '@mantine/core'
import type { ObjectMeta, OnDelete } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import { HelpButton } from '../help/HelpButton.tsx'
import { MultiSelect, Select } from '../ui/Select.tsx'
import type { DraftProblem } from './fieldDraft.ts'
import { LinkAttributes } from './LinkAttributes.tsx'
import classes from './modelling.module.css'
import { onDeleteChoices, type RelationDraft } from './relationDraft.ts'

interface RelationFormProps {
  object: ObjectMeta
  isNew: boolean
  /** What the field is called. */
  fieldLabel: string
  required: boolean
  draft: RelationDraft
  problems: DraftProblem[]
  onDraft: (draft: RelationDraft) => void
}

/** Where a relation leads, how many there are at each side, and what happens when one side goes. */
export function RelationForm({ object, isNew, fieldLabel, required, draft, problems, onDraft }: RelationFormProps) {
  const { t } = useTranslation(['modelling', 'settings'])
  const { objects } = useWorkspace()
  const set = (part: Partial<RelationDraft>) => onDraft({ ...draft, ...part })
  const perRecord = [
    { value: 'one', label: t('relation.one') },
    { value: 'many', label: t('relation.many') },
  ]
  return (
    <Stack gap="md" pos="relative">
      <div className={classes.help}>
        <HelpButton topic="relation" />
      </div>
      <MultiSelect
        label={t('relation.targets')}
        description={t('relation.targetsHelp')}
        searchable
        disabled={!isNew}
        value={draft.objects}
        data={objects.map(({ slug, labelPlural }) => ({ value: slug, label: labelPlural }))}
        error={problems.includes('target') ? t('settings:problem.target') : undefined}
        onChange={(chosen) => set({ objects: chosen, inverseLabel: draft.inverseLabel || object.labelPlural })}
      />
      <TextInput
        label={t('settings:relation.inverse')}
        description={t('settings:relation.inverseHelp')}
        value={draft.inverseLabel}
        error={problems.includes('inverse') ? t('settings:problem.inverse') : undefined}
        onChange={(event) => set({ inverseLabel: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t('relation.here', { object: object.label })}
          allowDeselect={false}
          disabled={!isNew}
          value={draft.many ? 'many' : 'one'}
          data={perRecord}
          onChange={(value) => set({ many: value === 'many' })}
        />
        <Select
          label={t('relation.there')}
          allowDeselect={false}
          disabled={!isNew}
          value={draft.inverseMany ? 'many' : 'one'}
          data={perRecord}
          onChange={(value) => set({ inverseMany: value === 'many' })}
        />
      </SimpleGrid>
      {draft.objects.length > 0 && (
        <RelationSentence object={object} fieldLabel={fieldLabel} required={required} draft={draft} />
      )}
      <Select
        label={t('relation.onDelete')}
        description={t(`relation.onDeleteHelp.${draft.onDelete}`)}
        allowDeselect={false}
        value={draft.onDelete}
        data={onDeleteChoices.map((value) => ({ value, label: t(`relation.onDeletes.${value}`) }))}
        onChange={(value) => set({ onDelete: (value ?? 'keep') as OnDelete })}
      />
      {draft.many && (
        <Checkbox
          label={t('relation.primary')}
          description={t('relation.primaryHelp', { object: object.label })}
          checked={draft.primary}
          onChange={(event) => set({ primary: event.currentTarget.checked })}
        />
      )}
      <LinkAttributes
        attributes={draft.attributes}
        error={problems.includes('attributes') ? t('relation.attributeProblem') : undefined}
        onChange={(attributes) => set({ attributes })}
      />
    </Stack>
  )
}

type RelationSentenceProps = Pick<RelationFormProps, 'object' | 'fieldLabel' | 'required' | 'draft'>

/** «A patient has one primary doctor; a doctor has many patients»: the relation said from both sides. */
function RelationSentence({ object, fieldLabel, required, draft }: RelationSentenceProps) {
  const { t, i18n } = useTranslation('modelling')
  const { objects } = useWorkspace()
  const labels = draft.objects.flatMap((slug) => objects.find((one) => one.slug === slug)?.label ?? [])
  const others = new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(labels)
  const here = draft.many ? 'many' : required ? 'exactlyOne' : 'one'
  const name = { field: fieldLabel || '…', inverse: draft.inverseLabel || '…' }
  return (
    <div className={classes.sentence} role="status">
      <p>{t(`relation.says.${here}`, { object: object.label, name: name.field, others })}</p>
      <p>
        {t(`relation.says.${draft.inverseMany ? 'many' : 'one'}`, {
          object: others,
          name: name.inverse,
          others: object.label,
        })}
      </p>
    </div>
  )
}
