import { Anchor, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { type Topic, topics } from './topics.ts'

/** What a topic is about. The guide opens beside the page, so that nothing typed there is lost. */
export default function Explanation({ topic }: { topic: Topic }) {
  const { t } = useTranslation('help')
  const { guide, heading } = topics[topic]
  return (
    <>
      <Text size="sm">{t(`topic.${topic}.text`)}</Text>
      <Text size="sm" mt="xs" c="dimmed">
        {t(`topic.${topic}.example`)}
      </Text>
      <Anchor href={paths.help(guide, heading)} target="_blank" size="sm" mt="xs" display="inline-block">
        {t('more')}
      </Anchor>
    </>
  )
}
