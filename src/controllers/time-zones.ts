import type { Choice } from '../lib/choices.ts'

/** The time zones that ICU knows, by their IANA names, and UTC. */
export function timeZoneChoices(): Choice[] {
  zones ??= [...Intl.supportedValuesOf('timeZone'), 'UTC'].map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }))
  return zones
}

let zones: Choice[] | undefined
