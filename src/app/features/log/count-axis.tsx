export interface CountAxisProps {
  readonly most: number
  /** Where the lines begin and end; the numbers stand before. */
  readonly left: number
  readonly width: number
  readonly y: (count: number) => number
}

/** Lines at the half and the whole of the most, with their counts: a bar is a number. */
export function CountAxis({ most, left, width, y }: CountAxisProps) {
  const counts = most >= 4 ? [Math.round(most / 2), most] : [most]
  return (
    <>
      {counts.map((count) => (
        <g key={count}>
          <line class="picture-grid" x1={left} x2={width} y1={y(count)} y2={y(count)} />
          <text x={left - 4} y={y(count) + 4} text-anchor="end">
            {count}
          </text>
        </g>
      ))}
    </>
  )
}
