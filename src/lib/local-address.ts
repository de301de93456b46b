/** The address if it is one of our own pages, else `/`: nobody is led elsewhere by a link that begins here. */
export function localAddress(address: string): string {
  if (!address.startsWith('/') || !URL.canParse(address, 'http://here')) return '/'
  const url = new URL(address, 'http://here')
  return url.host === 'here' ? `${url.pathname}${url.search}` : '/'
}
