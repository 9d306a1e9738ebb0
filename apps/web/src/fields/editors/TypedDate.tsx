import { Input, Popover, Stack, TextInput, UnstyledButton } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import dayjs from 'dayjs'
import 'dayjs/locale/de.js'
import 'dayjs/locale/es.js'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { datePattern } from '../datePatterns.ts'
import { useFormatContext } from '../FormatProvider.tsx'
import classes from './DateEditors.module.css'
import { type EditorProps, inputProps, opensOnFocus } from './editorProps.ts'
import { useTypedText } from './useTypedText.ts'

interface TypedDateProps {
  editor: EditorProps
  /** `YYYY-MM-DD`, with a time behind it where there is one. */
  value: string | null
  withTime?: boolean
  /** The day, with its time, that a text stands for; null where it stands for none. */
  read: (text: string) => string | null
  onChange: (value: string | null) => void
}

/** When a day begins that is picked before any time. */
const morning = '09:00'

/** A text that is read as one types, with a calendar below it. What cannot be read stays there and says so. */
export function TypedDate({ editor, value, withTime = false, read, onChange }: TypedDateProps) {
  const { t } = useTranslation('fields')
  const { locale } = useFormatContext()
  const pattern = withTime ? `${datePattern(locale)} HH:mm` : datePattern(locale)
  const [opened, setOpened] = useState(false)
  const write = (date: string) => dayjs(date).format(pattern)
  const { input, text, isTold, type, leave } = useTypedText({ value, write, read, onChange })
  const example = write(dayjs().format('YYYY-MM-DD 14:30'))
  const unread = isTold ? t(withTime ? 'datetime.unread' : 'date.unread', { example }) : undefined
  const clear = () => {
    type('')
    setOpened(false)
  }
  const pick = (day: string, time: string) => onChange(withTime ? `${day} ${time}` : day)
  const time = value && withTime ? dayjs(value).format('HH:mm') : undefined
  const day = value?.slice(0, 10) ?? null
  const isClearable = !editor.field.required && editor.variant === 'form' && text !== ''

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpened(false)
    if (event.key === 'Enter') leave()
  }
  return (
    <Popover opened={opened && !isTold} position="bottom-start" trapFocus={false} withRoles={false}>
      <Popover.Target>
        <TextInput
          {...inputProps({ ...editor, error: unread ?? editor.error })}
          ref={input}
          value={text}
          placeholder={placeholderOf(pattern, t('date.letters'))}
          // Escape closes the calendar first, and only then what the input stands in.
          data-mantine-stop-propagation={opened || undefined}
          rightSection={isClearable && <Input.ClearButton aria-label={t('clear')} onClick={clear} tabIndex={-1} />}
          onChange={(event) => {
            type(event.currentTarget.value)
            setOpened(true)
          }}
          // What is wrong stands below the input: the calendar would lie over it.
          onFocus={() => setOpened(opensOnFocus(editor) && !editor.error)}
          onClick={() => setOpened(true)}
          onKeyDown={onKeyDown}
          onBlur={() => {
            setOpened(false)
            leave()
          }}
        />
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} onMouseDown={(event) => event.preventDefault()}>
        <Days
          key={day}
          value={day}
          onPick={(next) => {
            pick(next, time ?? morning)
            setOpened(withTime)
          }}
        />
        {withTime && (
          <Times
            value={time}
            onPick={(next) => {
              pick(day ?? dayjs().format('YYYY-MM-DD'), next)
              setOpened(false)
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

/** The pattern in the letters of the reader's language: TT.MM.JJJJ. */
function placeholderOf(pattern: string, [day = 'D', month = 'M', year = 'Y']: string): string {
  return pattern.replace(/D/g, day).replace(/M{2}/, month.repeat(2)).replace(/Y/g, year)
}

const controls = ['previousMonth', 'nextMonth', 'previousYear', 'nextYear', 'previousDecade', 'nextDecade'] as const

/** The calendar in the reader's language, with names for its arrows. */
function Days({ value, onPick }: { value: string | null; onPick: (day: string) => void }) {
  const { t, i18n } = useTranslation('fields')
  const ariaLabels = Object.fromEntries(controls.map((control) => [control, t(`calendar.${control}`)]))
  return (
    <DatePicker
      size="sm"
      locale={i18n.language}
      hideOutsideDates
      weekendDays={[]}
      ariaLabels={ariaLabels}
      __preventFocus
      defaultDate={value ?? undefined}
      value={value}
      onChange={(day) => day && onPick(day)}
    />
  )
}

const halfHours = Array.from({ length: 48 }, (_, index) => {
  const hour = String(Math.floor(index / 2)).padStart(2, '0')
  return `${hour}:${index % 2 === 0 ? '00' : '30'}`
})

/** The times of the day, from the one that is chosen or the morning on. */
function Times({ value, onPick }: { value: string | undefined; onPick: (time: string) => void }) {
  const { t } = useTranslation('fields')
  const list = useRef<HTMLDivElement>(null)
  const first = halfHours.findLast((time) => time <= (value ?? morning))
  useEffect(() => {
    const button = list.current?.querySelector<HTMLElement>(`[data-time="${first}"]`)
    if (button && list.current) list.current.scrollTop = button.offsetTop
  }, [first])
  return (
    <div className={classes.times}>
      <Stack ref={list} gap={0} className={classes.list} role="group" aria-label={t('calendar.times')}>
        {halfHours.map((time) => (
          <UnstyledButton
            key={time}
            className={classes.time}
            data-time={time}
            aria-pressed={time === value}
            onClick={() => onPick(time)}
          >
            {time}
          </UnstyledButton>
        ))}
      </Stack>
    </div>
  )
}
