import { act } from './firstAct.ts'

let tellMounted = () => {}
const mounted = new Promise<void>((done) => {
  tellMounted = done
})

/** Overlays.tsx says that it stands. */
export const overlaysStand = (): void => tellMounted()

/** Whatever shows a dialog or a toast that nobody has asked for waits until they can be seen. */
export function overlays(): Promise<void> {
  act()
  return mounted
}
