import { namespacesOf } from './namespaces.ts'

export default namespacesOf(import.meta.glob('./en/*.json', { eager: true, import: 'default' }))
