import { Anchor, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type MouseEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import NotFoundPage from '../app/NotFoundPage.tsx'
import { paths } from '../paths.ts'
import { PageError } from '../ui/PageError.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { findGuide, type Guide, useGuideTitle } from './guideList.ts'
import classes from './help.module.css'

/** One guide with its headings beside it. */
export default function GuidePage() {
  const guide = findGuide(useParams().guide)
  if (!guide) return <NotFoundPage />
  return <ShownGuide key={guide.name} guide={guide} />
}

function ShownGuide({ guide }: { guide: Guide }) {
  const { t } = useTranslation('help')
  const titleOf = useGuideTitle()
  const { data: html, error } = useQuery({
    queryKey: ['guide', guide.name],
    queryFn: async () => (await guide.load()).default,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error) return <PageError error={error} />
  return (
    <>
      <PageHeader
        before={
          <Anchor component={Link} to={paths.help()} size="sm">
            {t('title')}
          </Anchor>
        }
        title={titleOf(guide)}
      />
      <div className={classes.reading}>
        {html === undefined ? <Skeleton height={480} /> : <Text html={html} />}
        <nav className={classes.contents} aria-label={t('contents')}>
          {guide.headings.map(({ id, text }) => (
            <Link key={id} to={paths.help(guide.name, id)} lang="en">
              {text}
            </Link>
          ))}
        </nav>
      </div>
    </>
  )
}

/** Made of our own files while the page was built (build/guides.ts), where HTML in them has become text. */
function Text({ html }: { html: string }) {
  const { hash, key } = useLocation()
  const navigate = useNavigate()
  const text = useRef<HTMLElement>(null)
  useEffect(() => {
    if (hash && key) text.current?.querySelector(`[id="${CSS.escape(hash.slice(1))}"]`)?.scrollIntoView()
  }, [hash, key])
  function follow(event: MouseEvent): void {
    const place = (event.target as Element).closest('a')?.getAttribute('href')
    if (!place?.startsWith('/') || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    navigate(place)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: only links react, and Enter clicks those
    <article
      ref={text}
      className={classes.text}
      lang="en"
      onClick={follow}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}
