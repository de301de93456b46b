import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'

/** The settings of a process, checked. All come from the environment or `.env`; .env.example lists them with their defaults. */
export type Config = {
  host: string
  port: number
  /** Where people reach the product: links in mail, the cookie's `secure`. */
  baseUrl: string
  databaseUrl: string | undefined
  databaseOwnerUrl: string | undefined
  /** Absolute. The embedded server's data, the session secret, kept mail. */
  dataDir: string
  sessionSecret: string | undefined
  smtpUrl: string | undefined
  mailFrom: string | undefined
  jobs: boolean
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  trustProxy: boolean | string
}

/** Settings that cannot be used, a line each. */
export class ConfigProblem extends Error {
  readonly lines: readonly string[]

  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.name = 'ConfigProblem'
    this.lines = lines
  }
}

const url = (protocols: string[], example: string) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be an address such as ${example}`,
    )

// Without a host where `?host=` names a socket's folder, as `npm run database-url` prints it: libpq takes that, URL does not.
const database = z
  .string()
  .refine(
    (text) =>
      /^postgres(ql)?:\/\//.test(text) &&
      URL.canParse(text.replace(/^(\w+:\/\/(?:[^/@]*@)?)\//, '$1localhost/')),
    'must be an address such as postgresql://user:password@host:5432/comptoir',
  )

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .default('3000')
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535,
      'must be a port number from 0 to 65535, such as 3000',
    ),
  BASE_URL: url(['http:', 'https:'], 'https://comptoir.example.com').optional(),
  DATABASE_URL: database.optional(),
  DATABASE_OWNER_URL: database.optional(),
  DATA_DIR: z.string().default('.data'),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtps://user:password@mail.example.com').optional(),
  MAIL_FROM: z
    .string()
    .regex(/@[^\s@]+>?$/, 'must be an address such as "Invoices <billing@example.com>"')
    .optional(),
  PUPPETEER_EXECUTABLE_PATH: z.string().optional(),
  JOBS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  TRUST_PROXY: z
    .string()
    .refine(
      (text) => text === 'on' || text === 'off' || text.split(',').every(isAddressRange),
      'must be on, off, or addresses such as 10.0.0.0/8, 127.0.0.1',
    )
    .default('off'),
})

/** An address, or a range of them as 10.0.0.0/8. */
function isAddressRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.trim().split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** Puts the settings of `.env` into the environment, where there is one; what is set there already goes before it. */
export function loadEnvFile(): void {
  try {
    process.loadEnvFile()
  } catch (error) {
    // No .env: the environment alone.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      throw new ConfigProblem([
        `.env cannot be read (${error instanceof Error ? error.message : String(error)}).`,
      ])
    }
  }
}

/**
 * Reads and checks the settings; an empty one counts as absent.
 * @throws ConfigProblem with one line for each malformed setting
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const parsed = schema.safeParse(present)
  if (!parsed.success) {
    throw new ConfigProblem(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`))
  }
  const value = parsed.data
  if (value.DATABASE_OWNER_URL !== undefined && value.DATABASE_URL === undefined) {
    throw new ConfigProblem(['DATABASE_OWNER_URL needs DATABASE_URL beside it.'])
  }
  return {
    host: value.HOST,
    port: Number(value.PORT),
    baseUrl: (
      value.BASE_URL ?? `http://${value.HOST.includes(':') ? `[${value.HOST}]` : value.HOST}:${value.PORT}`
    ).replace(/\/$/, ''),
    databaseUrl: value.DATABASE_URL,
    databaseOwnerUrl: value.DATABASE_OWNER_URL,
    dataDir: resolve(value.DATA_DIR),
    sessionSecret: value.SESSION_SECRET,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    jobs: value.JOBS === 'on',
    logLevel: value.LOG_LEVEL,
    trustProxy: value.TRUST_PROXY === 'off' ? false : value.TRUST_PROXY === 'on' ? true : value.TRUST_PROXY,
  }
}
