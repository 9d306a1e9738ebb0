/** The frame around the page: what is to be confirmed, and the navigation or, on a phone, the bar on top. */
import type { Favourite, Location, ObjectSummary, PinnedView, Session, Workspace } from '@oneforge/client'
import type { Reading } from '@oneforge/client/reading'
import { type Place, placesAbove, placesBelow } from '../app/navigation.ts'
import shell from '../app/Shell.module.css'
import sidebar from '../app/Sidebar.module.css'
import favouriteClasses from '../favourites/Favourites.module.css'
import { t } from '../i18n/texts.ts'
import switcher from '../locations/switcher.module.css'
import people from '../people/people.module.css'
import { drawn } from './drawn.ts'
import classes from './firstWords.module.css'

export const isPhone = (): boolean => matchMedia('(max-width: 760px)').matches

export interface FrameFacts {
  workspace: Workspace
  me: Session
  /** What the sidebar has besides objects; nothing on a phone. */
  locations: Location[]
  favourites: Favourite[]
  pinned: PinnedView[]
}

export async function readFrame(reading: Reading): Promise<FrameFacts> {
  const ofSidebar = !isPhone() && !isCollapsed()
  const [workspace, me, locations, favourites, pinned] = await Promise.all([
    reading.workspace.get(),
    reading.identity.me(),
    ofSidebar ? reading.locations.list() : [],
    ofSidebar ? reading.favourites.list() : [],
    ofSidebar ? reading.views.pinned() : [],
  ])
  return { workspace, me, locations, favourites, pinned }
}

/** @returns the whole page, and in it the place for what the address shows. */
export function drawFrame(facts: FrameFacts): { whole: HTMLElement; page: HTMLElement } {
  const { workspace, me } = facts
  const page = drawn('main', { class: shell.page })
  const navigation = isPhone() ? phoneBar(workspace) : sideBar(facts)
  const frame = drawn('div', { class: shell.frame, 'data-phone': isPhone() }, navigation, page)
  return { whole: drawn('div', { class: shell.whole }, unconfirmed(workspace, me), frame), page }
}

/** Closed, it stays away until the browser is opened again. */
function unconfirmed({ permissions }: Workspace, { user }: Session): HTMLElement | undefined {
  if (user.emailVerified || sessionStorage.getItem('verify-reminder-closed') === 'true') return undefined
  const seesOutbox = permissions.admin.some((permission) => permission === 'settings' || permission === '*')
  const text = drawn(
    'span',
    {},
    `${t('app:verify.banner', { email: user.email })} `,
    seesOutbox && drawn('span', { class: classes.link }, t('app:verify.inOutbox')),
  )
  const again = drawn('span', { class: classes.button, 'data-look': 'default' }, t('app:verify.resend'))
  return drawn('section', { class: people.banner }, text, again, drawn('span', { class: classes.close }))
}

const icon = () => drawn('span', { class: classes.icon })

const phoneBar = ({ name }: Workspace) =>
  drawn('header', { class: shell.bar }, icon(), drawn('span', { class: shell.barName }, name), icon(), icon())

const isCollapsed = (): boolean => localStorage.getItem('oneforge-sidebar-collapsed') === 'true'

function sideBar({ workspace, locations, favourites, pinned }: FrameFacts): HTMLElement {
  if (isCollapsed()) return drawn('aside', { class: sidebar.sidebar, 'data-collapsed': true })
  const { name, user } = workspace
  return drawn(
    'aside',
    { class: sidebar.sidebar },
    drawn(
      'div',
      { class: sidebar.head },
      drawn('div', { class: sidebar.workspace }, menu(drawn('span', { class: sidebar.workspaceName }, name))),
    ),
    locations.some(({ selectable }) => selectable) && everywhere(),
    drawn(
      'div',
      { class: `${sidebar.search} ${classes.inButton}` },
      drawn('span', { class: classes.sign }),
      label(t('app:search.button')),
    ),
    drawn(
      'nav',
      { class: sidebar.nav },
      drawn(
        'div',
        { class: sidebar.scrolled },
        ...placesAbove(workspace).map(place),
        drawn(
          'section',
          { class: favouriteClasses.favourites },
          drawn('div', { class: `${favouriteClasses.heading} ${classes.favourites}` }, t('following:favourites')),
          // Their names come with what puts them in order.
          ...favourites.map(() => drawn('div', { class: favouriteClasses.link })),
        ),
        ...groups(workspace, pinned),
      ),
      drawn('div', { class: sidebar.always }, ...placesBelow(workspace).map(place)),
    ),
    drawn('div', { class: sidebar.foot }, menu(label(user.name))),
  )
}

const label = (text: string) => drawn('span', { class: sidebar.label }, text)
/** Behind a face. */
const menu = (text: HTMLElement) =>
  drawn('span', { class: `${sidebar.menuButton} ${classes.inButton}` }, drawn('span', { class: classes.face }), text)

function item(text: string, isShown = false): HTMLElement {
  const attributes = { class: sidebar.item, 'aria-current': isShown && 'page' }
  return drawn('span', attributes, drawn('span', { class: classes.objectIcon }), label(text))
}

/** All locations: one that is chosen has other answers, which are not asked for early. */
function everywhere(): HTMLElement {
  const name = drawn('span', { class: switcher.shownName }, t('locations:switcher.all'))
  const inside = drawn('span', { class: switcher.switch }, drawn('span', { class: classes.objectIcon }), name)
  return drawn('div', { class: switcher.switcher }, inside)
}

/** Of these only the home page has first words of its own. */
const place = (name: Place) => item(t(`app:nav.${name}`), name === 'home' && location.pathname === '/')

function groups({ navigation, objects }: Workspace, pinned: PinnedView[]): HTMLElement[] {
  const bySlug = new Map(objects.map((object) => [object.slug, object]))
  const ofObject = ({ slug, labelPlural }: ObjectSummary) => [
    item(labelPlural, `${location.pathname}/`.startsWith(`/o/${slug}/`)),
    ...pinned
      .filter(({ object }) => object === slug)
      .map((view) => drawn('span', { class: sidebar.pinned }, label(view.label))),
  ]
  return navigation.map(({ label: name, icon: sign, objects: slugs }) =>
    drawn(
      'div',
      { class: sidebar.group },
      name && drawn('div', { class: sidebar.heading }, sign && drawn('span', { class: classes.groupIcon }), name),
      ...slugs.flatMap((slug) => bySlug.get(slug) ?? []).flatMap(ofObject),
    ),
  )
}
