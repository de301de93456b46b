import type { Database, Trx } from '../../src/data/database.ts'
import { insertOrganisation } from '../../src/data/organisations.ts'
import type { NewRow } from '../../src/data/tables.ts'
import { insertUser, replaceOrganisationsOfUser } from '../../src/data/users.ts'
import { presetNotes } from '../../src/services/organisations/legal-notes.ts'
import { setUpShop } from '../../src/services/setup/set-up-shop.ts'
import type { Chance } from '../demo/chance.ts'
import { frenchVatNumber, siren } from '../demo/identifiers.ts'
import { familyNames, firstNames } from './words.ts'

export type People = {
  admin_id: string
  /** The largest first. */
  organisations: readonly { id: string; code: string }[]
}

/** Who signs in to a generated shop. */
export type Admin = { name: string; email: string; password: string }

/** The shop's own set-up, then two more organisations and those who work in them. */
export async function makePeople(db: Database, users: number, admin: Admin, chance: Chance): Promise<People> {
  const { organisationId, userId } = await setUpShop(db, {
    organisation: { ...organisation(chance), name: 'Grand Comptoir', city: 'Lyon', postal_code: '69003' },
    standardRate: null,
    admin,
  })
  return db.transaction().execute(async (trx) => {
    const first = await trx
      .selectFrom('organisations')
      .selectAll()
      .where('id', '=', organisationId)
      .executeTakeFirstOrThrow()
    const organisations = [{ id: first.id, code: first.code }]
    for (const [code, name, city, postal_code] of others) {
      const id = await insertOrganisation(trx, {
        ...organisation(chance),
        code,
        name,
        city,
        postal_code,
        default_tax_rate_id: first.default_tax_rate_id,
        default_payment_term_id: first.default_payment_term_id,
      })
      organisations.push({ id, code })
    }
    const all = organisations.map(({ id }) => id)
    await replaceOrganisationsOfUser(trx, userId, all)
    await makeUsers(trx, users - 1, all, chance)
    return { admin_id: userId, organisations }
  })
}

const others = [
  ['GC-NORD', 'Grand Comptoir Nord', 'Lille', '59000'],
  ['GC-SUD', 'Grand Comptoir Sud', 'Marseille', '13002'],
] as const

function organisation(chance: Chance) {
  const number = siren(chance)
  return {
    name: '',
    legal_name: '',
    siren: number,
    vat_number: frenchVatNumber(number),
    time_zone: 'Europe/Paris',
    language: 'fr',
    currency: 'EUR',
    street: `${chance.whole(1, 120)} quai du Commerce`,
    street_2: '',
    street_3: '',
    postal_code: '',
    city: '',
    region: '',
    country: 'FR',
    ...presetNotes('FR', 'fr'),
  } as const satisfies Partial<NewRow<'organisations'>>
}

/** Half of them work in all organisations, the others in one. They have no password, so that nobody signs in as them. */
async function makeUsers(
  trx: Trx,
  count: number,
  organisations: readonly string[],
  chance: Chance,
): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    const home = chance.pick(organisations)
    const name = `${chance.pick(firstNames)} ${chance.pick(familyNames)}`
    const id = await insertUser(trx, {
      name,
      title: chance.pick(['Ventes', 'Facturation', 'Chargé de clientèle', 'Exploitation']),
      email: `user-${n}@generated.test`,
      role: n % 20 === 0 ? 'admin' : 'user',
      language: chance.percent(70) ? 'fr' : 'en',
      organisation_id: home,
    })
    await replaceOrganisationsOfUser(trx, id, n % 2 === 0 ? organisations : [home])
  }
}
