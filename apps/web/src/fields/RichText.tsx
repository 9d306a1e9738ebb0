import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { shownHtml } from '../notifications/mentionText.ts'
import { usePeople } from './mentions.tsx'

const CleanHtml = lazy(() => import('./CleanHtml.tsx'))

/** A formatted text with its paragraphs and lists; cells and history show `plainText` instead. */
export function RichText({ html }: { html: string }) {
  const people = usePeople()
  return (
    <Suspense fallback={<Skeleton height={20} />}>
      <CleanHtml html={shownHtml(html, people)} />
    </Suspense>
  )
}
