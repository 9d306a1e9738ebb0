import { Collapse, Title, type TitleOrder, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import classes from './FieldSection.module.css'
import type { Section } from './sections.ts'

interface FieldSectionProps {
  section: Section
  /** What the section is called where it has no heading. */
  name?: string | undefined
  order: TitleOrder
  headingClass?: string | undefined
  className?: string | undefined
  /** Something in it must be seen: it is open whatever the layout says. */
  held?: boolean
  children: ReactNode
}

/** Fields under their heading. A section that the layout closes has a heading that opens it. */
export function FieldSection({ section, name, order, headingClass, className, held, children }: FieldSectionProps) {
  const { title, collapsed } = section
  const [opened, setOpened] = useState(!collapsed)
  const body = useId()
  const isOpen = opened || held === true
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <section aria-label={title ?? name} className={className}>
      {title && (
        <Title
          order={order}
          size={headingClass ? undefined : 'sm'}
          mb={headingClass ? undefined : 'sm'}
          className={headingClass}
        >
          {collapsed && !held ? (
            <UnstyledButton
              className={classes.toggle}
              aria-expanded={isOpen}
              aria-controls={body}
              onClick={() => setOpened(!isOpen)}
            >
              <Chevron size={14} aria-hidden />
              {title}
            </UnstyledButton>
          ) : (
            title
          )}
        </Title>
      )}
      <Collapse id={body} expanded={isOpen || !title}>
        {children}
      </Collapse>
    </section>
  )
}
