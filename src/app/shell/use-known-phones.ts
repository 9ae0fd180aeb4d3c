import { useEffect } from 'preact/hooks'
import { fetchPhones } from '../reporting/known-phones'
import { useServices } from '../services'

/** Asks anew which other phones there are, where a person is about to need it. */
export function useKnownPhones(): void {
  const services = useServices()
  useEffect(() => void fetchPhones(services), [services])
}
