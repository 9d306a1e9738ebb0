import type { Icon } from '@tabler/icons-react'
import { type ComponentType, lazy, Suspense } from 'react'
import { objectIcons } from './objectIcons.ts'

interface ObjectIconProps {
  /** A Tabler name in kebab-case, from metadata. */
  name: string
  size?: number
}

/** The icon of an object or template; one that does not exist falls back to a plain cube. */
export function ObjectIcon({ name, size = 18 }: ObjectIconProps) {
  const Known = (objectIcons as Record<string, Icon>)[name]
  if (Known) return <Known size={size} stroke={1.6} aria-hidden />
  const Rare = rareIcon(name)
  return (
    <Suspense fallback={<span style={{ width: size, height: size, display: 'inline-block' }} />}>
      <Rare size={size} stroke={1.6} aria-hidden />
    </Suspense>
  )
}

const rareIcons = new Map<string, ComponentType<{ size: number; stroke: number; 'aria-hidden': boolean }>>()

/** The whole set is a large chunk, so it comes only for a name that the usual icons do not have. */
function rareIcon(name: string) {
  const kept = rareIcons.get(name)
  if (kept) return kept
  const Rare = lazy(async () => {
    const { icons } = await import('@tabler/icons-react')
    return { default: icons[componentName(name) as keyof typeof icons] ?? objectIcons.box }
  })
  rareIcons.set(name, Rare)
  return Rare
}

/** `user-heart` is exported as IconUserHeart. */
function componentName(name: string): string {
  return `Icon${name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`
}
