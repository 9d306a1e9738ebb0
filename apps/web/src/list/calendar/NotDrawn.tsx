import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** Why there is nothing to see here, and what would help. */
export function NotDrawn({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed" p="xl">
      {children}
    </Text>
  )
}
