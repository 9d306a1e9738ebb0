import { namespacesOf } from './namespaces.ts'

export default namespacesOf(import.meta.glob('./es/*.json', { eager: true, import: 'default' }))
