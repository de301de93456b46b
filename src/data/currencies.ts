import type { Database } from './database.ts'

export async function listCurrencyCodes(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('currencies').select('code').orderBy('code').execute()
  return rows.map((row) => row.code)
}
