import type { AnyOperation } from '@oneforge/kernel/operations'

export const customizationOperations: AnyOperation[] = []
