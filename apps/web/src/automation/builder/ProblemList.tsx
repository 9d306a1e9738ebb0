import { Anchor, Text } from '@mantine/core'
import type { WorkflowProblem } from '@oneforge/client'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FlowWords } from '../canvas/useFlowWords.tsx'
import type { Step } from '../flow/flow.ts'
import { findStep } from '../flow/tree.ts'
import classes from './builder.module.css'
import { markOf, nameOfPart, partOf } from './problems.ts'

interface ProblemListProps {
  problems: WorkflowProblem[]
  steps: Step[]
  words: FlowWords
  /** Leads to the card of a problem. */
  onProblem: (mark: string) => void
  /** Its first one has the focus. */
  focused?: boolean
}

/** What is wrong, each under the name of its step; pressing one leads there. */
export function ProblemList({ problems, steps, words, onProblem, focused = false }: ProblemListProps) {
  const { t } = useTranslation('automation')
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (focused) list.current?.querySelector('button')?.focus()
  }, [focused])
  const nameOf = (mark: string) => {
    const step = findStep(steps, mark)
    return step ? words.title(step) : t('trigger.title')
  }
  /** Messages go on from the name of what they are about: «Subject: is missing». */
  const sentenceOf = (problem: WorkflowProblem) => {
    const part = partOf(problem)
    if (!part) return problem.message
    const name = nameOfPart(findStep(steps, markOf(problem))?.type, part)
    const label = t(`form.${name}`, { defaultValue: t(`trigger.${part}`, { defaultValue: part }) })
    return `${label}: ${problem.message}`
  }
  return (
    <ul ref={list} className={classes.problems}>
      {problems.map((problem) => (
        <li key={`${problem.path} ${problem.message}`}>
          <Anchor
            component="button"
            type="button"
            size="sm"
            ta="start"
            c="var(--mantine-color-text)"
            onClick={() => onProblem(markOf(problem))}
          >
            <Text component="span" display="block" size="sm" fw={600}>
              {nameOf(markOf(problem))}
            </Text>
            {sentenceOf(problem)}
          </Anchor>
        </li>
      ))}
    </ul>
  )
}
