import { UnstyledButton } from '@mantine/core'
import type { ObjectSummary, Widget } from '@oneforge/client'
import {
  IconAlignLeft,
  IconCalendar,
  IconChartArea,
  IconChartBar,
  IconChartFunnel,
  IconChartLine,
  IconChartPie,
  IconChecklist,
  IconColumns3,
  IconGrid4x4,
  IconListDetails,
  IconNumber123,
  IconTable,
  IconTableColumn,
  IconTargetArrow,
  IconTrophy,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { Modal } from '../../ui/Modal.tsx'
import { showError } from '../../ui/toast.tsx'
import classes from './Editing.module.css'
import { type Kind, kinds, newWidget } from './kinds.ts'

const pictures: Record<Kind, typeof IconTable> = {
  metric: IconNumber123,
  goal: IconTargetArrow,
  bar: IconChartBar,
  line: IconChartLine,
  area: IconChartArea,
  pie: IconChartPie,
  funnel: IconChartFunnel,
  heatmap: IconGrid4x4,
  table: IconTable,
  pivot: IconTableColumn,
  leaderboard: IconTrophy,
  pipeline: IconColumns3,
  recent: IconListDetails,
  calendar: IconCalendar,
  tasks: IconChecklist,
  text: IconAlignLeft,
}

interface WidgetGalleryProps {
  /** Those that are on the board already. */
  widgets: Widget[]
  objects: ObjectSummary[]
  onChoose: (widget: Widget) => void
  onClose: () => void
}

/** All that can be put on a board, each with what it is good for. */
export function WidgetGallery({ widgets, objects, onChoose, onClose }: WidgetGalleryProps) {
  const { t } = useTranslation('dashboards')
  const cache = useQueryClient()
  // What is shown most often here is most likely meant again.
  const slug = mostFrequent(widgets.flatMap(({ object }) => object ?? [])) ?? objects[0]?.slug

  async function choose(kind: Kind): Promise<void> {
    try {
      const object =
        slug && (await cache.ensureQueryData({ queryKey: keys.object(slug), queryFn: () => client.objects.get(slug) }))
      onChoose(newWidget(kind, t(`kind.${kind}`), widgets, object || undefined))
    } catch (error) {
      showError(error)
    }
  }

  return (
    <Modal opened onClose={onClose} title={t('editor.add')} size="xl">
      <div className={classes.kinds}>
        {kinds.map((kind) => {
          const Picture = pictures[kind]
          return (
            <UnstyledButton key={kind} className={classes.kind} onClick={() => void choose(kind)}>
              <span className={classes.picture}>
                <Picture size={30} stroke={1.4} aria-hidden />
              </span>
              <span className={classes.kindName}>{t(`kind.${kind}`)}</span>
              <span className={classes.kindText}>{t(`kindText.${kind}`)}</span>
            </UnstyledButton>
          )
        })}
      </div>
    </Modal>
  )
}

function mostFrequent(names: string[]): string | undefined {
  const times = (name: string) => names.filter((one) => one === name).length
  return names.toSorted((a, b) => times(b) - times(a))[0]
}
