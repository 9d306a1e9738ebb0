/** One thing wrong with a template: where it stands, and what is wrong and what would be right. */
export interface Problem {
  /** `objects[2].fields[5].relation.object`, as one would write it in code. */
  path: string
  message: string
}

/** Notes a problem; a check reports all it finds and goes on. */
export type Report = (path: string, message: string) => void

/** The value as a person would read it in the file, shortened. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
