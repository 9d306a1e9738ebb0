import { Alert, Stack, Switch } from '@mantine/core'
import type { FieldMeta, FieldType, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useObject } from '../api/objects.ts'
import { shownType } from '../fields/format.ts'
import { Select } from '../ui/Select.tsx'
import { type ComputedDraft, resultTypes, rollupOps } from './computedDraft.ts'
import { FailingRecords } from './FailingRecords.tsx'
import { FilterSwitch } from './FilterSwitch.tsx'
import { FormulaEditor } from './FormulaEditor.tsx'

interface ComputedFormProps {
  object: ObjectMeta
  /** The field as it is; null for a new one. */
  field: FieldMeta | null
  type: FieldType
  currency: string
  draft: ComputedDraft
  error: string | undefined
  onDraft: (draft: ComputedDraft) => void
}

/** How a computed field comes to its value, and who may see it. */
export function ComputedForm(props: ComputedFormProps) {
  const { object, field, type, draft, error, onDraft } = props
  const { t } = useTranslation('modelling')
  const set = (part: Partial<ComputedDraft>) => onDraft({ ...draft, ...part })
  return (
    <Stack gap="md">
      {field?.computed?.problem && (
        <Alert color="yellow" role="status">
          {t('computed.problem', { problem: field.computed.problem })}
        </Alert>
      )}
      {type === 'formula' ? (
        <>
          <FormulaEditor
            object={object}
            label={t('formula.label')}
            description={t('formula.help')}
            value={draft.expression}
            error={error}
            resultType={draft.resultType}
            currency={props.currency}
            fieldKey={field?.key}
            onChange={(expression) => set({ expression })}
          />
          <Select
            label={t('computed.resultType')}
            description={t('computed.resultTypeHelp')}
            clearable
            clearButtonProps={{ 'aria-label': t('settings:clear') }}
            placeholder={t('computed.inferred')}
            value={draft.resultType || null}
            data={resultTypes.map((value) => ({ value, label: t(`settings:type.${value}.name`) }))}
            onChange={(value) => set({ resultType: (value ?? '') as FieldType | '' })}
          />
        </>
      ) : (
        !draft.activities && <OverRelation {...props} />
      )}
      <Switch
        label={t('computed.shared')}
        description={t(draft.shared ? 'computed.sharedOn' : 'computed.sharedOff')}
        checked={draft.shared}
        onChange={(event) => set({ shared: event.currentTarget.checked })}
      />
      {field && <FailingRecords object={object} field={field} />}
    </Stack>
  )
}

const counted = new Set<FieldType>(['number', 'integer', 'money', 'percent', 'duration', 'rating'])
const ordered = new Set<FieldType>([...counted, 'date', 'datetime', 'time'])

/** A lookup or a rollup: over which relation, of which field, and how. */
function OverRelation({ object, type, draft, error, onDraft }: ComputedFormProps) {
  const { t } = useTranslation('modelling')
  const set = (part: Partial<ComputedDraft>) => onDraft({ ...draft, ...part })
  const relation = object.relations.find(({ key }) => key === draft.relation)
  const { data: other } = useObject(relation?.object ?? '', relation !== undefined)
  const fits = (field: FieldMeta) => {
    if (type === 'lookup') return field.type !== 'relation'
    return (draft.op === 'sum' || draft.op === 'avg' ? counted : ordered).has(shownType(field))
  }
  const needsField = type === 'lookup' || draft.op !== 'count'
  return (
    <>
      <Select
        label={t('computed.relation')}
        searchable
        allowDeselect={false}
        error={draft.relation === '' ? error : undefined}
        value={draft.relation || null}
        data={object.relations.map(({ key, label }) => ({ value: key, label }))}
        onChange={(key) => set({ relation: key ?? '', field: '', filter: null })}
      />
      {type === 'rollup' && (
        <Select
          label={t('computed.op')}
          allowDeselect={false}
          value={draft.op}
          data={rollupOps.map((op) => ({ value: op, label: t(`computed.ops.${op}`) }))}
          onChange={(op) => set({ op: (op ?? 'count') as ComputedDraft['op'], field: '' })}
        />
      )}
      {needsField && (
        <Select
          label={other ? t('computed.fieldOf', { objects: other.labelPlural }) : t('computed.field')}
          searchable
          allowDeselect={false}
          disabled={!other}
          error={draft.relation !== '' ? error : undefined}
          value={draft.field || null}
          data={(other?.fields ?? []).filter(fits).map(({ key, label }) => ({ value: key, label }))}
          nothingFoundMessage={t('computed.noField')}
          onChange={(field) => set({ field: field ?? '' })}
        />
      )}
      {type === 'rollup' && other && (
        <FilterSwitch
          key={other.slug}
          label={t('computed.filter', { objects: other.labelPlural })}
          object={other}
          hops={1}
          filter={draft.filter}
          onChange={(filter) => set({ filter })}
        />
      )}
    </>
  )
}
