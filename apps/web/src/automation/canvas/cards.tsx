import type { WorkflowRunStep } from '@oneforge/client'
import {
  type Icon,
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconMinus,
  IconPlus,
  IconSend,
  IconX,
} from '@tabler/icons-react'
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mark, triggerId } from '../flow/layout.ts'
import classes from './canvas.module.css'
import { useCanvas } from './canvasContext.ts'
import { anyTriggerIcon, kinds } from './kinds.ts'

export type MarkNode = Node<{ mark: Mark }>

const stateIcons: Record<WorkflowRunStep['state'], Icon> = {
  done: IconCheck,
  waiting: IconClock,
  sent: IconSend,
  failed: IconX,
  skipped: IconMinus,
}

/** Lines begin and end at these; nobody draws lines here. */
function Ends({ first = false, last = false }: { first?: boolean; last?: boolean }) {
  return (
    <>
      {!first && <Handle type="target" position={Position.Top} isConnectable={false} className={classes.handle} />}
      {!last && <Handle type="source" position={Position.Bottom} isConnectable={false} className={classes.handle} />}
    </>
  )
}

interface CardProps {
  id: string
  icon: Icon
  title: string
  details: ReactNode
  off?: boolean
}

function Card({ id, icon: Picture, title, details, off }: CardProps) {
  const { t } = useTranslation('automation')
  const { selected, problems, overlay, select, open } = useCanvas()
  const count = problems.get(id) ?? 0
  const state = overlay.states?.get(id)
  const assumed = overlay.assumed?.get(id)
  const change = overlay.changes?.get(id)
  const waiting = overlay.waiting?.[id] ?? 0
  const StateIcon = state && stateIcons[state]
  return (
    <button
      type="button"
      className={classes.card}
      data-mark={id}
      data-selected={id === selected || undefined}
      data-off={off || undefined}
      data-state={state}
      data-change={change}
      data-untouched={(overlay.states && !state && id !== triggerId) || undefined}
      tabIndex={id === selected ? 0 : -1}
      onFocus={() => select(id)}
      onClick={() => open(id)}
    >
      <span className={classes.icon}>
        <Picture size={17} stroke={1.7} aria-hidden />
      </span>
      <span className={classes.words} dir="auto">
        <span className={classes.title} title={title}>
          {title}
        </span>
        <span className={classes.details} title={typeof details === 'string' ? details : undefined}>
          {details}
        </span>
      </span>
      <span className={classes.signs}>
        {off && <span className={classes.sign}>{t('card.off')}</span>}
        {waiting > 0 && (
          <span className={classes.sign} data-sign="waiting">
            <IconClock size={12} aria-hidden /> {t('card.waiting', { count: waiting })}
          </span>
        )}
        {change && (
          <span className={classes.sign} data-sign={change}>
            {t(`change.${change}`)}
          </span>
        )}
        {assumed && <span className={classes.sign}>{t('test.assumed', { outcome: t(`outcome.${assumed}`) })}</span>}
        {StateIcon && !assumed && (
          <span className={classes.sign} data-sign={state}>
            <StateIcon size={12} aria-hidden /> {t(`stepState.${state}`)}
          </span>
        )}
        {count > 0 && (
          <span className={classes.sign} data-sign="problem">
            <IconAlertTriangle size={12} aria-hidden /> {t('card.problems', { count })}
          </span>
        )}
      </span>
    </button>
  )
}

function TriggerCard({ id }: NodeProps<MarkNode>) {
  const { words } = useCanvas()
  return (
    <>
      <Card
        id={id}
        icon={words.trigger.icon ?? anyTriggerIcon}
        title={words.trigger.title}
        details={words.trigger.details}
      />
      <Ends first />
    </>
  )
}

function StepCard({ id, data: { mark } }: NodeProps<MarkNode>) {
  const { words } = useCanvas()
  const { step } = mark
  if (!step) return null
  return (
    <>
      <Card
        id={id}
        icon={kinds[step.type].icon}
        title={words.title(step)}
        details={words.details(step)}
        off={step.off === true}
      />
      <Ends />
    </>
  )
}

/** The head of a branch: when it is taken. Steps are put into it from here where it is empty. */
function BranchHead({ id, data: { mark } }: NodeProps<MarkNode>) {
  const { t } = useTranslation('automation')
  const { words, selected, overlay, select, open } = useCanvas()
  const way = overlay.ways?.get(id)
  if (!mark.branch) return null
  return (
    <>
      <button
        type="button"
        className={classes.branch}
        data-mark={id}
        data-selected={id === selected || undefined}
        data-way={way}
        tabIndex={id === selected ? 0 : -1}
        onFocus={() => select(id)}
        onClick={() => open(id)}
      >
        {way === 'taken' && <IconCheck size={12} stroke={2.2} aria-hidden />}
        <span className={classes.branchName}>{words.branch(mark.branch.of, mark.branch.part)}</span>
        {way && <span className={classes.hidden}>{t(`way.${way}`)}</span>}
      </button>
      <Ends />
    </>
  )
}

function Join() {
  return (
    <>
      <span className={classes.join} />
      <Ends />
    </>
  )
}

function End() {
  const { t } = useTranslation('automation')
  return (
    <>
      <span className={classes.end}>{t('card.end')}</span>
      <Ends last />
    </>
  )
}

export const nodeTypes = { trigger: TriggerCard, step: StepCard, branch: BranchHead, join: Join, end: End }

/** «+» on a line. */
export function AddButton({ label, onAdd, isTarget }: { label: string; onAdd: () => void; isTarget: boolean }) {
  return (
    <button
      type="button"
      className={classes.add}
      data-target={isTarget || undefined}
      tabIndex={-1}
      aria-label={label}
      title={label}
      onClick={onAdd}
    >
      <IconPlus size={12} stroke={2.2} aria-hidden />
    </button>
  )
}
