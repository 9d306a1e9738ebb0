import { Fieldset, Input, NumberInput, SegmentedControl, Select, Switch, Textarea } from '@mantine/core'
import type { FieldMeta, Filter, ObjectMeta, Widget } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { useWorkspace } from '../../api/workspace.ts'
import { FilterBuilder } from '../../list/filters/FilterBuilder.tsx'
import { fromFilter, toFilter } from '../../list/filters/filterTree.ts'
import { relationsOf } from '../../list/filters/ways.ts'
import { SortLevels } from '../../list/sorting/SortLevels.tsx'
import { useListFields } from '../../list/useListFields.ts'
import { ColorPicker } from '../../settings/ColorPicker.tsx'
import { IconPicker } from '../../settings/IconPicker.tsx'
import { MultiSelect } from '../../ui/Select.tsx'
import { showError } from '../../ui/toast.tsx'
import { GroupChoice } from './GroupChoice.tsx'
import { isDate, ofObject, type Part, partsOf } from './kinds.ts'
import { MeasureChoice, MeasureList } from './MeasureChoice.tsx'
import { PeriodChoice } from './PeriodChoice.tsx'

interface WidgetFormProps {
  widget: Widget
  /** Undefined until it is known, and for widgets without one. */
  object: ObjectMeta | undefined
  onChange: (widget: Widget) => void
}

/** What is asked of a widget of this kind, one question below the other. */
export function WidgetForm({ widget, object, onChange }: WidgetFormProps) {
  const asked = partsOf(widget)
  return (
    <>
      {asked.includes('object') && <ObjectChoice widget={widget} onChange={onChange} />}
      {asked.includes('text') && <TextInput widget={widget} onChange={onChange} />}
      {object && <OfObject key={object.slug} widget={widget} object={object} asked={asked} onChange={onChange} />}
      {!object && asked.includes('limit') && <Limit widget={widget} onChange={onChange} />}
    </>
  )
}

type PartProps = Omit<WidgetFormProps, 'object'>

/** Another object begins anew with what that one has. */
function ObjectChoice({ widget, onChange }: PartProps) {
  const { t } = useTranslation('dashboards')
  const { objects } = useWorkspace()
  const cache = useQueryClient()
  async function choose(slug: string | null): Promise<void> {
    if (!slug || slug === widget.object) return
    try {
      const object = await cache.ensureQueryData({
        queryKey: keys.object(slug),
        queryFn: () => client.objects.get(slug),
      })
      onChange(ofObject(widget, object))
    } catch (error) {
      showError(error)
    }
  }
  return (
    <Select
      label={t('form.object')}
      searchable
      allowDeselect={false}
      value={widget.object ?? null}
      onChange={(slug) => void choose(slug)}
      data={objects.map(({ slug, labelPlural }) => ({ value: slug, label: labelPlural }))}
    />
  )
}

function TextInput({ widget, onChange }: PartProps) {
  const { t } = useTranslation('dashboards')
  return (
    <Textarea
      label={t('form.text')}
      description={t('form.textHelp')}
      autosize
      minRows={5}
      maxRows={16}
      maxLength={5000}
      value={widget.text ?? ''}
      onChange={({ currentTarget }) => onChange({ ...widget, text: currentTarget.value })}
    />
  )
}

