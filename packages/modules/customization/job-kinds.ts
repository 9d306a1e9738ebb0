import { conversionKind } from './conversion.service.ts'
import { derivationKinds as derivations } from './derivation.ts'

/** The long work that changes of metadata leave to jobs. */
export const derivationKinds = [...derivations, conversionKind]
