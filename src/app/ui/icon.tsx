const PATHS = {
  back: 'M15 5l-7 7 7 7',
  check: 'M5 13l4.5 4.5L19 7',
  close: 'M6 6l12 12M18 6L6 18',
  home: 'M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6',
  household: 'M3 12l9-8 9 8M5 11v9h14v-9M9 20v-4a3 3 0 0 1 6 0v4',
  hand: 'M7 12V6a1.5 1.5 0 0 1 3 0v5-7a1.5 1.5 0 0 1 3 0v7-6a1.5 1.5 0 0 1 3 0v8c0 5-2 8-6 8-3 0-4.5-1.5-6-4l-2-4c1-1 2.5-.5 3 1z',
  bar: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM6.5 12h11',
  warning: 'M12 4L2.5 20h19zM12 10v4.5M12 17v.5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16.5 16.5L21 21',
  thermometer: 'M10 14V5a2 2 0 1 1 4 0v9a4 4 0 1 1-4 0zM12 9v8',
  torch: 'M8 3h8v4l-2 3v11h-4V10L8 7zM8 7h8M12 13v2',
  camera: 'M4 8h4l1.5-3h5L16 8h4v11H4zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  swap: 'M4 8h14l-3.5-3.5M20 16H6l3.5 3.5',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.5M4 12h.5M4 18h.5',
  returned: 'M9 7L4 12l5 5M4 12h11a5 5 0 0 1 0 10',
  upload: 'M12 17V5M7 9.5L12 4l5 5.5M4 20h16',
  share: 'M12 15V4M8 8l4-4 4 4M6 12H5v8h14v-8h-1',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 4.5v5M8 14.5v5',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  plus: 'M12 5v14M5 12h14',
  more: 'M5 12h.5M11.75 12h.5M18.5 12h.5',
  backspace: 'M9 6h12v12H9l-6-6zM12 9.5l5 5M17 9.5l-5 5',
  phone: 'M8 3h8v18H8zM11 18.5h2',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 21c.5-5 4-6.5 7.5-6.5s7 1.5 7.5 6.5',
  sound: 'M4 10v4h4l5 4V6L8 10zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11',
  storage: 'M4 5h16v6H4zM4 13h16v6H4zM7.5 8h.5M7.5 16h.5',
  install: 'M8 3h8v18H8zM12 7v6M9.5 11l2.5 2.5 2.5-2.5',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  battery: 'M3 8h15v8H3zM21 11v2M6 11v2M9 11v2',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2',
  key: 'M8 12a4 4 0 1 0 0 .5zM12 12h9v4M17 12v3',
  fingerprint: 'M6 18c1-2 1-4 1-6a5 5 0 0 1 10 0c0 3 0 5-.5 7M10 20c1-2.5 2-5 2-8M4 13c0-5 3-8 8-8s8 3 8 8',
  card: 'M3 6h18v12H3zM3 10h18M6 14.5h5',
  car: 'M4 16v-4l2-5h12l2 5v4zM4 12h16M6.5 16v2.5M17.5 16v2.5M7.5 14h.5M16 14h.5',
  siren: 'M7 18v-5a5 5 0 0 1 10 0v5M5 18h14v2H5zM12 3v2M4 7l1.5 1M20 7l-1.5 1',
  printer: 'M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z',
} as const

export type IconName = keyof typeof PATHS

/** A sign beside words; it never stands for them, so it is hidden from a screen reader. */
export function Icon({ name, size = 24 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}
