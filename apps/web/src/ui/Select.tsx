import type { MultiSelectProps, SelectProps } from '@mantine/core'
import { MultiSelect as MantineMultiSelect, Select as MantineSelect } from '@mantine/core'
import { useFirstMatch } from './useFirstMatch.ts'

/** Options come from the server: while they are on their way, what stands there answers something else. */
interface Searching {
  searching?: boolean
}

/** One of several. While one types into it, the first match is marked, and Enter takes it. */
export function Select({ searching, ...props }: SelectProps & Searching) {
  return <MantineSelect {...props} {...useFirstMatch({ ...props, searching })} />
}

/** Some of several, chosen in the same way. */
export function MultiSelect({ searching, ...props }: MultiSelectProps & Searching) {
  return <MantineMultiSelect {...props} {...useFirstMatch({ ...props, searching })} />
}
