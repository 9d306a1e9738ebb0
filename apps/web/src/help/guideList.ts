/**
 * The guides in the order of a page about them.
 * - guideGroups(): what everybody reads, who shapes the workspace, and who runs the installation.
 * - matchingGuides(text): guides and headings that hold the text; nothing for an empty one.
 * - useGuideTitle(): what a guide is called in the language of the page; the guides themselves are in English.
 */
import guides from 'guides:index'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'

export type Guide = (typeof guides)[number]

/** A guide, or one of its headings. */
export interface GuidePlace {
  guide: Guide
  heading?: Guide['headings'][number]
}

const shaping = [
  'relations',
  'pipelines',
  'automation',
  'formulas',
  'rules',
  'roles',
  'duplicates',
  'forms',
  'importing',
  'reshaping',
  'templates',
]
const running = ['operating', 'writing-a-template']

export function guideGroups(): { key: 'everyday' | 'shaping' | 'running'; guides: Guide[] }[] {
  const pick = (names: string[]) => names.flatMap((name) => guides.find((guide) => guide.name === name) ?? [])
  const placed = [...shaping, ...running]
  const others = guides.filter(({ name }) => !placed.includes(name) && name !== 'getting-started')
  return [
    { key: 'everyday', guides: [...pick(['getting-started']), ...others] },
    { key: 'shaping', guides: pick(shaping) },
    { key: 'running', guides: pick(running) },
  ]
}

export const findGuide = (name: string | undefined): Guide | undefined => guides.find((guide) => guide.name === name)

export function matchingGuides(text: string): GuidePlace[] {
  const wanted = bare(text.trim())
  if (wanted === '') return []
  return guides.flatMap((guide) => {
    const isWhole = bare(`${guide.title} ${guideTitle(guide)}`).includes(wanted)
    if (isWhole) return [{ guide }]
    return guide.headings
      .filter((heading) => bare(heading.text).includes(wanted))
      .map((heading) => ({ guide, heading }))
  })
}

/** Found whatever the case and the accents, as records are. */
const bare = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

function guideTitle({ name, title }: Guide): string {
  return i18next.exists(`help:guide.${name}`) ? i18next.t(`help:guide.${name}`) : title
}

export function useGuideTitle(): (guide: Guide) => string {
  // Drawn anew when the words of the help have come.
  useTranslation('help')
  return guideTitle
}
