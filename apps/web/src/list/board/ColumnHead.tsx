import { Button, Group, NumberInput, Popover, Stack, Text } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatNumber } from '../../fields/format.ts'
import { OptionBadge } from '../../fields/OptionBadge.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { type Sums, type Total, totalText } from '../totals/totals.ts'
import classes from './Board.module.css'
import type { BoardColumn } from './boardColumns.ts'

export interface ColumnHeadProps {
  column: BoardColumn
  /** Of the whole column, in all lanes; undefined where there is nothing in it. */
  sums: Sums | undefined
  totals: Total[]
  /** How many cards it should hold at most. */
  limit: number | undefined
  onLimit: (most: number | undefined) => void
}

/** What a column is called, how many cards it holds of how many it should, and what they add up to. */
export function ColumnHead({ column, sums, totals, limit, onLimit }: ColumnHeadProps) {
  const { t } = useTranslation('list')
  const format = useFormatContext()
  const count = Number(sums?.count ?? 0)
  const beyond = limit === undefined ? 0 : count - limit
  const texts = totals.map((total) => ({ total, text: sums ? totalText(sums, total, format) : '' }))
  return (
    <header className={classes.head} data-beyond={beyond > 0 || undefined}>
      <span className={classes.headLine}>
        <OptionBadge label={column.label} color={column.color} />
        <span className={classes.count}>
          {limit === undefined
            ? formatNumber(count, format.locale)
            : t('board.ofLimit', { count, limit, formatted: formatNumber(count, format.locale) })}
        </span>
        <LimitMenu column={column} limit={limit} onLimit={onLimit} />
      </span>
      {beyond > 0 && <span className={classes.beyond}>{t('board.beyond', { count: beyond })}</span>}
      {texts.map(
        ({ total: { field, op }, text }) =>
          text && (
            <span key={`${op} ${field.key}`} className={classes.sum} title={t(`total.${op}Of`, { label: field.label })}>
              {texts.length > 1 && `${t(`total.${op}Of`, { label: field.label })} `}
              {text}
            </span>
          ),
      )}
    </header>
  )
}

function LimitMenu({ column, limit, onLimit }: Pick<ColumnHeadProps, 'column' | 'limit' | 'onLimit'>) {
  const { t } = useTranslation('list')
  const [opened, setOpened] = useState(false)
  const [most, setMost] = useState<string | number>(limit ?? '')

  function submit(event: FormEvent): void {
    event.preventDefault()
    onLimit(typeof most === 'number' ? most : undefined)
    setOpened(false)
  }

  return (
    <Popover position="bottom-end" width={220} trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <IconButton
          label={t('board.limitOf', { column: column.label })}
          size={22}
          onClick={() => {
            setMost(limit ?? '')
            setOpened(!opened)
          }}
        >
          <IconAdjustmentsHorizontal size={14} />
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('board.limitOf', { column: column.label })}>
        <form onSubmit={submit}>
          <Stack gap="xs">
            <NumberInput
              size="xs"
              label={t('board.limit')}
              min={1}
              max={100_000}
              allowDecimal={false}
              value={most}
              onChange={setMost}
              data-autofocus
            />
            <Text size="xs" c="dimmed">
              {t('board.limitText')}
            </Text>
            <Group justify="flex-end" gap="xs">
              <Button type="submit" size="compact-xs">
                {t('board.setLimit')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
