/** The environment, checked as a whole: each mistake is one line that says what to set. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseNetwork, planNames } from '@oneforge/kernel/tenancy'

export interface Config {
  port: number
  dataDir: string
  /** Undefined: the private PostgreSQL. */
  databaseUrl: string | undefined
  baseUrl: string
  masterKey: string | undefined
  trustedProxies: string[]
  /** Empty: those of the machine. */
  dnsServers: string[]
  /** Undefined: messages are kept and shown in the outbox. */
  smtpUrl: string | undefined
  /** Sender of messages, such as `OneForge <crm@example.com>`. */
  mailFrom: string
  /** Where mail arrives that people forward: the port of SMTP, and what stands behind the @. Undefined: none does. */
  mailIn: { port: number; domain: string } | undefined
  /** Whether workspaces may name mail servers in the installation's own network. */
  mailServersInside: boolean
  /** Whether workflows may call addresses in the installation's own network. */
  webhooksInside: boolean
  /** The gateway that text messages go out by. Undefined: none do. */
  sms: { url: string; token: string | undefined } | undefined
  /** The bucket in which files lie. Undefined: the data directory. */
  s3: S3Config | undefined
  registration: 'open' | 'closed'
  defaultPlan: string
  /** How many days a new workspace has that plan on trial; undefined: for good. */
  trialDays: number | undefined
  /** How many whole months the log of operations is kept. */
  auditMonths: number
  poolSize: number
  /** Which parts this process runs: both, unless they are kept apart. */
  runs: { http: boolean; worker: boolean }
  logLevel: string
}

export interface S3Config {
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

/** Thrown with all that is wrong, one line each. */
export class ConfigError extends Error {}

export function readConfig(environment: Record<string, string | undefined>): Config {
  const problems: string[] = []
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined
  const number = <F extends number | undefined>(name: string, fallback: F, least: number, most: number): number | F => {
    const text = value(name)
    if (text === undefined) return fallback
    const parsed = Number(text)
    if (!Number.isInteger(parsed) || parsed < least || parsed > most) {
      const otherwise = fallback === undefined ? 'leave it out' : `leave it out for ${fallback}`
      problems.push(`${name} is “${text}”; set a whole number from ${least} to ${most}, or ${otherwise}.`)
      return fallback
    }
    return parsed
  }
  const choice = <T extends string>(name: string, choices: readonly T[], fallback: T): T => {
    const text = value(name) ?? fallback
    if (choices.includes(text as T)) return text as T
    problems.push(`${name} is “${text}”; set one of ${choices.join(', ')}, or leave it out for ${fallback}.`)
    return fallback
  }
  const port = number('PORT', 3000, 1, 65_535)
  const process = choice('OF_PROCESS', ['all', 'server', 'worker'], 'all')
  const baseUrl = (value('OF_BASE_URL') ?? `http://localhost:${port}`).replace(/\/+$/, '')
  const config: Config = {
    port,
    dataDir: resolve(value('OF_DATA_DIR') ?? './data'),
    databaseUrl: value('DATABASE_URL'),
    baseUrl,
    masterKey: value('OF_MASTER_KEY'),
    trustedProxies: partsOf(value('OF_TRUSTED_PROXIES')),
    dnsServers: partsOf(value('OF_DNS_SERVERS')),
    smtpUrl: value('OF_SMTP_URL'),
    mailFrom: value('OF_MAIL_FROM') ?? `OneForge <no-reply@${hostOf(baseUrl)}>`,
    mailIn: mailIn(number('OF_MAIL_IN_PORT', undefined, 1, 65_535), value('OF_MAIL_IN_DOMAIN'), problems),
    mailServersInside: choice('OF_MAIL_SERVERS_INSIDE', ['no', 'yes'], 'no') === 'yes',
    webhooksInside: choice('OF_WEBHOOKS_INSIDE', ['no', 'yes'], 'no') === 'yes',
    sms: smsOf(value('OF_SMS_URL'), value('OF_SMS_TOKEN'), problems),
    s3: s3Of(value, problems),
    registration: choice('OF_REGISTRATION', ['open', 'closed'], 'open'),
    defaultPlan: choice('OF_DEFAULT_PLAN', planNames, 'enterprise'),
    trialDays: number('OF_TRIAL_DAYS', undefined, 1, 3_650),
    auditMonths: number('OF_AUDIT_MONTHS', 84, 12, 1_200),
    poolSize: number('OF_POOL_SIZE', 16, 2, 200),
    runs: { http: process !== 'worker', worker: process !== 'server' },
    logLevel: choice('OF_LOG_LEVEL', ['silent', 'error', 'warn', 'info', 'debug'], 'info'),
  }
  problems.push(...addressProblems(config))
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return config
}

/** A bucket is named with all that it takes, or not at all. */
function s3Of(value: (name: string) => string | undefined, problems: string[]): S3Config | undefined {
  const region = value('OF_S3_REGION') ?? 'us-east-1'
  const endpoint = value('OF_S3_ENDPOINT') ?? `https://s3.${region}.amazonaws.com`
  const bucket = value('OF_S3_BUCKET')
  const accessKeyId = value('OF_S3_ACCESS_KEY_ID')
  const secretAccessKey = value('OF_S3_SECRET_ACCESS_KEY')
  const given = [bucket, accessKeyId, secretAccessKey, value('OF_S3_ENDPOINT'), value('OF_S3_REGION')]
  if (given.every((one) => one === undefined)) return undefined
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) {
    problems.push(
      `OF_S3_ENDPOINT is “${endpoint}”; set the address of a server that speaks S3, such as http://minio:9000.`,
    )
  }
  if (bucket && accessKeyId && secretAccessKey) return { endpoint, region, bucket, accessKeyId, secretAccessKey }
  problems.push(
    'To keep files in a bucket, set OF_S3_BUCKET, OF_S3_ACCESS_KEY_ID and OF_S3_SECRET_ACCESS_KEY; leave all OF_S3_ out to keep them in OF_DATA_DIR.',
  )
  return undefined
}

