import { Group, Select, Skeleton, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDateTime } from '../fields/format.ts'
import settings from '../settings/settings.module.css'
import { PageError } from '../ui/PageError.tsx'
import { ChangeList } from './ChangeList.tsx'
import { BackToHistory } from './VersionPage.tsx'
import { useComparison, useVersions } from './versions.ts'

const now = 'now'

/** What lies between two versions; the address holds which. */
export function ComparisonPage() {
  const { t } = useTranslation('versions')
  const [params, setParams] = useSearchParams()
  const from = Number(params.get('from') ?? 0)
  const to = params.has('to') ? Number(params.get('to')) : undefined
  const { data, error } = useComparison(from, to)
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(params)
    if (value === now) next.delete(name)
    else next.set(name, value)
    setParams(next, { replace: true })
  }
  const times = useTimes([from, to ?? 0])
  return (
    <Stack gap="md" maw={860}>
      <title>{`${t('compare.title')} · OneForge`}</title>
      <BackToHistory />
      <div>
        <h2 className={settings.heading}>{t('compare.title')}</h2>
        <Text size="sm" c="dimmed">
          {t('compare.explanation')}
        </Text>
      </div>
      <Group gap="xs" align="flex-end">
        <Select
          label={t('compare.from')}
          allowDeselect={false}
          value={String(from)}
          data={[...times, { value: '0', label: t('compare.beginning') }]}
          onChange={(value) => value && choose('from', value)}
        />
        <Select
          label={t('compare.to')}
          allowDeselect={false}
          value={to === undefined ? now : String(to)}
          data={[{ value: now, label: t('compare.now') }, ...times]}
          onChange={(value) => value && choose('to', value)}
        />
      </Group>
      {error && <PageError error={error} />}
      {!data && !error && <Skeleton height={240} />}
      {data && <ChangeList changes={data.changes} />}
    </Stack>
  )
}

/** The latest versions to choose from, and those that are shown, however old. */
function useTimes(shown: number[]): { value: string; label: string }[] {
  const { t } = useTranslation('versions')
  const format = useFormatContext()
  const { versions } = useVersions({})
  const listed = versions.map(({ number, at }) => ({
    value: String(number),
    label: t('compare.at', { number, at: formatDateTime(at, format) }),
  }))
  const missing = shown.filter((number) => number > 0 && !versions.some((version) => version.number === number))
  return [...listed, ...[...new Set(missing)].map((number) => ({ value: String(number), label: t('one', { number }) }))]
}
