import { Anchor, Group, UnstyledButton } from '@mantine/core'
import type { LogEntry } from '@oneforge/client'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { paths } from '../paths.ts'
import { Drawer } from '../ui/Drawer.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import classes from './audit.module.css'
import type { LogFilterChange } from './auditAddress.ts'
import { useEntryText } from './entryText.ts'

interface LogEntryDrawerProps {
  entry: LogEntry
  /** To the entry before or after; undefined at either end. */
  onPrevious: (() => void) | undefined
  onNext: (() => void) | undefined
  /** Shows only what has this in common with the entry. */
  onNarrow: (change: LogFilterChange) => void
  onClose: () => void
}

/** All that an entry holds. */
export function LogEntryDrawer({ entry, onPrevious, onNext, onNarrow, onClose }: LogEntryDrawerProps) {
  const { t } = useTranslation('audit')
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'j') onNext?.()
    if (key === 'k') onPrevious?.()
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      onKeyDown={onKeyDown}
      position="right"
      size={480}
      title={t('drawer.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Group gap={4} mb="sm">
        <IconButton label={t('drawer.previous')} disabled={!onPrevious} onClick={onPrevious}>
          <IconChevronUp size={17} />
        </IconButton>
        <IconButton label={t('drawer.next')} disabled={!onNext} onClick={onNext}>
          <IconChevronDown size={17} />
        </IconButton>
      </Group>
      <Facts entry={entry} onNarrow={onNarrow} />
    </Drawer>
  )
}

function Facts({ entry, onNarrow }: Pick<LogEntryDrawerProps, 'entry' | 'onNarrow'>) {
  const { t } = useTranslation('audit')
  const text = useEntryText()
  const { actor, viewedAs, object, requestId } = entry
  return (
    <dl className={classes.facts}>
      <Fact name={t('drawer.what')}>
        <strong>{text.what(entry.operation, entry.summary)}</strong>
      </Fact>
      <Fact name={t('drawer.at')}>
        <time dateTime={entry.at}>{text.exactlyAt(entry)}</time>
      </Fact>
      <Fact name={t('drawer.actor')}>
        {text.who(entry)}
        {actor && (
          <Narrow
            label={t('drawer.onlyPerson', { name: text.who(entry) })}
            onClick={() => onNarrow({ user: actor.id })}
          />
        )}
      </Fact>
      {entry.account && <Fact name={t('drawer.account')}>{entry.account.name ?? entry.account.id}</Fact>}
      {viewedAs && <Fact name={t('drawer.viewedAs')}>{viewedAs.name ?? viewedAs.id}</Fact>}
      {entry.keyId && (
        <Fact name={t('drawer.key')}>
          <Anchor component={Link} to={paths.settings('api-keys')} inherit className={classes.code}>
            {entry.keyId}
          </Anchor>
        </Fact>
      )}
      <Fact name={t('drawer.outcome')}>
        <OptionBadge
          color={entry.outcome === 'failed' ? 'red' : 'green'}
          label={text.refusal(entry) ?? t(`outcome.${entry.outcome}`)}
        />
      </Fact>
      {object && <Fact name={t('drawer.object')}>{object.label}</Fact>}
      {object && entry.recordCount > 0 && (
        <Fact name={t('drawer.records')}>
          <Records key={entry.id} entry={entry} slug={object.slug} />
        </Fact>
      )}
      {object && entry.recordCount === 1 && entry.recordIds[0] && (
        <Fact name="">
          <Narrow
            label={t('drawer.onlyRecord', { id: shortId(entry.recordIds[0]) })}
            onClick={() => onNarrow({ record: entry.recordIds[0] })}
          />
        </Fact>
      )}
      <Fact name={t('drawer.kind')}>{t(`drawer.kinds.${entry.kind}`)}</Fact>
      <Fact name={t('drawer.source')}>{text.source(entry)}</Fact>
      {entry.ip && <Fact name={t('drawer.ip')}>{entry.ip}</Fact>}
      {entry.userAgent && <Fact name={t('drawer.userAgent')}>{entry.userAgent}</Fact>}
      <Fact name={t('drawer.duration')}>{text.duration(entry)}</Fact>
      <Fact name={t('drawer.operation')}>
        <span className={classes.code}>{entry.operation}</span>
      </Fact>
      <Fact name={t('drawer.requestId')}>
        <span className={classes.code}>{requestId}</span>
        <Narrow label={t('drawer.onlyRequest')} onClick={() => onNarrow({ requestId })} />
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Narrow({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <UnstyledButton className={classes.narrow} onClick={onClick}>
      {label}
    </UnstyledButton>
  )
}

/** More than these are shown when they are asked for. */
const shownAtFirst = 8

/** The log holds no names of records, so each is a link that tells where it stands by its id. */
function Records({ entry: { recordIds, recordCount }, slug }: { entry: LogEntry; slug: string }) {
  const { t } = useTranslation('audit')
  const [showsAll, setShowsAll] = useState(false)
  const shown = showsAll ? recordIds : recordIds.slice(0, shownAtFirst)
  const more = recordCount - shown.length
  return (
    <ul className={classes.records}>
      {shown.map((id) => (
        <li key={id}>
          <Anchor component={Link} to={paths.record(slug, id)} inherit className={classes.code}>
            {id}
          </Anchor>
        </li>
      ))}
      {more > 0 && (
        <li>
          {shown.length < recordIds.length ? (
            <Narrow label={t('drawer.moreRecords', { count: more })} onClick={() => setShowsAll(true)} />
          ) : (
            t('drawer.moreRecords', { count: more })
          )}
        </li>
      )}
    </ul>
  )
}

const shortId = (id: string) => `…${id.slice(-6)}`
