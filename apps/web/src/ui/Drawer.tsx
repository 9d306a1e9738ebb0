import { type DrawerProps, Drawer as MantineDrawer } from '@mantine/core'
import { useReturnFocus } from './useReturnFocus.ts'

/** A form or page at the edge. The focus goes back to where it was also where it is drawn only while it is open. */
export function Drawer(props: DrawerProps) {
  useReturnFocus()
  return <MantineDrawer {...props} />
}
