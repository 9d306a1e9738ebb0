/** `oneforge template list`, `oneforge template check FILE`. */
import { checkTemplate, loadTemplates, readTemplate, type Template } from '@oneforge/templates'
import { Command } from 'commander'
import { printTable } from './output.ts'
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

function check(path: string): void {
  const template = read(path)
  const problems = checkTemplate(template)
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
