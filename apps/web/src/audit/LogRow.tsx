import type { LogEntry } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatRelative } from '../fields/format.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { paths } from '../paths.ts'
import classes from './audit.module.css'
import { useEntryText } from './entryText.ts'

interface LogRowProps {
  entry: LogEntry
  index: number
  onOpen: (index: number) => void
}

/** One entry in a line: the words for what was done open all of it. */
export function LogRow({ entry, index, onOpen }: LogRowProps) {
  const { t } = useTranslation('audit')
  const { locale } = useFormatContext()
  const text = useEntryText()
  const [what, who, at] = [text.what(entry.operation, entry.summary), text.who(entry), text.at(entry)]
  return (
    <tr data-index={index} aria-rowindex={index + 1} className={classes.row} onClick={() => onOpen(index)}>
      <td data-column="at">
        <time dateTime={entry.at} title={`${text.exactlyAt(entry)} (${formatRelative(entry.at, locale)})`}>
          {at}
        </time>
      </td>
      <td data-column="actor">
        <span className={classes.name} title={who}>
          {who}
        </span>
        {entry.viewedAs && (
          <span className={classes.viewedAs}>{t('viewedAs', { name: entry.viewedAs.name ?? entry.viewedAs.id })}</span>
        )}
        {entry.account && (
          <span className={classes.second}>{t('asAccount', { name: entry.account.name ?? entry.account.id })}</span>
        )}
        {entry.keyId && <span className={classes.second}>{t('byKey')}</span>}
      </td>
      <td data-column="what">
        <button type="button" className={classes.what} aria-label={t('open', { what, who, at })} title={what}>
          {what}
        </button>
      </td>
      <td data-column="object">
        <EntryRecords entry={entry} />
      </td>
      <td data-column="outcome">
        {entry.outcome === 'failed' ? (
          <span title={text.refusal(entry)}>
            <OptionBadge color="red" label={t('outcome.failed')} />
          </span>
        ) : (
          <span className={classes.quiet}>{t('outcome.done')}</span>
        )}
      </td>
      <td data-column="ip" title={text.source(entry)}>
        {entry.ip ?? text.source(entry)}
      </td>
      <td data-column="duration">{text.duration(entry)}</td>
    </tr>
  )
}

/** What it was done to. A single record is a link to it; several are listed when the entry is opened. */
function EntryRecords({ entry: { object, recordIds, recordCount } }: { entry: LogEntry }) {
  const { t } = useTranslation('audit')
  if (!object) return null
  const [only] = recordIds
  return (
    <>
      <span className={classes.name}>{object.label}</span>
      {recordCount === 1 && only ? (
        <Link
          to={paths.record(object.slug, only)}
          className={classes.recordLink}
          onClick={(event) => event.stopPropagation()}
        >
          {t('records', { count: 1 })}
        </Link>
      ) : (
        recordCount > 0 && <span className={classes.second}>{t('records', { count: recordCount })}</span>
      )}
    </>
  )
}
