export { type Member, MemberCache } from './member.store.ts'
export * from './policy.ts'
