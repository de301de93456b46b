import type { WholeSource } from '../../data/document-sources.ts'
import type { Language } from '../../languages/sentences.ts'
import { translator } from '../../languages/translate.ts'
import type { Address } from '../../lib/address.ts'
import { countryName } from '../../lib/choices.ts'
import { keptTexts } from './kept-texts.ts'

export type PrintedAddress = { head: string; lines: string[] }

export type PrintedSeller = {
  name: string
  lines: string[]
  /** The logo as a data address; null where there is none. */
  logo: string | null
  /** Company form, capital, register and numbers: the foot of every page. */
  legal: string
}

type Party = ReturnType<typeof keptTexts>

export function printedSeller(source: WholeSource, language: Language): PrintedSeller {
  const seller = keptTexts(source.seller)
  const { logo, logo_media_type } = source
  return {
    name: seller('name'),
    lines: [
      ...(seller('trade_name') === seller('name') ? [] : [seller('trade_name')]),
      ...streetLines(seller),
      placeOf(seller),
      isAbroad(source) ? country(seller, language) : '',
      seller('phone'),
      seller('email'),
      seller('website'),
    ].filter(isSaid),
    logo:
      logo === null || logo_media_type === null
        ? null
        : `data:${logo_media_type};base64,${logo.toString('base64')}`,
    legal: legalLine(seller, language),
  }
}

/** Where the bill goes, and where the goods go if that is elsewhere. */
export function printedAddresses(
  source: WholeSource,
  language: Language,
): { billing: PrintedAddress; delivery: PrintedAddress | null } {
  const t = translator(language)
  const buyer = keptTexts(source.buyer)
  const billed = source.billing_address === null ? buyer : keptTexts(source.billing_address)
  const billing = addressLines(billed, source, language)
  const delivery =
    source.delivery_address === null ? [] : addressLines(keptTexts(source.delivery_address), source, language)
  const isElsewhere = delivery.length > 1 && !isSamePlace(delivery, billing)
  return {
    billing: {
      head: t(source.kind === 'order' ? 'documents.ordered_for' : 'documents.billed_to'),
      lines: billing,
    },
    delivery: isElsewhere ? { head: t('documents.delivered_to'), lines: delivery } : null,
  }
}

/** The country is said where it is not the seller's, as the post wants it. */
function addressLines(party: Party, source: WholeSource, language: Language): string[] {
  const isForeign = party('country') !== keptTexts(source.seller)('country')
  return [
    party('name'),
    ...streetLines(party),
    placeOf(party),
    isForeign ? country(party, language) : '',
  ].filter(isSaid)
}

/** Whatever the name above them says: the trade name goes to the same door as the legal one. */
function isSamePlace([, ...a]: string[], [, ...b]: string[]): boolean {
  return a.join('\n') === b.join('\n')
}

function isAbroad({ buyer, billing_address, seller }: WholeSource): boolean {
  const to: Address | unknown = billing_address ?? buyer
  return keptTexts(to)('country') !== keptTexts(seller)('country')
}

function streetLines(party: Party): string[] {
  return [party('street'), party('street_2'), party('street_3')]
}

function placeOf(party: Party): string {
  return [[party('postal_code'), party('city')].filter(isSaid).join(' '), party('region')]
    .filter(isSaid)
    .join(', ')
}

function country(party: Party, language: Language): string {
  const code = party('country')
  return code === '' ? '' : countryName(language, code).toLocaleUpperCase(language)
}

function legalLine(seller: Party, language: Language): string {
  const t = translator(language)
  const [form, capital] = [seller('legal_form'), seller('share_capital')]
  const numbers = (['siren', 'siret', 'vat_number', 'tax_number'] as const).flatMap((name) => {
    const text = spaced(name, seller(name))
    // The first nine digits of a SIRET are the SIREN.
    const isTold = name === 'siren' && seller('siret') !== ''
    return text === '' || isTold ? [] : [t(`documents.${name}`, { text })]
  })
  return [
    seller('name'),
    form !== '' && capital !== '' ? t('documents.capital', { form, capital }) : form,
    [...streetLines(seller), placeOf(seller)].filter(isSaid).join(', '),
    seller('register_text'),
    ...numbers,
  ]
    .filter(isSaid)
    .join(' · ')
}

/** `552 100 554`, `552 100 554 00013`, as they are read aloud in France. */
export function spaced(kind: 'siren' | 'siret' | 'vat_number' | 'tax_number', text: string): string {
  if (kind !== 'siren' && kind !== 'siret') return text
  return text.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})?$/, (_, a, b, c, d) =>
    [a, b, c, d].filter((part) => part !== undefined).join('\u00a0'),
  )
}

function isSaid(text: string): boolean {
  return text !== ''
}
