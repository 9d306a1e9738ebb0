/** The templates that may be chosen: the shipped ones and those that the super admin has published. */
import type { Transaction } from '@oneforge/kernel/database'
import { loadPacks, loadTemplates, type Template } from '@oneforge/templates'
import { publishedTemplates } from './library.store.ts'

/** The latest version of each that is offered: the shipped ones first. */
export async function offeredTemplates(tx: Transaction): Promise<Template[]> {
  const all = [...loadTemplates(), ...(await publishedTemplates(tx)).map(({ template }) => template)]
  const latest = new Map<string, Template>()
  for (const template of all) {
    const known = latest.get(template.slug)
    if (!known || compareVersions(known.version, template.version) < 0) latest.set(template.slug, template)
  }
  return [...latest.values()]
}

/** All versions of a template that are offered, the latest last. */
export async function versionsOf(tx: Transaction, slug: string): Promise<Template[]> {
  const shipped = [...loadTemplates(), ...loadPacks()].filter((template) => template.slug === slug)
  const published = (await publishedTemplates(tx, { slug })).map(({ template }) => template)
  return [...shipped, ...published].sort((one, other) => compareVersions(one.version, other.version))
}

/** The version named, else the latest; undefined where there is none. */
export async function findTemplate(tx: Transaction, slug: string, version?: string): Promise<Template | undefined> {
  return (await versionsOf(tx, slug)).findLast((template) => version === undefined || template.version === version)
}

/** Below zero where the first is the earlier one: `1.9.0` comes before `1.10.0`. */
export function compareVersions(one: string, other: string): number {
  const [numbers, others] = [one, other].map((version) => version.split('.').map(Number))
  for (const [index, number] of numbers!.entries()) {
    const difference = number - (others![index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
