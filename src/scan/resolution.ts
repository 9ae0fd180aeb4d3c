/** Lines of the camera's picture: 720, or 1080 where a frame is cheap to look at, because a code is then read from farther away. */
export type Lines = 720 | 1080

export interface Resolution {
  /** What to ask the camera for now; undefined: nothing else. `ms`: what a look by the quick decoder took. */
  took(ms: number): Lines | undefined
}

const FEW = 30 // looks before anything is decided
const CHEAP = 9 // ms at 720 lines; at 1080 it is twice and a quarter
const DEAR = 30 // ms

export function createResolution(canGive1080: boolean): Resolution {
  let lines: Lines = 720
  let isTried = !canGive1080
  let costs: number[] = []
  const change = (to: Lines) => {
    lines = to
    costs = []
    return to
  }
  return {
    took(ms) {
      costs.push(ms)
      if (costs.length < FEW) return undefined
      const median = [...costs].sort((a, b) => a - b)[FEW >> 1] ?? 0
      costs = []
      if (lines === 720 && !isTried && median < CHEAP) {
        isTried = true
        return change(1080)
      }
      return lines === 1080 && median > DEAR ? change(720) : undefined
    },
  }
}
