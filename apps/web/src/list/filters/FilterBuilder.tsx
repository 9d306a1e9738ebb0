import { ActionIcon, Button, Select } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ConditionRow } from './ConditionRow.tsx'
import classes from './FilterBuilder.module.css'
import { changeItem, type Group, type Item, newCondition, newGroup } from './filterTree.ts'
import { operatorsOf } from './operators.ts'
import type { Ways } from './ways.ts'

interface FilterBuilderProps {
  fields: FieldMeta[]
  /** Whether conditions may also look over relations, and how far. */
  ways?: Ways | undefined
  group: Group
  onChange: (group: Group) => void
}

/** «Where status is any of New, Active and (born before 1990 or …)»: conditions in groups, one level deep. */
export function FilterBuilder(props: FilterBuilderProps) {
  return <GroupEditor {...props} isRoot />
}

interface GroupEditorProps extends FilterBuilderProps {
  isRoot?: boolean
}

function GroupEditor({ fields, ways, group, onChange, isRoot = false }: GroupEditorProps) {
  const { t } = useTranslation('list')
  const [first] = fields
  const add = (item: Item) => onChange({ ...group, items: [...group.items, item] })
  const freshCondition = () => newCondition(first?.key ?? '', first ? operatorsOf(first)[0]! : 'eq')
  const replace = (item: Item) => (next: Item | undefined) => onChange(changeItem(group, item.id, () => next))
  return (
    <div
      className={isRoot ? classes.root : classes.group}
      // The builder as a whole gets the focus first, so that no dropdown springs open.
      tabIndex={isRoot ? -1 : undefined}
      data-autofocus={isRoot || undefined}
    >
      {group.items.map((item, index) => (
        <div key={item.id} className={classes.line}>
          <Join group={group} index={index} onChange={(join) => onChange({ ...group, join })} />
          <div className={classes.item}>
            <ItemEditor fields={fields} ways={ways} item={item} onChange={replace(item)} />
          </div>
          <ActionIcon aria-label={t('filter.remove')} onClick={() => replace(item)(undefined)}>
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <div className={classes.add}>
        <Button variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => add(freshCondition())}>
          {t('filter.addCondition')}
        </Button>
        {isRoot && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={14} />}
            onClick={() => add(newGroup([freshCondition()], group.join === 'and' ? 'or' : 'and'))}
          >
            {t('filter.addGroup')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** The first line begins the sentence, the second chooses how all of them are joined, the others repeat it. */
function Join({ group, index, onChange }: { group: Group; index: number; onChange: (join: Group['join']) => void }) {
  const { t } = useTranslation('list')
  if (index === 0) return <span className={classes.join}>{t('filter.where')}</span>
  if (index > 1) return <span className={classes.join}>{t(`filter.${group.join}`)}</span>
  return (
    <Select
      className={classes.join}
      size="xs"
      aria-label={t('filter.join')}
      data={[
        { value: 'and', label: t('filter.and') },
        { value: 'or', label: t('filter.or') },
      ]}
      value={group.join}
      onChange={(join) => onChange(join as Group['join'])}
      allowDeselect={false}
      comboboxProps={{ withinPortal: false }}
    />
  )
}

interface ItemEditorProps {
  fields: FieldMeta[]
  ways: Ways | undefined
  item: Item
  onChange: (item: Item | undefined) => void
}

function ItemEditor({ fields, ways, item, onChange }: ItemEditorProps) {
  const { t } = useTranslation('list')
  if (item.kind === 'group') return <GroupEditor fields={fields} ways={ways} group={item} onChange={onChange} />
  if (item.kind === 'condition') {
    return <ConditionRow fields={fields} ways={ways} condition={item} onChange={onChange} />
  }
  return <span className={classes.foreign}>{t('filter.foreign')}</span>
}
