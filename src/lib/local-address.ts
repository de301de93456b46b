/** The address if it is one of our own pages, else `/`: nobody is led elsewhere by a link that begins here. */
export function localAddress(address: string): string {
  if (!address.startsWith('/') || !URL.canParse(address, 'http://here')) return '/'
  const url = new URL(address, 'http://here')
  return url.host === 'here' ? pageOf(url) : '/'
}

/** The page of one of our own addresses. Not a path that begins with two slashes, as `/.//there` becomes: a browser reads a host in it. */
export function pageOf(url: URL): string {
  return url.pathname.startsWith('//') ? '/' : `${url.pathname}${url.search}`
}
