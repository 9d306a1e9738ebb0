/**
 * From what is written to HTML with merge fields. Compiled when it is saved, merged when it is sent: values never meet
 * MJML, so none of them can be a part of it.
 */
import { z } from 'zod'
import { blocks, mjmlOf } from './blocks.ts'
import { type MergeFailed, mergeFields } from './liquid.ts'

export const modes = ['visual', 'source'] as const
export type Mode = (typeof modes)[number]

const longestSource = 100_000

/** What is written in one language. */
export const draft = z.strictObject({
  subject: z
    .string()
    .trim()
    .min(1, 'cannot be empty')
    .max(500, 'takes at most 500 characters')
    .regex(/^[^\p{Cc}]*$/u, 'must be one line'),
  blocks: blocks.optional().describe('Of the visual editor.'),
  mjml: z.string().max(longestSource, 'takes at most 100,000 characters').optional().describe('Of the source.'),
  text: z.string().max(50_000, 'takes at most 50,000 characters').default('').describe('Made of the HTML where empty.'),
})
export type Draft = z.output<typeof draft>

export const partNames = ['subject', 'content', 'text'] as const

export interface Problem {
  part: (typeof partNames)[number]
  /** From 1; 0 where it is none line's fault. */
  line: number
  message: string
}

export interface Compiled {
  /** With its merge fields. */
  html: string
  /** Ways that it reads, of all its parts. */
  fields: { part: Problem['part']; path: string[] }[]
  problems: Problem[]
}

/** Never throws for what is written: whatever is wrong is told, and the HTML is as far as it can be made. */
export async function compile(written: Draft, mode: Mode, language: string): Promise<Compiled> {
  const source = mode === 'visual' ? mjmlOf(written.blocks ?? [], language) : (written.mjml ?? '')
  const made = await htmlOf(source, mode)
  const read = [
    fieldsOf('subject', written.subject),
    fieldsOf('content', mode === 'visual' ? made.html : source),
    fieldsOf('text', written.text),
  ]
  return {
    html: made.html,
    fields: read.flatMap(({ fields }) => fields),
    problems: [...made.problems, ...read.flatMap(({ problems }) => problems)],
  }
}

function fieldsOf(part: Problem['part'], source: string): Pick<Compiled, 'fields' | 'problems'> {
  try {
    return { fields: mergeFields(source).map((path) => ({ part, path })), problems: [] }
  } catch (error) {
    const { message, line } = error as MergeFailed
    return { fields: [], problems: [{ part, line, message }] }
  }
}

async function htmlOf(source: string, mode: Mode): Promise<{ html: string; problems: Problem[] }> {
  const refused = mode === 'source' ? refusalsOf(source) : []
  if (refused.length > 0) return { html: '', problems: refused }
  // A third of a second to load: whoever sends no templates does without.
  const { default: mjml2html } = await import('mjml')
  try {
    const { html, errors } = await mjml2html(source, compiling)
    const problems = errors.map(({ line, message }) => ({ part: 'content' as const, line, message }))
    return { html, problems: mode === 'source' ? [...unclosed(source), ...problems] : problems }
  } catch (error) {
    return { html: '', problems: [{ part: 'content', line: 0, message: (error as Error).message.slice(0, 500) }] }
  }
}

// No fonts are fetched from elsewhere by whoever opens the message.
const compiling = { validationLevel: 'soft', ignoreIncludes: true, keepComments: false, fonts: {} } as const

/** What no message holds: it would run something, or read what is not the template's. */
const refusals: [pattern: RegExp, message: string][] = [
  [/<\s*mj-include\b/i, 'Includes are not available: write the part here.'],
  [
    /<\s*(?:script|iframe|object|embed|form|base|meta|link|svg)\b/i,
    'Scripts, frames and forms are not available in messages.',
  ],
  [/<[^<>]*\son\w+\s*=/i, 'What runs when something happens (onclick, …) is not available in messages.'],
  [/(?:javascript|vbscript|data)\s*:/i, 'Links lead to pages, addresses or numbers: https:, mailto: or tel:.'],
]

function refusalsOf(source: string): Problem[] {
  return refusals.flatMap(([pattern, message]) => {
    const found = source.search(pattern)
    return found < 0 ? [] : [{ part: 'content' as const, line: lineAt(source, found), message }]
  })
}

// Each part ends where the next begins, and so reads no character twice.
const tag = /<(\/?)(mj[\w-]*)(?![\w-])([^<>]*)>/g

/** mjml closes what is open by itself, and the message looks like something else. */
function unclosed(source: string): Problem[] {
  const open: { name: string; at: number }[] = []
  for (const { 1: slash, 2: name = '', 3: rest = '', index } of source.matchAll(tag)) {
    if (!slash) {
      if (!rest.endsWith('/')) open.push({ name, at: index })
    } else if (open.at(-1)?.name === name) open.pop()
    else {
      const last = open.at(-1)
      const message = last ? `</${name}> closes <${last.name}>, which is still open.` : `</${name}> closes nothing.`
      return [{ part: 'content', line: lineAt(source, index), message }]
    }
  }
  return open.slice(-1).map(({ name, at }) => ({
    part: 'content',
    line: lineAt(source, at),
    message: `<${name}> is not closed.`,
  }))
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length
