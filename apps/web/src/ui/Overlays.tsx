import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { overlaysStand } from './overlays.ts'

/** Where dialogs and toasts are shown: nothing of it is seen on a page that was just opened, so it comes after it. */
export function Overlays() {
  useEffect(overlaysStand, [])
  return (
    <ModalsProvider>
      <Notifications position="bottom-right" limit={4} />
    </ModalsProvider>
  )
}
