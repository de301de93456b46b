/**
 * The currencies in use and the decimals of their minor unit, by ISO 4217. Not asked of ICU: it gives what people pay in cash (forints,
 * Iraqi dinars and sixty others without decimals), where invoices and banks count in the minor unit. The database's table
 * `currencies` holds the same.
 */
const codesByDecimals: readonly (readonly [number, string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF ' +
      'CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL ' +
      'HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT ' +
      'MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB ' +
      'SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH ' +
      'USD UYU UZS VES WST XCD YER ZAR ZMW',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
]

const decimalsOf: ReadonlyMap<string, number> = new Map(
  codesByDecimals.flatMap(([decimals, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, decimals]),
  ),
)

/** Whether this is the ISO 4217 code, in capitals, of a currency in use. */
export function isCurrency(code: string): boolean {
  return decimalsOf.has(code)
}

/** How many decimals a currency's amounts have: EUR 2, JPY 0, KWD 3. Throws on an unknown code. */
export function currencyDecimals(currency: string): number {
  const decimals = decimalsOf.get(currency)
  if (decimals === undefined) throw new RangeError(`${currency} is not a currency`)
  return decimals
}
