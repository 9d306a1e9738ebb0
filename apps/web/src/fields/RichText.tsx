import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'

const CleanHtml = lazy(() => import('./CleanHtml.tsx'))

/** A formatted text with its paragraphs and lists; cells and history show `plainText` instead. */
export function RichText({ html }: { html: string }) {
  return (
    <Suspense fallback={<Skeleton height={20} />}>
      <CleanHtml html={html} />
    </Suspense>
  )
}
