import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core'
import type { ComponentPropsWithRef, ReactNode } from 'react'

interface IconButtonProps extends ActionIconProps, Omit<ComponentPropsWithRef<'button'>, keyof ActionIconProps> {
  /** What the button does: heard by screen readers and shown on hover. */
  label: string
  children: ReactNode
}

/** A button that is only an icon never goes without a name. */
export function IconButton({ label, children, ...props }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} size={32} {...props}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
