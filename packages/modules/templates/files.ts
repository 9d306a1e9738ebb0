/** Template files that somebody hands in. */
import { validationError } from '@oneforge/kernel/errors'
import { checkUntrusted, type Template } from '@oneforge/templates'

/** The value as a template that can be applied; 400 with all that is wrong, each with its place in the file. */
export function checkedFile(value: unknown): Template {
  const problems = checkUntrusted(value)
  if (problems.length === 0) return value as Template
  throw validationError(
    problems.map(({ path, message }) => ({ field: path ? `template.${path}` : 'template', message })),
  )
}
