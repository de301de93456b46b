import type { FieldError } from '../languages/catalog.ts'
import { isSiren, isSiret, vatNumberMistake } from '../lib/identifiers.ts'

/** SIREN, SIRET and VAT number; each may be empty. */
export function mistakesOfCompany(form: { siren: string; siret: string; vat_number: string }): FieldError[] {
  const { siren, siret, vat_number } = form
  const mistakes: FieldError[] = []
  if (siren !== '' && !isSiren(siren))
    mistakes.push({ field: 'siren', message: { key: 'directory.siren.wrong', params: { typed: siren } } })
  if (siret !== '' && !isSiret(siret))
    mistakes.push({ field: 'siret', message: { key: 'directory.siret.wrong', params: { typed: siret } } })
  else if (siret !== '' && siren !== '' && isSiren(siren) && !siret.startsWith(siren))
    mistakes.push({ field: 'siret', message: { key: 'directory.siret.other_siren', params: { siren } } })
  const wrong = vat_number === '' ? undefined : vatNumberMistake(vat_number)
  if (wrong?.mistake === 'no_country')
    mistakes.push({
      field: 'vat_number',
      message: { key: 'directory.vat_number.no_country', params: { typed: vat_number } },
    })
  if (wrong?.mistake === 'form')
    mistakes.push({
      field: 'vat_number',
      message: {
        key: 'directory.vat_number.wrong',
        params: { typed: vat_number, prefix: vat_number.slice(0, 2), example: wrong.example },
      },
    })
  return mistakes
}
