/** The first words of the home page: the greeting, and what whoever is new here is shown to try. */
import type { FirstDay, Workspace } from '@oneforge/client'
import type { Reading } from '@oneforge/client/reading'
import classes from '../app/HomePage.module.css'
import { firstNameOf, hasDay, isEmptyWorkspace, partOfDay } from '../app/landing.ts'
import card from '../firstday/firstday.module.css'
import { loadWords } from '../i18n/index.ts'
import { t } from '../i18n/texts.ts'
import { begin, type Drawing } from './begin.ts'
import { drawn } from './drawn.ts'
import own from './firstWords.module.css'

begin(homeDrawing)

async function homeDrawing(reading: Reading): Promise<Drawing> {
  return async (page, workspace) => {
    const home = drawn('div', { class: classes.home }, greeting(workspace))
    page.append(home)
    // What there is to begin with stands in between, and is left to the page.
    if (isEmptyWorkspace(workspace)) return
    if (workspace.user.firstDay) {
      const [told] = await Promise.all([reading.workspace.firstDay(), loadWords('help')])
      home.append(firstDay(told, workspace))
    }
    if (hasDay(workspace)) home.append(drawn('h2', { class: classes.heading }, t('activities:home.today')))
  }
}

const greeting = (workspace: Workspace) =>
  drawn('h1', { class: classes.greeting }, t(`app:home.${partOfDay()}`, { name: firstNameOf(workspace) }))

function firstDay({ steps }: FirstDay, workspace: Workspace): HTMLElement {
  const done = steps.filter((step) => step.done).length
  const isThrough = done === steps.length
  const button = isThrough
    ? drawn('span', { class: own.button, 'data-look': 'filled' }, t('firstday:through'))
    : drawn('span', { class: own.button, 'data-look': 'default', 'data-icon': 'before' }, t('firstday:showAround'))
  const head = drawn(
    'header',
    { class: card.head },
    drawn('h2', { class: card.title }, t('firstday:title')),
    drawn('span', { class: card.progress }, t('firstday:progress', { done, count: steps.length })),
    drawn('div', { class: card.actions }, button, drawn('span', { class: own.close })),
  )
  const lines = steps.map((step) => drawn('li', { 'data-done': step.done }, line(step, workspace)))
  return drawn('section', { class: card.card }, head, drawn('ul', { class: card.steps }, ...lines))
}

function line({ key, object: slug }: FirstDay['steps'][number], { objects }: Workspace): HTMLElement {
  const object = objects.find((one) => one.slug === slug)
  const text = t(`firstday:step.${key}`, { label: object?.label, labelPlural: object?.labelPlural })
  return drawn('span', { class: card.step }, drawn('span', { class: own.objectIcon }), drawn('span', {}, text))
}
