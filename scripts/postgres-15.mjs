// The oldest PostgreSQL we support. The tests run what must hold there on it too, when it is there; it is no
// condition for them.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { canInstallDebianPackages, installDebianPackages } from './debian.mjs'

const CLUSTER_SETTINGS = '/etc/postgresql-common/createcluster.conf'

/** Installs Debian's postgresql-15 where we can; says so where that fails. */
export function installPostgres15() {
  if (existsSync('/usr/lib/postgresql/15/bin/initdb') || !canInstallDebianPackages()) return
  // The package would also make a cluster and start it on port 5432; the tests want its programs only.
  if (!existsSync(CLUSTER_SETTINGS)) {
    mkdirSync('/etc/postgresql-common', { recursive: true })
    writeFileSync(CLUSTER_SETTINGS, 'create_main_cluster = false\n')
  }
  if (!installDebianPackages(['postgresql-15'])) {
    console.log('PostgreSQL 15 could not be installed: the tests run without it.')
  }
}
