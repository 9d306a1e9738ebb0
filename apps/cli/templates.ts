/** `oneforge template list`, `check`, `export` and `apply`. */
import { writeFileSync } from 'node:fs'
import { checkUntrusted, loadTemplates, readTemplate, type Template } from '@oneforge/templates'
import { Command } from 'commander'
import { answerOf, type Caller, withCaller } from './operations.ts'
import { printOutput, printTable } from './output.ts'
import { withSystem } from './system.ts'
import { UsageError } from './usage-error.ts'

export const templateCommand = (): Command =>
  new Command('template')
    .description('industry templates')
    .addCommand(new Command('list').description('the templates that come with OneForge').action(list))
    .addCommand(
      new Command('check')
        .description('say all that is wrong with a template')
        .argument('<file>', 'its bundled JSON file, or its folder')
        .action(check),
    )
    .addCommand(
      withCaller(new Command('export'))
        .description('write a workspace’s whole shape, without records, into a bundled JSON file')
        .argument('<file>', 'where to write it')
        .option('--slug <slug>', 'what the template is called in addresses')
        .option('--name <name>', 'what people call it')
        .option('--number <version>', 'its version', '1.0.0')
        .action(exportFile),
    )
    .addCommand(
      withCaller(new Command('apply'))
        .description('give a workspace the shape of a template, or add it to the one that it has')
        .argument('<file>', 'a bundled JSON file, a folder, or the slug of one that is offered')
        .option('--dry-run', 'tell what would come of it, and change nothing')
        .action(apply),
    )

function list(): void {
  printTable(
    loadTemplates().map((template) => ({
      slug: template.slug,
      version: template.version,
      name: template.name.en,
      objects: template.objects.length,
    })),
  )
}

interface Card {
  slug?: string
  name?: string
  number: string
}

const exportFile = (path: string, { slug, name, number, ...caller }: Caller & Card): Promise<void> =>
  withSystem(async (system) => {
    const template = (await answerOf(system, 'templates.export', { slug, name, version: number }, caller)) as Template
    writeFileSync(path, `${JSON.stringify(template, null, 2)}\n`)
    console.log(`${path}: the template “${template.slug}” with ${template.objects.length} objects.`)
  })

const apply = (path: string, { dryRun = false, ...caller }: Caller & { dryRun?: boolean }): Promise<void> =>
  withSystem(async (system) => {
    const template = loadTemplates().some(({ slug }) => slug === path) ? path : read(path)
    const { origins } = (await answerOf(system, 'templates.origins', {}, caller)) as { origins: object[] }
    if (origins.length > 0) await printOutput(await answerOf(system, 'templates.add', { template, dryRun }, caller))
    else if (dryRun)
      await printOutput(await answerOf(system, 'templates.check', { template: bundled(template) }, caller))
    else await printOutput(await answerOf(system, 'templates.apply', { template }, caller))
  })

const bundled = (template: unknown): unknown =>
  typeof template === 'string' ? loadTemplates().find(({ slug }) => slug === template) : template

function check(path: string): void {
  const template = read(path)
  const problems = checkUntrusted(template)
  if (problems.length === 0) {
    const { slug, objects } = template as Template
    console.log(`${path}: the template “${slug}” with ${objects.length} objects is in order.`)
    return
  }
  for (const problem of problems) console.error(`${problem.path || 'the file'}: ${problem.message}`)
  throw new UsageError(`\n${path} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}.`)
}

function read(path: string): unknown {
  try {
    return readTemplate(path)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
