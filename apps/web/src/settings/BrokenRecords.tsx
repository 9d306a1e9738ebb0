import { Anchor, Text, UnstyledButton } from '@mantine/core'
import type { BrokenRule } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { RecordExamples } from './RecordExamples.tsx'

/** «3 of 120 records break it», which unfolds into some of them. */
export function BrokenRecords({ slug, count }: { slug: string; count: BrokenRule }) {
  const { t } = useTranslation('modelling')
  const [opened, setOpened] = useState(false)
  if (count.broken === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t('rules.kept', { count: count.checked })}
      </Text>
    )
  }
  return (
    <div>
      <UnstyledButton aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <Text size="xs" td="underline">
          {t('rules.broken', { count: count.broken, checked: count.checked })}
        </Text>
      </UnstyledButton>
      {opened && (
        <RecordExamples>
          {count.examples.map(({ id, recordNumber, title }) => (
            <li key={id}>
              <Anchor component={Link} to={paths.record(slug, id)} size="sm">
                {title ?? recordNumber}
              </Anchor>
            </li>
          ))}
        </RecordExamples>
      )}
    </div>
  )
}
