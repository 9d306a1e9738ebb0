import { Button, Group, Select, Stack, Switch, Text } from '@mantine/core'
import type { Dashboard, DashboardSchedule, ScheduleInput } from '@oneforge/client'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../../api/client.ts'
import { useMayAdmin, useMembers, useWorkspace } from '../../api/workspace.ts'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatDateTime, formatTime } from '../../fields/format.ts'
import { formatDay } from '../../list/calendar/zone.ts'
import { Drawer } from '../../ui/Drawer.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { MultiSelect } from '../../ui/Select.tsx'
import { showError } from '../../ui/toast.tsx'
import type { BoardView } from '../boardAddress.ts'
import { useBoardChange, useSchedules } from '../dashboards.ts'
import classes from './Editing.module.css'

interface ScheduleDrawerProps {
  board: Dashboard
  /** The range and filters that are shown now: those are sent. */
  view: BoardView
  onClose: () => void
}

/** Who gets the board by e-mail, and when. */
export function ScheduleDrawer({ board, view, onClose }: ScheduleDrawerProps) {
  const { t } = useTranslation('dashboards')
  const { data: schedules = [] } = useSchedules(board.id)
  return (
    <Drawer opened onClose={onClose} position="right" size={460} title={t('schedule.title', { board: board.label })}>
      <Stack gap="md">
        {schedules.length > 0 && (
          <ul className={classes.list}>
            {schedules.map((schedule) => (
              <Planned key={schedule.id} board={board} schedule={schedule} />
            ))}
          </ul>
        )}
        <NewSchedule board={board} view={view} />
      </Stack>
    </Drawer>
  )
}

function Planned({ board, schedule }: { board: Dashboard; schedule: DashboardSchedule }) {
  const { t } = useTranslation('dashboards')
  const format = useFormatContext()
  const when = useWhen()
  const change = useBoardChange((active: boolean) => client.dashboards.changePlan(board.id, schedule.id, { active }))
  const remove = useBoardChange(() => client.dashboards.removePlan(board.id, schedule.id))
  const text = when(schedule)
  return (
    <li className={classes.line}>
      <div className={classes.name}>
        <Text size="sm">{text}</Text>
        <Text size="xs" c="dimmed">
          {schedule.receivers.map(({ name }) => name).join(', ')}
          {schedule.active &&
            schedule.nextAt &&
            ` · ${t('schedule.next', { at: formatDateTime(schedule.nextAt, format) })}`}
        </Text>
      </div>
      <Switch
        aria-label={t('schedule.active', { schedule: text })}
        checked={schedule.active}
        onChange={({ currentTarget }) => change.mutate(currentTarget.checked, { onError: showError })}
      />
      <IconButton
        label={t('schedule.remove', { schedule: text })}
        onClick={() => remove.mutate(undefined, { onError: showError })}
      >
        <IconTrash size={16} />
      </IconButton>
    </li>
  )
}

const frequencies = ['daily', 'weekly', 'monthly'] as const
const weekdays = [1, 2, 3, 4, 5, 6, 7]
const daysOfMonth = Array.from({ length: 31 }, (_, index) => index + 1)
const hours = Array.from({ length: 24 }, (_, index) => index)
/** People read figures when their day begins. */
const usualHour = 8

type Moment = Pick<ScheduleInput, 'frequency' | 'weekday' | 'dayOfMonth' | 'hour' | 'minute'>

function NewSchedule({ board, view }: Omit<ScheduleDrawerProps, 'onClose'>) {
  const { t } = useTranslation('dashboards')
  const { user, timeZone } = useWorkspace()
  const { locale } = useFormatContext()
  const { data: members = [] } = useMembers()
  // A board of one's own goes to oneself; others get what was made for them.
  const mayChoose = useMayAdmin('views') && board.visibility !== 'private'
  const [moment, setMoment] = useState<Moment>({ frequency: 'weekly', weekday: 1, hour: usualHour })
  const [receivers, setReceivers] = useState([user.id])
  const plan = useBoardChange(() => client.dashboards.plan(board.id, { ...moment, receivers, ...view }))
  const people = members.filter(({ id, kind, status }) => kind === 'person' && (status === 'active' || id === user.id))
  const numbers = (values: number[], label: (value: number) => string) =>
    values.map((value) => ({ value: String(value), label: label(value) }))

  function chooseFrequency(frequency: Moment['frequency']): void {
    const day = { weekly: { weekday: 1 }, monthly: { dayOfMonth: 1 }, daily: {} }[frequency]
    setMoment({ frequency, hour: moment.hour, ...day })
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        plan.mutate(undefined)
      }}
    >
      <Stack gap="sm">
        <Select
          label={t('schedule.frequency')}
          allowDeselect={false}
          value={moment.frequency}
          onChange={(value) => value && chooseFrequency(value as Moment['frequency'])}
          data={frequencies.map((value) => ({ value, label: t(`schedule.${value}`) }))}
        />
        {moment.frequency === 'weekly' && (
          <Select
            label={t('schedule.weekday')}
            allowDeselect={false}
            value={String(moment.weekday)}
            onChange={(value) => setMoment({ ...moment, weekday: Number(value) })}
            data={numbers(weekdays, (day) => weekdayName(day, locale))}
          />
        )}
        {moment.frequency === 'monthly' && (
          <Select
            label={t('schedule.dayOfMonth')}
            description={t('schedule.dayOfMonthHelp')}
            allowDeselect={false}
            value={String(moment.dayOfMonth)}
            onChange={(value) => setMoment({ ...moment, dayOfMonth: Number(value) })}
            data={numbers(daysOfMonth, String)}
          />
        )}
        <Select
          label={t('schedule.hour', { zone: timeZone })}
          allowDeselect={false}
          value={String(moment.hour)}
          onChange={(value) => setMoment({ ...moment, hour: Number(value) })}
          data={numbers(hours, (hour) => formatTime(clockOf({ hour }), locale))}
        />
        {mayChoose && (
          <MultiSelect
            label={t('schedule.receivers')}
            description={t('schedule.receiversHelp')}
            searchable
            value={receivers}
            onChange={setReceivers}
            data={people.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        {plan.error && (
          <Text c="var(--mantine-color-error)" size="sm" role="alert">
            {errorText(plan.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={plan.isPending} disabled={receivers.length === 0}>
            {t('schedule.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** «Every Monday at 08:00». */
function useWhen(): (moment: Moment) => string {
  const { t } = useTranslation('dashboards')
  const { locale } = useFormatContext()
  return (moment) => {
    const time = formatTime(clockOf(moment), locale)
    if (moment.frequency === 'weekly') {
      return t('schedule.everyWeek', { day: weekdayName(moment.weekday ?? 1, locale), time })
    }
    if (moment.frequency === 'monthly') return t('schedule.everyMonth', { day: moment.dayOfMonth ?? 1, time })
    return t('schedule.everyDay', { time })
  }
}

const clockOf = ({ hour, minute = 0 }: Pick<Moment, 'hour' | 'minute'>): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`

/** The 1st of January 2024 was a Monday. */
const weekdayName = (day: number, locale: string): string => formatDay(`2024-01-0${day}`, locale, { weekday: 'long' })
