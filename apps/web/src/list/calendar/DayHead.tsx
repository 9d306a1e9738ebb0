import { VisuallyHidden } from '@mantine/core'
import classes from './DayHead.module.css'
import { holidayOn } from './openHours.ts'
import type { Diary } from './useDiary.ts'
import { formatDay } from './zone.ts'

/** Weekday and number of a day, with the holiday it is; leads to the day alone. */
export function DayHead({ diary, day }: { diary: Diary; day: string }) {
  const holiday = holidayOn(diary.location, day)
  return (
    <>
      <button type="button" className={classes.dayButton} onClick={() => diary.show({ day, span: 'day' })}>
        {formatDay(day, diary.locale, { weekday: 'short' })}{' '}
        <span className={classes.dayNumber}>{Number(day.slice(8))}</span>
        <VisuallyHidden> {formatDay(day, diary.locale, { month: 'long', year: 'numeric' })}</VisuallyHidden>
      </button>
      {holiday && (
        <span className={classes.holiday} title={holiday.name}>
          {holiday.name}
        </span>
      )}
    </>
  )
}
