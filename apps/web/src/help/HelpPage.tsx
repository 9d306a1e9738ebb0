import { Button, Group, Text, TextInput } from '@mantine/core'
import { IconKeyboard, IconListCheck, IconRoute, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { showShortcuts } from '../app/showShortcuts.ts'
import { useFirstDayOver } from '../firstday/firstDay.ts'
import { beginTour } from '../firstday/tourStore.ts'
import { paths } from '../paths.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import { showError } from '../ui/toast.tsx'
import { guideGroups, matchingGuides, useGuideTitle } from './guideList.ts'
import classes from './help.module.css'

/** The guides, and the ways to be shown the workspace. */
export default function HelpPage() {
  const { t } = useTranslation('help')
  const [text, setText] = useState('')
  return (
    <>
      <PageHeader title={t('title')} />
      <div className={classes.page}>
        <FirstSteps />
        <TextInput
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={16} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maw={420}
        />
        {text.trim() ? <Found text={text} /> : <AllGuides />}
      </div>
    </>
  )
}

function FirstSteps() {
  const { t } = useTranslation(['help', 'app'])
  const turnFirstDay = useFirstDayOver()
  const navigate = useNavigate()
  return (
    <Group gap="xs" mb="lg">
      <Button variant="default" leftSection={<IconRoute size={16} />} onClick={beginTour}>
        {t('app:help.tour')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconListCheck size={16} />}
        onClick={() => turnFirstDay(false).then(() => navigate(paths.home()), showError)}
      >
        {t('firstDay')}
      </Button>
      <Button variant="default" leftSection={<IconKeyboard size={16} />} onClick={() => void showShortcuts()}>
        {t('app:shortcuts.title')}
      </Button>
    </Group>
  )
}

function AllGuides() {
  const { t, i18n } = useTranslation('help')
  const titleOf = useGuideTitle()
  return (
    <>
      {i18n.language !== 'en' && (
        <Text size="sm" c="dimmed" mt="md">
          {t('inEnglish')}
        </Text>
      )}
      {guideGroups().map(({ key, guides }) => (
        <section key={key}>
          <h2 className={classes.heading}>{t(`group.${key}`)}</h2>
          <ul className={classes.guides}>
            {guides.map((guide) => (
              <li key={guide.name}>
                <Link to={paths.help(guide.name)} className={classes.guide}>
                  {titleOf(guide)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Found({ text }: { text: string }) {
  const { t } = useTranslation('help')
  const titleOf = useGuideTitle()
  const places = matchingGuides(text)
  return (
    <>
      <Text size="sm" c="dimmed" mt="md" role="status">
        {t('found', { count: places.length })}
      </Text>
      <ul className={classes.found}>
        {places.map(({ guide, heading }) => (
          <li key={`${guide.name} ${heading?.id}`}>
            <Link to={paths.help(guide.name, heading?.id)} className={classes.guide}>
              {titleOf(guide)}
              {heading && (
                <span className={classes.of} lang="en">
                  : {heading.text}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
