/**
 * Reads what is under way anew and nothing else of the page: every element with an id and `data-running`, which may hold the pause
 * in milliseconds (5000 unless told). Without it there is Refresh.
 */
const everyMs = 5000

async function refresh() {
  const running = document.querySelectorAll('[data-running]')
  if (running.length === 0 || document.hidden) return
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
  // Signed out meanwhile: the page stays as it is.
  if (!answer.ok || answer.redirected) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const card of running) {
    const fresh = page.getElementById(card.id)
    if (fresh === null) continue
    const open = card.querySelector('details')?.open ?? false
    const details = fresh.querySelector('details')
    if (details !== null) details.open = open
    if (card.contains(document.activeElement)) {
      // Whoever stands on a button of the card keeps standing there: only what moves is replaced.
      const [from, to] = [fresh.querySelector('.measure'), card.querySelector('.measure')]
      if (from !== null && to !== null) {
        to.replaceWith(from)
        continue
      }
    }
    card.replaceWith(fresh)
  }
}

function wait() {
  const pauses = [...document.querySelectorAll('[data-running]')].map((one) => Number(one.dataset.running))
  const pause = Math.min(...pauses.map((ms) => ms || everyMs), everyMs)
  setTimeout(
    () =>
      refresh()
        .catch(() => {})
        .finally(wait),
    pause,
  )
}

wait()
