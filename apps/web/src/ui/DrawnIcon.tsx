import type { Icon } from '@tabler/icons-react'
import { objectIcons } from './objectIcons.ts'

export interface ObjectIconProps {
  /** A Tabler name in kebab-case, from metadata. */
  name: string
  size?: number
}

export default function DrawnIcon({ name, size }: Required<ObjectIconProps>) {
  const Known = (objectIcons as Record<string, Icon>)[name] ?? objectIcons.box
  return <Known size={size} stroke={1.6} aria-hidden />
}
