import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { MailTextProps } from './MailTextSurface.tsx'

const MailTextSurface = lazy(() => import('./MailTextSurface.tsx'))

/** Formatted text of a message. The editing surface is heavy: its code comes when the first is edited. */
export function MailText(props: MailTextProps) {
  return (
    <Suspense fallback={<Skeleton height={120} />}>
      <MailTextSurface {...props} />
    </Suspense>
  )
}
