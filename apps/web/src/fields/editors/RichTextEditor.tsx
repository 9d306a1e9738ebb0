import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { EditorProps } from './editorProps.ts'

const RichTextSurface = lazy(() => import('./RichTextSurface.tsx'))

/** The editing surface is heavy, so its code comes when the first rich text is edited. */
export function RichTextEditor(props: EditorProps) {
  return (
    <Suspense fallback={<Skeleton height={120} />}>
      <RichTextSurface {...props} />
    </Suspense>
  )
}
