import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { onFirstAct } from './firstAct.ts'

/**
 * A component whose code comes apart from the page around it: at the first sign of a person, at the latest when it is
 * shown. Once it is there it is drawn at once, as if it had come with the page.
 *
 * @param fallback what stands there while it is on its way.
 * @example const ShareDialog = onDemand(async () => (await import('./ShareDialog.tsx')).ShareDialog)
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: ReactNode = null,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined
  let loading: Promise<{ default: ComponentType<Props> }> | undefined
  const loadOnce = () => {
    loading ??= load().then(
      (component) => {
        loaded = component
        return { default: component }
      },
      (reason: unknown) => {
        loading = undefined
        throw reason
      },
    )
    return loading
  }
  const Coming = lazy(loadOnce) as unknown as ComponentType<Props>
  onFirstAct(() => void loadOnce().catch(() => undefined))

  return function OnDemand(props: Props) {
    // Whichever it began with stays: another one would start anew.
    const [Shown] = useState<ComponentType<Props>>(() => loaded ?? Coming)
    return (
      <Suspense fallback={fallback}>
        <Shown {...props} />
      </Suspense>
    )
  }
}

/** What is loaded at the first sign of a person, once it is there: until then the page shows something simpler. */
export function useOnceActed<Part>(load: () => Promise<Part>): Part | undefined {
  const [part, setPart] = useState<Part>()
  useEffect(() => onFirstAct(() => void load().then((loaded) => setPart(() => loaded))), [])
  return part
}
