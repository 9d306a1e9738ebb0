import type { LogEntry } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'

/** What stands in an entry, in words. */
export function useEntryText() {
  const { t } = useTranslation('audit')
  const { locale, timeZone } = useFormatContext()
  const brief = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
  })
  const withYear = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', timeZone })
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
  return {
    /** An operation that is newer than the words of this page is called what the server calls it. */
    what: (operation: string, summary: string) => t(`did.${operation}`, { defaultValue: summary }),
    /** Who looks after the installation is no member, so their name does not show. */
    who: ({ actor, actedBy, actorKind, operation }: Pick<LogEntry, 'actor' | 'actedBy' | 'actorKind' | 'operation'>) =>
      actor?.name ??
      actedBy ??
      t(operation.startsWith('installation.') ? 'actor.installation' : `actor.${actorKind}`, {
        defaultValue: t('actor.system'),
      }),
    /** To the second; of years past to the minute. */
    at: ({ at }: Pick<LogEntry, 'at'>) => {
      const moment = new Date(at)
      return (moment.getFullYear() === new Date().getFullYear() ? brief : withYear).format(moment)
    },
    exactlyAt: ({ at }: Pick<LogEntry, 'at'>) => exact.format(new Date(at)),
    /** The reason of a refusal; undefined when all went well. */
    refusal: ({ errorCode }: Pick<LogEntry, 'errorCode'>) =>
      errorCode ? t(`error.${errorCode}`, { defaultValue: errorCode }) : undefined,
    source: ({ source }: Pick<LogEntry, 'source'>) => t(`source.${source}`, { defaultValue: source }),
    duration: ({ durationMs }: Pick<LogEntry, 'durationMs'>) =>
      durationMs < 1000
        ? t('milliseconds', { value: number(durationMs, 0) })
        : t('seconds', { value: number(durationMs / 1000, 1) }),
  }
}

export type EntryText = ReturnType<typeof useEntryText>
