import { ActionIcon, Badge, Menu, UnstyledButton } from '@mantine/core'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { IconArchive, IconCursorText, IconDots, IconPencil, IconTransform } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ComputingMark } from './ComputingMark.tsx'
import { typesFrom } from './conversion.ts'
import classes from './settings.module.css'
import { TypeIcon } from './TypePicker.tsx'
import { useFieldSource } from './useFieldSource.ts'

export type FieldAction = 'edit' | 'convert' | 'rename' | 'retire'

interface FieldRowProps {
  object: ObjectMeta
  field: FieldMeta
  isTitle: boolean
  editable: boolean
  onAct: (action: FieldAction) => void
}

/** A field in the list of its object: what it is, how far a job is with it, and what can be done with it. */
export function FieldRow({ object, field, isTitle, editable, onAct }: FieldRowProps) {
  const { t } = useTranslation(['settings', 'modelling'])
  const source = useFieldSource(object, field)
  const marks = (['required', 'unique', 'searchable'] as const).filter((mark) => field[mark])
  return (
    <>
      <UnstyledButton className={classes.fieldButton} onClick={() => onAct('edit')} disabled={!editable}>
        <TypeIcon type={field.type} />
        <span className={classes.name}>{field.label}</span>
        {isTitle && (
          <Badge size="xs" variant="default" className={classes.optional}>
            {t('role.title.name')}
          </Badge>
        )}
        <ComputingMark slug={object.slug} work={field} />
        {field.computed?.problem && (
          <Badge size="sm" variant="light" color="yellow" title={field.computed.problem}>
            {t('modelling:computed.broken')}
          </Badge>
        )}
        {source && (
          <span className={classes.source} title={source}>
            {source}
          </span>
        )}
        <span className={classes.meta}>
          <span className={classes.optional}>{marks.map((mark) => `${t(`mark.${mark}`)} · `).join('')}</span>
          {t(`type.${field.type}.name`)}
        </span>
      </UnstyledButton>
      {editable && <FieldMenu field={field} isTitle={isTitle} onAct={onAct} />}
    </>
  )
}

function FieldMenu({ field, isTitle, onAct }: Pick<FieldRowProps, 'field' | 'isTitle' | 'onAct'>) {
  const { t } = useTranslation(['settings', 'reshaping'])
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('settings:field.actions', { field: field.label })}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => onAct('edit')}>
          {t('settings:field.edit')}
        </Menu.Item>
        {typesFrom(field.type).length > 0 && (
          <Menu.Item
            leftSection={<IconTransform size={14} />}
            disabled={field.system || field.computing}
            onClick={() => onAct('convert')}
          >
            {t('reshaping:convert.action')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconCursorText size={14} />}
          disabled={field.system || field.type === 'autonumber'}
          onClick={() => onAct('rename')}
        >
          {t('reshaping:rename.field.action')}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconArchive size={14} />}
          disabled={isTitle || field.system}
          onClick={() => onAct('retire')}
        >
          {t('settings:field.retire')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
