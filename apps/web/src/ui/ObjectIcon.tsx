import type { Icon } from '@tabler/icons-react'
import { objectIcons } from './objectIcons.ts'

interface ObjectIconProps {
  /** A Tabler name in kebab-case, from metadata. */
  name: string
  size?: number
}

/** The icon of an object or template; a name that the page does not carry falls back to a plain box. */
export function ObjectIcon({ name, size = 18 }: ObjectIconProps) {
  const Known = (objectIcons as Record<string, Icon>)[name] ?? objectIcons.box
  return <Known size={size} stroke={1.6} aria-hidden />
}
