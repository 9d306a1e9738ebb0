import { lazy, Suspense } from 'react'
import type { ObjectIconProps } from './DrawnIcon.tsx'

/** All that objects may wear weighs more than the frame of the page, which does not wait for it. */
const DrawnIcon = lazy(() => import('./DrawnIcon.tsx'))

/** The icon of an object or template; a name that the page does not carry falls back to a plain box. */
export function ObjectIcon({ name, size = 18 }: ObjectIconProps) {
  return (
    <Suspense fallback={<svg width={size} height={size} aria-hidden="true" />}>
      <DrawnIcon name={name} size={size} />
    </Suspense>
  )
}
