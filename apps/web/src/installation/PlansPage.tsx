import { Skeleton, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import { PageError } from '../ui/PageError.tsx'
import { formatBytes } from '../usage/amounts.ts'
import classes from './installation.module.css'
import { usePlans } from './installation.ts'

/** The plans side by side, with what each allows. */
export function PlansPage() {
  const { t } = useTranslation(['installation', 'usage'])
  const { locale } = useFormatContext()
  const { data: plans, error } = usePlans()
  if (error) return <PageError error={error} />
  if (!plans) return <Skeleton height={240} />
  const amount = (limit: number | null) => (limit === null ? t('plans.unlimited') : formatNumber(limit, locale))
  const size = (limit: number | null) => (limit === null ? t('plans.unlimited') : formatBytes(limit, locale))
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t('plans.explanation')}
      </Text>
      <Table.ScrollContainer minWidth={520} type="native" tabIndex={0}>
        <Table verticalSpacing={8} maw={760}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('list.plan')}</Table.Th>
              <Table.Th className={classes.number}>{t('usage:meter.members')}</Table.Th>
              <Table.Th className={classes.number}>{t('usage:meter.records')}</Table.Th>
              <Table.Th className={classes.number}>{t('usage:meter.storage')}</Table.Th>
              <Table.Th className={classes.number}>{t('plans.requests')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {plans.map(({ name, members, records, storageBytes, requestsPerMinute }) => (
              <Table.Tr key={name}>
                <Table.Td fw={500}>{t(`usage:plan.names.${name}`, { defaultValue: name })}</Table.Td>
                <Table.Td className={classes.number}>{amount(members)}</Table.Td>
                <Table.Td className={classes.number}>{amount(records)}</Table.Td>
                <Table.Td className={classes.number}>{size(storageBytes)}</Table.Td>
                <Table.Td className={classes.number}>{amount(requestsPerMinute)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}
