import { Spotlight } from '@mantine/spotlight'
import { IconBook } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { matchingGuides, useGuideTitle } from '../help/guideList.ts'
import { loadWords } from '../i18n/index.ts'
import { paths } from '../paths.ts'

const mostShown = 4

/** Guides, and headings in them, that have what is typed. */
export function PaletteHelp({ query }: { query: string }) {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const titleOf = useGuideTitle()
  useEffect(() => void loadWords('help'), [])
  const places = matchingGuides(query).slice(0, mostShown)
  if (places.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={t('help.title')}>
      {places.map(({ guide, heading }) => (
        <Spotlight.Action
          key={`${guide.name} ${heading?.id}`}
          label={heading ? `${titleOf(guide)}: ${heading.text}` : titleOf(guide)}
          leftSection={<IconBook size={18} />}
          onClick={() => navigate(paths.help(guide.name, heading?.id))}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}
