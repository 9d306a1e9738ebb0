import { Anchor, Group, Skeleton, Table, Text } from '@mantine/core'
import type { FieldConversion } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { paths } from '../paths.ts'
import classes from './modelling.module.css'

interface ConversionTrialProps {
  slug: string
  trial: FieldConversion | undefined
  isTrying: boolean
}

/** What would become of the values: how many can be read, and examples of those that cannot, with the reason. */
export function ConversionTrial({ slug, trial, isTrying }: ConversionTrialProps) {
  const { t } = useTranslation('reshaping')
  const { locale } = useFormatContext()
  if (isTrying) return <Skeleton height={96} aria-busy />
  if (!trial) return null
  const { checked, total, convertible, lost, samples, options } = trial
  const number = (count: number) => formatNumber(count, locale)
  return (
    <section aria-label={t('convert.trial')} aria-live="polite">
      <Text size="sm" fw={600}>
        {total === 0
          ? t('convert.empty')
          : t('convert.readable', { count: checked, number: number(checked), convertible: number(convertible) })}
      </Text>
      {checked < total && (
        <Text size="sm" c="dimmed">
          {t('convert.checked', { checked: number(checked), total: number(total) })}
        </Text>
      )}
      {options.length > 0 && (
        <Group gap={6} mt="xs">
          <Text size="sm">{t('convert.options')}</Text>
          {options.map(({ value, label }) => (
            <OptionBadge key={value} color={null} label={String(label.en)} />
          ))}
        </Group>
      )}
      {lost > 0 && (
        <>
          <Text size="sm" mt="xs" mb={4}>
            {t('convert.lost', { count: lost, number: number(lost) })}
          </Text>
          <div className={classes.samples}>
            <Table aria-label={t('convert.samples')} verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('convert.record')}</Table.Th>
                  <Table.Th>{t('convert.value')}</Table.Th>
                  <Table.Th>{t('convert.reason')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {samples.map(({ id, recordNumber, value, reason }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <Anchor underline="always" component={Link} to={paths.record(slug, id)} size="sm">
                        {recordNumber}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>{value}</Table.Td>
                    <Table.Td>{reason}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </>
      )}
    </section>
  )
}
