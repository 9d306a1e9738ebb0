import { Anchor, Button, Group, Kbd, Radio, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ObjectMeta, RecordData } from '@oneforge/client'
import { IconArrowMerge, IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { FieldValue } from '../fields/FieldValue.tsx'
import { isEmptyValue } from '../fields/format.ts'
import { paths } from '../paths.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { useMerge } from './duplicateQueries.ts'
import classes from './duplicates.module.css'
import { type ComparedField, chosenSide, comparedFields, mergeInput, type Side } from './mergeChoices.ts'

interface ComparePairProps {
  object: ObjectMeta
  records: [RecordData, RecordData]
  onMerged: (record: RecordData) => void
  /** Further things to do with the pair, beside merging. */
  actions?: ReactNode
}

/** Two records side by side: which one stays, and whose value it gets where they differ. */
export function ComparePair({ object, records, onMerged, actions }: ComparePairProps) {
  const { t } = useTranslation('duplicates')
  const [keep, setKeep] = useState<Side>(0)
  const [chosen, setChosen] = useState<ReadonlyMap<string, Side>>(new Map())
  const [showsSame, { toggle }] = useDisclosure()
  const merge = useMerge(object.slug)
  const compared = comparedFields(object, records)
  const differing = compared.filter(({ same }) => !same)
  const same = compared.filter((one) => one.same)
  const mayMerge = Boolean(object.permissions.update && object.permissions.delete)
  const run = () => {
    if (!mayMerge || merge.isPending) return
    merge.mutate(mergeInput(compared, records, keep, chosen), { onSuccess: ({ record }) => onMerged(record) })
  }
  useShortcuts({ 1: () => setKeep(0), 2: () => setKeep(1), m: run })
  const choose = (key: string, side: Side) => setChosen(new Map(chosen).set(key, side))
  return (
    <div>
      <div className={classes.heads}>
        <span className={classes.label} />
        {([0, 1] as const).map((side) => (
          <SideHead
            key={side}
            object={object}
            record={records[side]}
            number={side + 1}
            keeps={keep === side}
            onKeep={() => setKeep(side)}
          />
        ))}
      </div>
      {differing.map((one) => (
        <FieldRow
          key={one.field.key}
          compared={one}
          side={chosenSide(one, keep, chosen.get(one.field.key))}
          onChoose={(side) => choose(one.field.key, side)}
        />
      ))}
      {same.length > 0 && (
        <UnstyledButton className={classes.toggle} aria-expanded={showsSame} onClick={toggle}>
          {showsSame ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          {t('same', { count: same.length })}
        </UnstyledButton>
      )}
      {showsSame && same.map((one) => <SameRow key={one.field.key} compared={one} />)}
      <Group gap="xs" className={classes.actions}>
        {mayMerge && (
          <Button
            size="sm"
            leftSection={<IconArrowMerge size={15} aria-hidden />}
            loading={merge.isPending}
            onClick={run}
          >
            {t('mergeInto', { number: records[keep].recordNumber })}
          </Button>
        )}
        {actions}
        <Text size="xs" c="dimmed" visibleFrom="md" ms="auto">
          <Kbd size="xs">1</Kbd> <Kbd size="xs">2</Kbd> {t('keys.side')} · <Kbd size="xs">m</Kbd> {t('keys.merge')}
        </Text>
      </Group>
      <Text size="xs" c="dimmed" mt="xs">
        {t('carried')}
      </Text>
    </div>
  )
}

interface SideHeadProps {
  object: ObjectMeta
  record: RecordData
  number: number
  keeps: boolean
  onKeep: () => void
}

function SideHead({ object, record, number, keeps, onKeep }: SideHeadProps) {
  const { t } = useTranslation('duplicates')
  return (
    <div className={classes.head} data-keeps={keeps || undefined}>
      <Radio
        size="xs"
        name="keep"
        checked={keeps}
        onChange={onKeep}
        label={t(keeps ? 'stays' : 'keepThis', { number })}
        aria-label={t('keepLabel', { title: record.title ?? record.recordNumber, number: record.recordNumber })}
      />
      <Anchor component={Link} to={paths.record(object.slug, record.id)} size="sm" fw={600} className={classes.name}>
        {record.title ?? record.recordNumber}
      </Anchor>
      <Text size="xs" c="dimmed">
        {record.recordNumber} · {t('made')} <RelativeTime at={record.createdAt} />
      </Text>
    </div>
  )
}

interface FieldRowProps {
  compared: ComparedField
  side: Side
  onChoose: (side: Side) => void
}

function FieldRow({ compared, side, onChoose }: FieldRowProps) {
  const { t } = useTranslation('duplicates')
  const { field, values, united } = compared
  const isOpen = field.access === 'write' && !united
  return (
    <div className={classes.row} {...(isOpen ? { role: 'radiogroup', 'aria-label': field.label } : {})}>
      <Text size="xs" c="dimmed" className={classes.label}>
        {field.label}
      </Text>
      {([0, 1] as const).map((at) => {
        const shown = isEmptyValue(values[at]) ? (
          <span className={classes.empty}>{t('empty')}</span>
        ) : (
          <FieldValue field={field} value={values[at]} />
        )
        if (!isOpen) {
          return (
            <div key={at} className={classes.cell} data-chosen={united || side === at || undefined}>
              {shown}
            </div>
          )
        }
        return (
          <label key={at} className={classes.cell} data-chosen={side === at || undefined} data-open>
            <input
              type="radio"
              className={classes.choice}
              name={`value ${field.key}`}
              aria-label={t('takeValue', { field: field.label, number: at + 1 })}
              checked={side === at}
              onChange={() => onChoose(at)}
            />
            {shown}
          </label>
        )
      })}
    </div>
  )
}

function SameRow({ compared: { field, values } }: { compared: ComparedField }) {
  return (
    <div className={classes.row}>
      <Text size="xs" c="dimmed" className={classes.label}>
        {field.label}
      </Text>
      <div className={classes.cell} data-both>
        <FieldValue field={field} value={values[0]} />
      </div>
    </div>
  )
}
