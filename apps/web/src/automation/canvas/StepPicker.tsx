import { TextInput } from '@mantine/core'
import type { WorkflowVocabulary } from '@oneforge/client'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../../ui/Modal.tsx'
import { stepTypes } from '../flow/blank.ts'
import type { Flow, StepType } from '../flow/flow.ts'
import { groups, kinds } from './kinds.ts'
import classes from './StepPicker.module.css'

interface StepPickerProps {
  flow: Flow
  vocabulary: WorkflowVocabulary | undefined
  onPick: (type: StepType) => void
  onClose: () => void
}

/** What can come next, by what it is for; a few letters find it, Enter takes what is marked. */
export function StepPicker({ flow, vocabulary, onPick, onClose }: StepPickerProps) {
  const { t } = useTranslation('automation')
  const id = useId()
  const [search, setSearch] = useState('')
  const [active, setActive] = useState(0)
  const looked = search.trim().toLowerCase()
  const found = groups.flatMap((group) =>
    offered(flow, vocabulary).filter((type) => {
      const text = `${t(`step.${type}`)} ${t(`stepHelp.${type}`)}`.toLowerCase()
      return kinds[type].group === group && text.includes(looked)
    }),
  )
  const marked = found[Math.min(active, found.length - 1)]

  function onKeyDown(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by) setActive((Math.min(active, found.length - 1) + by + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter' && marked) onPick(marked)
    else return
    event.preventDefault()
  }

  return (
    <Modal opened onClose={onClose} title={t('picker.title')} size={560} padding="md">
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={15} aria-hidden />}
        placeholder={t('picker.search')}
        aria-label={t('picker.search')}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={marked && `${id}-${marked}`}
        value={search}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setSearch(event.currentTarget.value)
          setActive(0)
        }}
      />
      <div id={id} role="listbox" aria-label={t('picker.title')} className={classes.list}>
        {groups.map((group) => {
          const types = found.filter((type) => kinds[type].group === group)
          return types.length === 0 ? null : (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of inputs
            <div key={group} role="group" aria-label={t(`group.${group}`)} className={classes.group}>
              <div className={classes.heading} aria-hidden>
                {t(`group.${group}`)}
              </div>
              <div className={classes.types}>
                {types.map((type) => (
                  <Option key={type} id={`${id}-${type}`} type={type} marked={type === marked} onPick={onPick} />
                ))}
              </div>
            </div>
          )
        })}
      </div>
      {found.length === 0 && <p className={classes.none}>{t('picker.none', { search })}</p>}
    </Modal>
  )
}

interface OptionProps {
  id: string
  type: StepType
  marked: boolean
  onPick: (type: StepType) => void
}

function Option({ id, type, marked, onPick }: OptionProps) {
  const { t } = useTranslation('automation')
  const { icon: Picture } = kinds[type]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the search above
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={marked}
      className={classes.type}
      ref={marked ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
      onClick={() => onPick(type)}
    >
      <Picture size={17} stroke={1.7} aria-hidden />
      <span>
        <span className={classes.name}>{t(`step.${type}`)}</span>
        <span className={classes.help}>{t(`stepHelp.${type}`)}</span>
      </span>
    </div>
  )
}

/** Those of the workflow's kind: what alters what is being saved belongs to workflows that run while it is. */
function offered(flow: Flow, vocabulary: WorkflowVocabulary | undefined): StepType[] {
  const known = new Map(vocabulary?.steps.map((step) => [step.type, step]))
  return stepTypes.filter((type) => {
    const step = known.get(type)
    if (!step || (step.needsObject && !flow.object)) return false
    return flow.blocking ? step.blocking : kinds[type].group !== 'saving'
  })
}
