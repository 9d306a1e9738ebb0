import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { ApiError, type Findings, type Mark, type SearchHit } from '@oneforge/client'
import { IconList } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSearch } from '../api/search.ts'
import { useWorkspace } from '../api/workspace.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import { paths } from '../paths.ts'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import classes from './Palette.module.css'
import { PaletteMarks } from './PaletteMarks.tsx'
import { closePalette, selectFirstLine } from './paletteStore.ts'

const openedShown = 6

/** The records found, by object; before anything is typed those opened lately. */
export function PaletteFindings({ query }: { query: string }) {
  const { t } = useTranslation('app')
  const [debounced] = useDebouncedValue(query, 120)
  const { data, error, isFetching } = useSearch(debounced)
  // Enter opens the first record found, which came after the key that asked for it.
  useEffect(() => {
    if (data?.hits.length) selectFirstLine()
  }, [data])
  if (error && debounced === query) return <Spotlight.Empty role="status">{problemOf(error)}</Spotlight.Empty>
  if (!data?.hits.length) {
    return query === '' || isFetching || debounced !== query ? null : (
      <Spotlight.Empty role="status">{t('search.nothing', { query })}</Spotlight.Empty>
    )
  }
  if (query === '') return <OpenedLately hits={data.hits.filter(({ rank }) => rank === 'opened')} />
  return (
    <>
      {data.meant.length > 0 && (
        <p className={classes.meant} role="status">
          {t('search.meant', { query: debounced, meant: data.meant.join(' ') })}
        </p>
      )}
      {data.groups.map((group) => (
        <FoundOfObject
          key={group.object}
          group={group}
          query={debounced}
          hits={data.hits.filter(({ object }) => object === group.object)}
        />
      ))}
    </>
  )
}

/** What is wrong with a condition, in the words of the server. */
const problemOf = (error: Error): string =>
  (error instanceof ApiError && error.details?.find(({ field }) => field === 'q')?.message) || error.message

function OpenedLately({ hits }: { hits: SearchHit[] }) {
  const { t } = useTranslation('app')
  if (hits.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={t('search.recent')}>
      {hits.slice(0, openedShown).map((hit) => (
        <FoundRecord key={hit.id} hit={hit} />
      ))}
    </Spotlight.ActionsGroup>
  )
}

interface FoundOfObjectProps {
  group: Findings['groups'][number]
  hits: SearchHit[]
  query: string
}

function FoundOfObject({ group, hits, query }: FoundOfObjectProps) {
  const { t } = useTranslation('app')
  const { locale } = useFormatContext()
  const { objects } = useWorkspace()
  const navigate = useNavigate()
  const label = objects.find(({ slug }) => slug === group.object)?.labelPlural ?? group.object
  const count = `${formatNumber(group.found, locale)}${group.more ? '+' : ''}`
  const isLeftOut = group.more || group.found > hits.length
  return (
    <Spotlight.ActionsGroup label={`${label} · ${count}`}>
      {hits.map((hit) => (
        <FoundRecord key={hit.id} hit={hit} />
      ))}
      {isLeftOut && isPlain(query) && (
        <Spotlight.Action
          label={t('search.more', { label, query })}
          leftSection={<IconList size={18} />}
          onClick={() => {
            closePalette()
            navigate(paths.list(group.object, { q: query }))
          }}
        />
      )}
    </Spotlight.ActionsGroup>
  )
}

/** A list searches for words only. */
const isPlain = (query: string): boolean => !/[:<>="]/.test(query)

function FoundRecord({ hit }: { hit: SearchHit }) {
  const { objects } = useWorkspace()
  const navigate = useNavigate()
  const icon = objects.find(({ slug }) => slug === hit.object)?.icon ?? 'box'
  return (
    <Spotlight.Action
      onClick={() => {
        closePalette()
        navigate(paths.record(hit.object, hit.id))
      }}
    >
      <span className={classes.found}>
        <ObjectIcon name={icon} />
        <span className={classes.foundText}>
          <span className={classes.foundTitle}>
            <Marked text={hit.title || hit.recordNumber} marks={hit.title ? hit.marks.title : hit.marks.recordNumber} />
          </span>
          <span className={classes.smallPrint}>
            <Marked text={hit.recordNumber} marks={hit.marks.recordNumber} />
            {hit.subtitle && ' · '}
            <Marked text={hit.subtitle} marks={hit.marks.subtitle} />
          </span>
          {hit.excerpt && (
            <span className={classes.smallPrint}>
              {hit.excerpt.label}: <Marked text={hit.excerpt.text} marks={hit.excerpt.marks} />
            </span>
          )}
        </span>
      </span>
    </Spotlight.Action>
  )
}

const Marked = ({ text, marks }: { text: string; marks: Mark[] }) =>
  marks.length > 0 ? <PaletteMarks text={text} marks={marks} /> : text
