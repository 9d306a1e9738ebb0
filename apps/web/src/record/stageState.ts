import type { Stage } from '@oneforge/client'

/** Won and lost stages end the way: nobody passes through them, and what was lost need not have come far. */
export function stateOf(stages: Stage[], index: number, position: number): 'current' | 'passed' | 'ahead' {
  if (index === position) return 'current'
  const isPassed = index < position && isOpen(stages[index]!) && stages[position]!.kind !== 'lost'
  return isPassed ? 'passed' : 'ahead'
}

const isOpen = ({ kind }: Stage): boolean => (kind ?? 'open') === 'open'
