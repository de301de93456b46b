/** Says a sentence politely: at most one a second, the last one wins. */
export function announce(sentence) {
  waiting = sentence
  if (timer === undefined) say()
}

/** Shows and says what must not be missed: the connection is gone, nothing was saved. An empty sentence takes it away. */
export function alarm(sentence) {
  const region = document.getElementById('live-alert')
  if (region !== null) region.textContent = sentence
}

let waiting
let timer

function say() {
  const region = document.getElementById('live-status')
  if (region !== null && waiting !== undefined) region.textContent = waiting
  waiting = undefined
  timer = setTimeout(() => {
    timer = undefined
    if (waiting !== undefined) say()
  }, 1000)
}
