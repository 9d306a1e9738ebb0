import { Button, Select, Stack } from '@mantine/core'
import type { FieldMeta, WidgetMeasure } from '@oneforge/client'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { shownType } from '../../fields/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import classes from './Editing.module.css'
import { canMeasure } from './kinds.ts'

const ops = ['count', 'sum', 'avg', 'min', 'max', 'distinct'] as const
/** There is no distinct value of a long text or a picture. */
const uncounted = ['longtext', 'richtext', 'file', 'json', 'checklist', 'address']

interface MeasureChoiceProps {
  label: string
  fields: FieldMeta[]
  measure: WidgetMeasure
  onChange: (measure: WidgetMeasure) => void
  onRemove?: (() => void) | undefined
}

/** What is worked out: how many there are, or the sum, average, … of a field. */
export function MeasureChoice({ label, fields, measure, onChange, onRemove }: MeasureChoiceProps) {
  const { t } = useTranslation('dashboards')
  const offered = fieldsFor(measure.op, fields)
  function chooseOp(op: WidgetMeasure['op']): void {
    const among = fieldsFor(op, fields)
    const field = among.find(({ key }) => key === measure.field) ?? among[0]
    if (op === 'count') onChange({ op })
    else if (field) onChange({ op, field: field.key })
  }
  return (
    <div className={classes.pair}>
      <Select
        label={label}
        allowDeselect={false}
        value={measure.op}
        onChange={(op) => op && chooseOp(op as WidgetMeasure['op'])}
        data={ops.map((op) => ({
          value: op,
          label: t(`op.${op}`),
          disabled: op !== 'count' && fieldsFor(op, fields).length === 0,
        }))}
      />
      {measure.op === 'count' ? (
        <span />
      ) : (
        <Select
          label={t('form.ofField')}
          searchable
          allowDeselect={false}
          value={measure.field ?? null}
          onChange={(field) => field && onChange({ ...measure, field })}
          data={withOwn(offered, measure.field)}
        />
      )}
      {onRemove && (
        <IconButton label={t('form.removeMeasure')} onClick={onRemove}>
          <IconTrash size={16} />
        </IconButton>
      )}
    </div>
  )
}

function fieldsFor(op: WidgetMeasure['op'], fields: FieldMeta[]): FieldMeta[] {
  return op === 'distinct' ? fields.filter((field) => !uncounted.includes(shownType(field))) : fields.filter(canMeasure)
}

/** What is chosen stays, also where it leads over a relation. */
export function withOwn(fields: FieldMeta[], own: string | undefined): { value: string; label: string }[] {
  const choices = fields.map(({ key, label }) => ({ value: key, label }))
  return !own || choices.some(({ value }) => value === own) ? choices : [...choices, { value: own, label: own }]
}

interface MeasureListProps {
  fields: FieldMeta[]
  most: number
  measures: WidgetMeasure[]
  onChange: (measures: WidgetMeasure[]) => void
}

const nameOf = ({ op, field }: WidgetMeasure): string => `${op} ${field ?? ''}`

/** Several of them, each a column. */
export function MeasureList({ fields, most, measures, onChange }: MeasureListProps) {
  const { t } = useTranslation('dashboards')
  const free = [
    { op: 'count' as const },
    ...fields.filter(canMeasure).map(({ key }) => ({ op: 'sum' as const, field: key })),
  ].find((one) => !measures.some((measure) => nameOf(measure) === nameOf(one)))
  return (
    <Stack gap={6}>
      {[...measures.keys()].map((place) => (
        <MeasureChoice
          key={place}
          label={t('form.measure')}
          fields={fields}
          measure={measures[place]!}
          onChange={(next) => onChange(measures.with(place, next))}
          onRemove={measures.length > 1 ? () => onChange(measures.toSpliced(place, 1)) : undefined}
        />
      ))}
      {free && measures.length < most && (
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => onChange([...measures, free])}
        >
          {t('form.addMeasure')}
        </Button>
      )}
    </Stack>
  )
}
