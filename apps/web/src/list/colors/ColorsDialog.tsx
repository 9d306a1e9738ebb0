import { Button, Group as Line, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ColorRule, ObjectMeta, OptionColor } from '@oneforge/client'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ColorPicker } from '../../settings/ColorPicker.tsx'
import { optionColors } from '../../settings/optionDraft.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { FilterBuilder } from '../filters/FilterBuilder.tsx'
import { fromFilter, type Group, newCondition, newGroup, toFilter } from '../filters/filterTree.ts'
import { operatorsOf } from '../filters/operators.ts'
import { useListFields } from '../useListFields.ts'
import type { ListControls } from '../useListState.ts'
import classes from './Colors.module.css'

const mostRules = 20

/** A rule while it is built: its conditions may be unfinished. */
interface Draft {
  id: string
  color: OptionColor
  group: Group
}

interface ColorsDialogProps {
  object: ObjectMeta
  list: ListControls
  onClose: () => void
}

/** Which rows stand out, and how: rule by rule, the first that fits counts. The list follows while one builds. */
export function ColorsDialog({ object, list, onClose }: ColorsDialogProps) {
  const { t } = useTranslation('list')
  const isPhone = useMediaQuery('(max-width: 760px)')
  const fields = useListFields(object)
  const [drafts, setDrafts] = useState<Draft[]>(() =>
    (list.look.settings.colors ?? []).map(({ filter, color }) => ({
      id: crypto.randomUUID(),
      color,
      group: fromFilter(filter, fields),
    })),
  )

  function change(next: Draft[]): void {
    setDrafts(next)
    list.setSettings({ colors: rulesOf(next) })
  }

  function add(): void {
    const [first] = fields
    const condition = first && newCondition(first.key, operatorsOf(first)[0]!)
    const color = optionColors.find((one) => drafts.every((draft) => draft.color !== one)) ?? 'gray'
    change([...drafts, { id: crypto.randomUUID(), color, group: newGroup(condition ? [condition] : []) }])
  }

  const replace = (id: string, parts: Partial<Draft>) =>
    change(drafts.map((draft) => (draft.id === id ? { ...draft, ...parts } : draft)))

  return (
    <Modal opened onClose={onClose} title={t('colors.title')} size={880} fullScreen={isPhone}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t(drafts.length > 0 ? 'colors.text' : 'colors.none')}
        </Text>
        {drafts.map(({ id, color, group }, index) => (
          <fieldset key={id} className={classes.rule}>
            <legend className={classes.legend}>{t('colors.rule', { number: index + 1 })}</legend>
            <Line justify="space-between" mb={8}>
              <ColorPicker value={color} onChange={(next) => replace(id, { color: next })} />
              <IconButton label={t('colors.remove')} onClick={() => change(drafts.filter((draft) => draft.id !== id))}>
                <IconTrash size={16} />
              </IconButton>
            </Line>
            <FilterBuilder fields={fields} group={group} onChange={(next) => replace(id, { group: next })} />
          </fieldset>
        ))}
        <Line justify="space-between">
          <Button
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            disabled={drafts.length >= mostRules}
            onClick={add}
          >
            {t('colors.add')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('filter.done')}
          </Button>
        </Line>
      </Stack>
    </Modal>
  )
}

/** Those that say something. */
function rulesOf(drafts: Draft[]): ColorRule[] {
  return drafts.flatMap(({ color, group }) => {
    const filter = toFilter(group)
    return filter ? [{ filter, color }] : []
  })
}
