import type { AnyOperation } from './operation.ts'

/** All operations by name; two of one name, or of one method and path, are a mistake in the program. */
export class OperationRegistry {
  readonly operations: AnyOperation[]
  private readonly byName = new Map<string, AnyOperation>()

  constructor(operations: AnyOperation[]) {
    const routes = new Set<string>()
    for (const operation of operations) {
      const route = `${operation.http.method} ${operation.http.path}`
      if (this.byName.has(operation.name)) throw new Error(`Two operations are named ${operation.name}.`)
      if (routes.has(route)) throw new Error(`Two operations answer ${route}.`)
      this.byName.set(operation.name, operation)
      routes.add(route)
    }
    this.operations = operations
  }

  get(name: string): AnyOperation | undefined {
    return this.byName.get(name)
  }
}
