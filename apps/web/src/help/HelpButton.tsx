import { Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconHelpCircle } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { loadWords } from '../i18n/index.ts'
import { IconButton } from '../ui/IconButton.tsx'
import type { Topic } from './topics.ts'

const Explanation = lazy(async () => (await Promise.all([import('./Explanation.tsx'), loadWords('help')]))[0])

/** A question mark beside what is hard to understand: a few sentences, an example, and the way to the guide. */
export function HelpButton({ topic }: { topic: Topic }) {
  const { t } = useTranslation('app')
  const [opened, { close, toggle }] = useDisclosure()
  const label = t('help.about', { topic: t(`help.topic.${topic}`) })
  return (
    <Popover
      opened={opened}
      onChange={close}
      width="min(360px, 92vw)"
      position="bottom-start"
      withArrow
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <IconButton label={label} size={24} style={{ verticalAlign: 'middle' }} onClick={toggle}>
          <IconHelpCircle size={16} stroke={1.6} />
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Suspense>
          <Explanation topic={topic} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
