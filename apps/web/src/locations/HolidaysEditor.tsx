import { Button, Select, Text, TextInput } from '@mantine/core'
import type { Holiday } from '@oneforge/client'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FieldEditor } from '../fields/FieldEditor.tsx'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDate } from '../fields/format.ts'
import { plainField } from '../fields/plainField.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { AddHours } from './AddHours.tsx'
import { HoursText } from './HoursText.tsx'
import classes from './hours.module.css'
import { withMore } from './hours.ts'
import { IntervalsEditor } from './IntervalsEditor.tsx'
import { problemsBelow } from './problems.ts'

interface HolidaysEditorProps {
  holidays: Holiday[]
  /** By place: `holidays.0.date`. */
  problems: Record<string, string>
  /** Without it the days are only shown. */
  onChange: ((holidays: Holiday[]) => void) | undefined
}

/** Days on which the week does not count: closed, or with hours of their own. */
export function HolidaysEditor({ holidays, problems, onChange }: HolidaysEditorProps) {
  const { t } = useTranslation('locationsettings')
  if (!onChange) return <HolidayTexts holidays={holidays} />
  const add = () => onChange([...holidays, { date: '', name: '' }])
  return (
    <>
      {holidays.length > 0 && (
        <ul className={classes.holidays}>
          {holidays.map((holiday, index) => (
            // The lines have no other identity than their place.
            <HolidayLine
              key={index}
              holiday={holiday}
              problems={problemsBelow(problems, `holidays.${index}`)}
              onChange={(next) => onChange(holidays.with(index, next))}
              onRemove={() => onChange(holidays.toSpliced(index, 1))}
            />
          ))}
        </ul>
      )}
      <Button
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        className={classes.start}
        onClick={add}
      >
        {t('holidays.add')}
      </Button>
    </>
  )
}

interface HolidayLineProps {
  holiday: Holiday
  problems: Record<string, string>
  onChange: (holiday: Holiday) => void
  onRemove: () => void
}

function HolidayLine({ holiday, problems, onChange, onRemove }: HolidayLineProps) {
  const { t } = useTranslation('locationsettings')
  const { date, name, hours } = holiday
  const title = name || t('holidays.unnamed')
  const special = hours !== undefined
  return (
    <li className={classes.holiday} aria-label={title}>
      <div className={classes.holidayDate}>
        <FieldEditor
          variant="form"
          field={plainField('date', 'date', t('holidays.date'), { required: true })}
          value={date || null}
          error={problems.date}
          onChange={(value) => onChange({ ...holiday, date: (value as string | null) ?? '' })}
        />
      </div>
      <TextInput
        className={classes.holidayName}
        label={t('holidays.name')}
        withAsterisk
        value={name}
        error={problems.name}
        onChange={(event) => onChange({ ...holiday, name: event.currentTarget.value })}
      />
      <Select
        className={classes.holidayKind}
        label={t('holidays.open')}
        size="sm"
        allowDeselect={false}
        value={special ? 'special' : 'closed'}
        data={[
          { value: 'closed', label: t('holidays.closed') },
          { value: 'special', label: t('holidays.special') },
        ]}
        onChange={(kind) => onChange({ date, name, ...(kind === 'special' ? { hours: hours ?? withMore([]) } : {}) })}
      />
      <IconButton label={t('holidays.remove', { name: title })} className={classes.holidayRemove} onClick={onRemove}>
        <IconTrash size={16} />
      </IconButton>
      {special && (
        <div className={classes.holidayHours}>
          <IntervalsEditor
            name={title}
            intervals={hours}
            problems={problemsBelow(problems, 'hours')}
            onChange={(next) => onChange({ ...holiday, hours: next })}
          />
          <AddHours name={title} intervals={hours} onChange={(next) => onChange({ ...holiday, hours: next })} />
        </div>
      )}
    </li>
  )
}

function HolidayTexts({ holidays }: { holidays: Holiday[] }) {
  const { t } = useTranslation('locationsettings')
  const { locale } = useFormatContext()
  if (!holidays.length) {
    return (
      <Text size="sm" c="dimmed">
        {t('holidays.none')}
      </Text>
    )
  }
  return (
    <ul className={classes.holidays}>
      {holidays.map(({ date, name, hours = [] }) => (
        <li key={date} className={classes.day}>
          <span className={classes.dayName}>{formatDate(date, locale)}</span>
          <span>
            {name} · <HoursText intervals={hours} locale={locale} />
          </span>
        </li>
      ))}
    </ul>
  )
}
