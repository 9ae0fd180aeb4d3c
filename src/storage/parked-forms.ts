/** 稍后继续: a form that was put aside for the queue, as it was. */
export interface ParkedForm {
  readonly id: string
  readonly form: 'visitor' | 'courier' | 'arrival' | 'vehicle' | 'bus' | 'late' | 'written'
  /** What its chip says: a masked name, a plate. */
  readonly title: string
  readonly values: unknown
  /** What else the form goes on with: the car that they came in, whose passage waits for it. */
  readonly context?: object
  /** Device ms. */
  readonly parkedAt: number
}
