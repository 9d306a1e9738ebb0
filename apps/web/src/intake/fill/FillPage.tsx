import { Skeleton } from '@mantine/core'
import { ApiError, type AskedForm } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { client, errorText } from '../../api/client.ts'
import { GivenFormat } from '../../fields/FormatProvider.tsx'
import { regionalLocale } from '../../fields/format.ts'
import { usePhoneFormat } from '../../fields/phones.ts'
import classes from './FilledForm.module.css'
import { FilledForm } from './FilledForm.tsx'

const isEmbedded = window.parent !== window

/** A public form at its own address, or in a frame of somebody's site. */
export default function FillPage() {
  const { t } = useTranslation('filling')
  const { address = '' } = useParams()
  const door = useMemo(() => client.forms.inFront(address), [address])
  const { data, error, refetch } = useQuery({
    queryKey: ['public form', address],
    queryFn: door.open,
    // What was handed out is good for one person, once.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const frame = useToldHeight(address)
  const isGone = error instanceof ApiError && error.status === 404
  return (
    <main className={classes.page} data-embedded={isEmbedded || undefined} ref={frame}>
      <title>{data ? `${data.title} · ${data.workspace.name}` : t('title')}</title>
      <div className={classes.box}>
        {!data && !error && <Skeleton height={280} />}
        {error && (
          <>
            <h1 className={classes.title}>{isGone ? t('gone') : t('failed')}</h1>
            <p className={classes.intro}>{isGone ? t('goneText') : errorText(error)}</p>
          </>
        )}
        {data && (
          <OutsideFormat form={data}>
            <FilledForm key={data.challenge.token} form={data} door={door} side="front" onOutdated={() => refetch()} />
          </OutsideFormat>
        )}
      </div>
    </main>
  )
}

/** How values are written for somebody of whom only their browser is known. */
function OutsideFormat({ form, children }: { form: AskedForm; children: ReactNode }) {
  const { t, i18n } = useTranslation('fields')
  const phone = usePhoneFormat(form.workspace.country)
  const { currency } = form.workspace
  const format = useMemo(
    () => ({
      locale: regionalLocale(i18n.language, navigator.languages),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      currency,
      members: new Map(),
      words: { yes: t('boolean.yes'), no: t('boolean.no') },
      phone,
    }),
    [currency, i18n.language, phone, t],
  )
  return <GivenFormat value={format}>{children}</GivenFormat>
}

/** In a frame the page that holds it makes it as high as it is: see public/embed.js. */
function useToldHeight(address: string) {
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!isEmbedded || !frame.current) return
    const element = frame.current
    const tell = () => window.parent.postMessage({ oneforge: 'form', address, height: element.offsetHeight }, '*')
    const observer = new ResizeObserver(tell)
    observer.observe(element)
    return () => observer.disconnect()
  }, [address])
  return frame
}
