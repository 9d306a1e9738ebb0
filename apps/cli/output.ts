/** What commands print: JSON for programs, columns for people. */
import { HttpAnswer, PagedList } from '@oneforge/kernel/operations'

/** Prints what an operation gave; files go to the standard output as they are. */
export async function printOutput(output: unknown): Promise<void> {
  if (output instanceof HttpAnswer) return printFile(output)
  if (output === undefined || output === null) return
  const shown = output instanceof PagedList ? { data: output.items, pagination: output.pagination } : output
  console.log(JSON.stringify(shown, null, 2))
}

async function printFile({ body }: HttpAnswer): Promise<void> {
  if (body === null) return
  for await (const chunk of new Response(body as BodyInit).body!) process.stdout.write(chunk)
}

/** Rows in columns under the names of their attributes. */
export function printTable(rows: Record<string, string | number | null>[]): void {
  const [first] = rows
  if (!first) {
    console.log('None.')
    return
  }
  const names = Object.keys(first)
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))]
  const widths = names.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)))
  for (const row of cells) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
  }
}
