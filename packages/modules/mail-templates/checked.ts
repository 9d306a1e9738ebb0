import type { CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import { type Compiled, compile, type Draft, type Mode } from './compile.ts'
import { problemOf } from './record-scope.ts'

/**
 * Compiles, and looks for merge fields that nothing can fill.
 *
 * @param object of whose records it speaks; undefined where of none.
 */
export async function checked(
  model: TenantModel,
  object: CompiledObject | undefined,
  written: Draft,
  mode: Mode,
  language: string,
): Promise<Compiled> {
  const found = await compile(written, mode, language)
  const unknown = found.fields.flatMap(({ part, path }) => {
    const message = problemOf(model, object, path)
    return message ? [{ part, line: 0, message }] : []
  })
  return { ...found, problems: [...found.problems, ...unknown] }
}