function OfObject({ widget, object, asked, onChange }: PartProps & { object: ObjectMeta; asked: Part[] }) {
  const { t } = useTranslation('dashboards')
  const fields = useListFields(object)
  const put = (changes: Partial<Widget>) => onChange({ ...widget, ...changes })
  const groupedByDate = isDate(fields.find(({ key }) => key === widget.groupBy?.field))
  const has = (part: Part) => asked.includes(part)
  return (
    <>
      {has('measure') && (
        <MeasureChoice
          label={t('form.measure')}
          fields={fields}
          measure={widget.measure ?? { op: 'count' }}
          onChange={(measure) => put({ measure })}
        />
      )}
      {has('measures') && (
        <MeasureList
          fields={fields}
          most={widget.type === 'pivot' ? 3 : 5}
          measures={widget.measures ?? [{ op: 'count' }]}
          onChange={(measures) => put({ measures })}
        />
      )}
      {has('target') && (
        <NumberInput
          label={t('form.target')}
          min={0}
          value={widget.target ?? 0}
          onChange={(target) => put({ target: Number(target) || 0 })}
        />
      )}
      {has('groupBy') && (
        <GroupChoice
          label={t(has('columns') ? 'form.rows' : 'form.groupBy')}
          fields={fields}
          group={widget.groupBy}
          onChange={(groupBy) => put({ groupBy })}
        />
      )}
      {(has('thenBy') || has('columns')) && (
        <GroupChoice
          label={t(has('columns') ? 'form.columns' : 'form.thenBy')}
          fields={fields}
          group={widget.thenBy}
          isOptional={has('thenBy')}
          onChange={(thenBy) => put({ thenBy, ...(thenBy && { compare: undefined }) })}
        />
      )}
      {has('stacked') && widget.thenBy && widget.chart !== 'line' && (
        <Switch
          label={t('form.stacked')}
          checked={widget.stacked ?? false}
          onChange={({ currentTarget }) => put({ stacked: currentTarget.checked })}
        />
      )}
      {has('fields') && (
        <MultiSelect
          label={t('form.fields')}
          searchable
          value={widget.fields ?? []}
          onChange={(names) => names.length > 0 && put({ fields: names })}
          data={fields.map(({ key, label }) => ({ value: key, label }))}
        />
      )}
      {has('sort') && (
        <Input.Wrapper label={t('form.sort')}>
          <SortLevels object={object} fields={fields} sort={widget.sort ?? []} onChange={(sort) => put({ sort })} />
        </Input.Wrapper>
      )}
      {has('limit') && !groupedByDate && <Limit widget={widget} onChange={onChange} />}
      {has('period') && <PeriodChoice widget={widget} fields={fields} onChange={put} />}
      {has('compare') && !widget.thenBy && <Comparison widget={widget} onChange={put} />}
      {has('sparkline') && <Sparkline widget={widget} onChange={put} />}
      {has('look') && <Look widget={widget} onChange={put} />}
      {has('filter') && (
        <Fieldset legend={t('form.filter')} variant="unstyled">
          <Conditions object={object} fields={fields} filter={widget.filter ?? null} onChange={put} />
        </Fieldset>
      )}
    </>
  )
}

interface ConditionsProps {
  object: ObjectMeta
  fields: FieldMeta[]
  filter: Filter | null
  onChange: (changes: Pick<Widget, 'filter'>) => void
}

/** Keeps unfinished conditions to itself. */
function Conditions({ object, fields, filter, onChange }: ConditionsProps) {
  const ways = { object, hops: 1 }
  const [group, setGroup] = useState(() => fromFilter(filter, fields, relationsOf(ways)))
  function change(next: typeof group): void {
    const after = toFilter(next)
    setGroup(next)
    if (JSON.stringify(after) !== JSON.stringify(toFilter(group))) onChange({ filter: after })
  }
  return <FilterBuilder fields={fields} ways={ways} group={group} onChange={change} />
}

interface ChangeProps {
  widget: Widget
  onChange: (changes: Partial<Widget>) => void
}

function Limit({ widget, onChange }: PartProps) {
  const { t } = useTranslation('dashboards')
  const isList = widget.type === 'recent' || widget.type === 'tasks'
  return (
    <NumberInput
      label={t(isList ? 'form.most' : 'form.groups')}
      min={1}
      max={isList ? 50 : 100}
      value={widget.limit ?? ''}
      placeholder={isList || widget.type === 'leaderboard' ? '10' : '12'}
      onChange={(limit) => onChange({ ...widget, limit: Number(limit) || undefined })}
    />
  )
}

function Comparison({ widget, onChange }: ChangeProps) {
  const { t } = useTranslation('dashboards')
  return (
    <Select
      label={t('form.compare')}
      description={t('form.compareHelp')}
      placeholder={t('form.nothing')}
      clearable
      clearButtonProps={{ 'aria-label': t('form.nothing') }}
      value={widget.compare ?? null}
      onChange={(compare) => onChange({ compare: (compare as Widget['compare']) ?? undefined })}
      data={(['previous', 'lastYear'] as const).map((value) => ({ value, label: t(`compare.${value}`) }))}
    />
  )
}

/** A line needs a date along which it goes. */
function Sparkline({ widget, onChange }: ChangeProps) {
  const { t } = useTranslation('dashboards')
  return (
    <Input.Wrapper label={t('form.sparkline')}>
      <SegmentedControl
        fullWidth
        size="xs"
        value={widget.sparkline ?? ''}
        onChange={(value) =>
          onChange({
            sparkline: (value || undefined) as Widget['sparkline'],
            ...(value && !widget.period?.field && { period: { ...widget.period, field: 'createdAt' } }),
          })
        }
        data={[
          { value: '', label: t('form.nothing') },
          ...(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`interval.${value}`) })),
        ]}
      />
    </Input.Wrapper>
  )
}

function Look({ widget, onChange }: ChangeProps) {
  const { t } = useTranslation('dashboards')
  return (
    <Input.Wrapper label={t('form.look')} component="div">
      <div>
        <IconPicker value={widget.icon ?? 'chart-bar'} onChange={(icon) => onChange({ icon })} />
        <ColorPicker value={widget.color ?? 'indigo'} onChange={(color) => onChange({ color })} />
      </div>
    </Input.Wrapper>
  )
}
