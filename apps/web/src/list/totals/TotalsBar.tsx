import { Button, Menu } from '@mantine/core'
import type { FieldMeta, ListQuery, ObjectMeta, TotalOp } from '@oneforge/client'
import { IconCheck, IconSum } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import type { ListControls } from '../useListState.ts'
import classes from './Totals.module.css'
import { opsOf, totalsOf, totalText, withTotal } from './totals.ts'
import { useSums } from './useSums.ts'

interface TotalsBarProps {
  object: ObjectMeta
  fields: FieldMeta[]
  list: ListControls
  query: ListQuery
}

/** Totals over all that the list finds, at its foot, and the menu that chooses them. */
export function TotalsBar({ object, fields, list, query }: TotalsBarProps) {
  const { t } = useTranslation('list')
  const format = useFormatContext()
  const totals = totalsOf(list.look.settings, fields)
  const asked = { filter: query.filter, search: query.search, groupBy: [], totals }
  const { data } = useSums(object, asked, totals.length > 0)
  const offered = object.fields.filter((field) => opsOf(field).length > 0)
  if (offered.length === 0) return null
  const choose = (key: string, op: TotalOp | undefined) => list.setSettings(withTotal(list.look.settings, key, op))
  return (
    <>
      <span className={classes.spring} />
      {totals.map((total) => (
        <span key={total.field.key} className={classes.total}>
          {t(`total.${total.op}Of`, { label: total.field.label })}{' '}
          <strong>{(data?.[0] && totalText(data[0], total, format)) || '–'}</strong>
        </span>
      ))}
      <Menu position="top-end" closeOnItemClick={false}>
        <Menu.Target>
          <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconSum size={14} />}>
            {t('total.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          {offered.map((field) => (
            <FieldTotals
              key={field.key}
              field={field}
              chosen={totals.find((total) => total.field.key === field.key)?.op}
              onChoose={(op) => choose(field.key, op)}
            />
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

interface FieldTotalsProps {
  field: FieldMeta
  chosen: TotalOp | undefined
  onChoose: (op: TotalOp | undefined) => void
}

/** Choosing the one that is chosen takes it away. */
function FieldTotals({ field, chosen, onChoose }: FieldTotalsProps) {
  const { t } = useTranslation('list')
  return (
    <>
      <Menu.Label>{field.label}</Menu.Label>
      {opsOf(field).map((op) => (
        <Menu.Item
          key={op}
          aria-label={t(`total.${op}Of`, { label: field.label })}
          aria-current={chosen === op || undefined}
          rightSection={chosen === op ? <IconCheck size={14} /> : undefined}
          onClick={() => onChoose(chosen === op ? undefined : op)}
        >
          {t(`total.${op}`)}
        </Menu.Item>
      ))}
    </>
  )
}
