import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { BodyProps } from './bodyProps.ts'
import { NothingHere } from './NothingHere.tsx'
import classes from './Records.module.css'

const MarkdownText = lazy(() => import('./MarkdownText.tsx'))

/** Words between the figures: what they mean, or what is planned. */
export function TextBody({ widget, data }: BodyProps<'text'>) {
  const { t } = useTranslation('dashboards')
  if (data.text.trim() === '') return <NothingHere text={t('noText')} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is within reach of the keys
    <section className={classes.words} tabIndex={0} aria-label={widget.title || t('kind.text')}>
      <Suspense fallback={<Skeleton height={40} />}>
        <MarkdownText text={data.text} />
      </Suspense>
    </section>
  )
}
