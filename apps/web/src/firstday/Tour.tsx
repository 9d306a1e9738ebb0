import { Button, Group, Popover, Portal, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useWorkspace } from '../api/workspace.ts'
import classes from './firstday.module.css'
import { mainObject, stopsFor } from './stops.ts'
import { endTour } from './tourStore.ts'
import { useAnchor } from './useAnchor.ts'

/**
 * From one thing of the frame to the next, each with what it is for. Enter and arrows go on, Escape ends it; one popover
 * wanders, so that the focus stays where it is.
 */
export default function Tour() {
  const { t } = useTranslation('firstday')
  const workspace = useWorkspace()
  const [stops] = useState(() => stopsFor(workspace))
  const [index, setIndex] = useState(0)
  const stop = stops[index]!
  const rect = useAnchor(stop)
  const navigate = useNavigate()
  const { pathname } = useLocation()
  useFocusGivenBack()
  const goTo = (next: number) => {
    const { path } = stops[next] ?? {}
    if (next >= stops.length) return endTour()
    if (path && path !== pathname) navigate(path)
    setIndex(Math.max(0, next))
  }
  const onKeyDown = ({ key }: { key: string }) => {
    if (key === 'ArrowRight') goTo(index + 1)
    if (key === 'ArrowLeft') goTo(index - 1)
  }
  if (!rect) return null
  const { left, top, width, height } = rect
  const words = { label: mainObject(workspace)?.label, workspace: workspace.name }
  return (
    <Portal>
      <Popover
        opened
        onDismiss={endTour}
        width="min(320px, 92vw)"
        position={stop.name === 'sidebar' || stop.name === 'profile' ? 'right-start' : 'bottom-start'}
        withArrow
        withRoles={false}
        trapFocus
      >
        <Popover.Target>
          <div className={classes.ring} style={{ left, top, width, height }} />
        </Popover.Target>
        <Popover.Dropdown role="dialog" aria-label={t(`tour.${stop.name}.title`)} onKeyDown={onKeyDown}>
          <Text fw={600} size="sm">
            {t(`tour.${stop.name}.title`)}
          </Text>
          <Text size="sm" mt={4} aria-live="polite">
            {t(`tour.${stop.name}.text`, words)}
          </Text>
          <Group mt="sm" justify="space-between">
            <Text size="xs" c="dimmed">
              {t('tour.place', { place: index + 1, count: stops.length })}
            </Text>
            <Group gap="xs">
              <Button variant="subtle" onClick={index === 0 ? endTour : () => goTo(index - 1)}>
                {t(index === 0 ? 'tour.end' : 'tour.back')}
              </Button>
              <Button data-autofocus onClick={() => goTo(index + 1)}>
                {t(index + 1 === stops.length ? 'tour.done' : 'tour.next')}
              </Button>
            </Group>
          </Group>
        </Popover.Dropdown>
      </Popover>
    </Portal>
  )
}

/** At the end the focus is where it was, or on the page, if what had it is gone. */
function useFocusGivenBack(): void {
  const before = useRef(document.activeElement)
  useEffect(
    () => () => {
      const { current } = before
      const isThere = current instanceof HTMLElement && current.isConnected && current !== document.body
      const back = isThere ? current : document.getElementById('page')
      back?.focus({ preventScroll: true })
    },
    [],
  )
}
