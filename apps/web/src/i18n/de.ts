import { namespacesOf } from './namespaces.ts'

export default namespacesOf(import.meta.glob('./de/*.json', { eager: true, import: 'default' }))
