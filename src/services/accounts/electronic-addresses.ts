/**
 * Schemes of electronic addresses (BT-49-1) that forms offer, out of the code list EAS: France's directory, email, SIREN, SIRET, GLN,
 * and the registers of the neighbours. '' where there is no electronic address.
 */
export const electronicAddressSchemes = [
  '',
  '0225',
  'EM',
  '0002',
  '0009',
  '0088',
  '0106',
  '0190',
  '0204',
  '0208',
  '0210',
  '0211',
  '9920',
  '9925',
  '9930',
  '9957',
] as const