function smsOf(url: string | undefined, token: string | undefined, problems: string[]): Config['sms'] {
  if (url === undefined) return undefined
  if (!/^https?:\/\/[^/\s]+/.test(url)) {
    problems.push(`OF_SMS_URL is “${url}”; set the address of a gateway, such as https://sms.example.com/messages.`)
  }
  return { url, token }
}

function mailIn(port: number | undefined, domain: string | undefined, problems: string[]): Config['mailIn'] {
  if (port === undefined && domain === undefined) return undefined
  if (port !== undefined && domain !== undefined && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(domain)) {
    return { port, domain: domain.toLowerCase() }
  }
  problems.push(
    'OF_MAIL_IN_PORT and OF_MAIL_IN_DOMAIN go together: the port on which mail arrives, such as 2525, and the domain of the addresses, such as log.example.com. Leave out both to receive none.',
  )
  return undefined
}

/** What stands between commas. */
const partsOf = (text = ''): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

function addressProblems(config: Config): string[] {
  const problems: string[] = []
  if (config.databaseUrl && !/^postgres(ql)?:\/\//.test(config.databaseUrl)) {
    problems.push('DATABASE_URL must begin with postgres:// or be left out, which starts the private PostgreSQL.')
  }
  if (!URL.canParse(config.baseUrl) || !/^https?:/.test(config.baseUrl)) {
    problems.push(`OF_BASE_URL is “${config.baseUrl}”; set the address people use, such as https://crm.example.com.`)
  }
  if (config.smtpUrl && !/^smtps?:\/\/[^/]/.test(config.smtpUrl)) {
    problems.push(
      'OF_SMTP_URL must begin with smtp:// or smtps:// and name a server: smtp://user:password@mail.example.com:587. Leave it out to keep messages in the outbox.',
    )
  }
  if (!/^[^<>@]*<?[^\s<>@]+@[^\s<>@]+>?$/.test(config.mailFrom)) {
    problems.push(`OF_MAIL_FROM is “${config.mailFrom}”; set a sender such as OneForge <crm@example.com>.`)
  }
  if (config.masterKey && !/^[0-9a-f]{64}$/i.test(config.masterKey)) {
    problems.push(
      'OF_MASTER_KEY must be 64 hexadecimal digits (32 bytes): openssl rand -hex 32. Leave it out to have one made.',
    )
  }
  for (const range of config.trustedProxies) {
    if (!parseNetwork(range)) {
      problems.push(
        `OF_TRUSTED_PROXIES holds “${range}”; set addresses or CIDR ranges separated by commas, such as 10.0.0.0/8.`,
      )
    }
  }
  for (const server of config.dnsServers) {
    if (!isDnsServer(server)) {
      problems.push(
        `OF_DNS_SERVERS holds “${server}”; set addresses separated by commas, each with a port if it is not 53, such as 9.9.9.9 or 127.0.0.1:5353.`,
      )
    }
  }
  return problems
}

/** `9.9.9.9`, `2620:fe::fe`, `127.0.0.1:5353` or `[::1]:5353`. */
function isDnsServer(text: string): boolean {
  const [, bracketed, plain, port = '53'] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d+))?$/.exec(text) ?? []
  return isIP(bracketed ?? plain ?? text) !== 0 && Number(port) >= 1 && Number(port) <= 65_535
}

const hostOf = (baseUrl: string): string => (URL.canParse(baseUrl) ? new URL(baseUrl).hostname : 'localhost')
