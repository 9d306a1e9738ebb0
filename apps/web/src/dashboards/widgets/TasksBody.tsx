import type { RecordData } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useObject } from '../../api/objects.ts'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatNumber, formatRelative } from '../../fields/format.ts'
import { paths } from '../../paths.ts'
import { RecordsLink } from '../RecordsLink.tsx'
import type { BodyProps } from './bodyProps.ts'
import { NothingHere } from './NothingHere.tsx'
import classes from './Records.module.css'

/** What whoever looks has to do: how much is late, and what is due next. */
export function TasksBody({ answer, data }: BodyProps<'tasks'>) {
  const { t } = useTranslation('dashboards')
  const { locale } = useFormatContext()
  const { data: object } = useObject(data.object)
  const due = object?.roles.dueAt
  return (
    <>
      <dl className={classes.counts}>
        {(['open', 'today', 'overdue'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`tasks.${name}`)}</dt>
            <dd>
              <RecordsLink drill={answer.drill && { object: data.object, filter: data.filters[name] }}>
                {formatNumber(data[name], locale)}
              </RecordsLink>
            </dd>
          </div>
        ))}
      </dl>
      {data.records.length === 0 ? (
        <NothingHere text={t('tasks.none')} />
      ) : (
        <ul className={classes.list}>
          {data.records.map((record) => (
            <Task key={record.id} record={record} due={due ? record[due] : undefined} />
          ))}
        </ul>
      )}
    </>
  )
}

function Task({ record, due }: { record: RecordData; due: unknown }) {
  const { locale } = useFormatContext()
  const isLate = typeof due === 'string' && Date.parse(due) < Date.now()
  return (
    <li>
      <Link to={paths.record(record.object, record.id)} className={classes.entry}>
        <span className={classes.entryTitle}>{record.title}</span>
        {typeof due === 'string' && (
          <time className={classes.due} dateTime={due} data-late={isLate || undefined}>
            {formatRelative(due, locale)}
          </time>
        )}
      </Link>
    </li>
  )
}
