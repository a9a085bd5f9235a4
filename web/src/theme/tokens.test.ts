import { describe, expect, test } from 'vitest'
import css from './tokens.css?raw'

type Rgb = [number, number, number]
type Scheme = 'light' | 'dark'

/** Every `--name: light-dark(#light, #dark)` of the stylesheet. */
function tokens(scheme: Scheme): Map<string, Rgb> {
  const pairs = css.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g)
  return new Map(
    [...pairs].map(([, name = '', light = '', dark = '']) => [
      name,
      linear(scheme === 'light' ? light : dark),
    ]),
  )
}

/** "#rrggbb" as linear light, each channel from 0 to 1. */
function linear(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** @see WCAG 2.2, contrast ratio */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

const times = (matrix: readonly Rgb[], [r, g, b]: Rgb): Rgb => {
  const [x = 0, y = 0, z = 0] = matrix.map((row) => row[0] * r + row[1] * g + row[2] * b)
  return [x, y, z]
}

/** @see https://bottosson.github.io/posts/oklab */
function oklab(rgb: Rgb): Rgb {
  const [l, m, s] = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  )
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)],
  )
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear light. */
const sight: Record<string, Rgb[]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const seenAs = (matrix: readonly Rgb[], rgb: Rgb): Rgb => {
  const [r, g, b] = times(matrix, rgb)
  const clamp = (value: number) => Math.min(1, Math.max(0, value))
  return [clamp(r), clamp(g), clamp(b)]
}

/** The closest two of the tones come to each other, whoever looks. ΔE in OKLab × 100. */
function closestTones(scheme: Scheme): number {
  const colours = tones.map((tone) => colour(scheme, tone))
  const distances = Object.values(sight).flatMap((matrix) => {
    const seen = colours.map((rgb) => oklab(seenAs(matrix, rgb)))
    return seen.flatMap((a, place) =>
      seen
        .slice(place + 1)
        .map((b) => 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
    )
  })
  return Math.min(...distances)
}

const tones = ['ok', 'progress', 'warning', 'critical', 'neutral'] as const
const surfaces = ['canvas', 'surface', 'raised', 'sunken']
const grounds = [...surfaces, ...tones.map((tone) => `${tone}-tint`)]

function colour(scheme: Scheme, name: string): Rgb {
  const rgb = tokens(scheme).get(name)
  if (!rgb) throw new Error(`No colour --${name} in tokens.css`)
  return rgb
}

/** The lowest contrast of a colour over everything that it may lie on. */
const lowest = (scheme: Scheme, name: string, on: readonly string[] = grounds) =>
  Math.min(...on.map((ground) => contrast(colour(scheme, name), colour(scheme, ground))))

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  test.each(['text', 'text-2', 'text-3', 'accent'])(
    '--%s reads on every ground',
    (name) => {
      expect(lowest(scheme, name)).toBeGreaterThanOrEqual(4.5)
    },
  )

  test.each(tones)('the mark of %s shows on every ground', (tone) => {
    expect(lowest(scheme, tone)).toBeGreaterThanOrEqual(3)
  })

  test('the borders of controls show on every surface', () => {
    expect(lowest(scheme, 'border-control', surfaces)).toBeGreaterThanOrEqual(3)
  })

  test('what is cut out of a mark shows on it', () => {
    for (const tone of tones)
      expect(lowest(scheme, 'surface', [tone])).toBeGreaterThanOrEqual(3)
  })
})

test.each([
  { scheme: 'light', text3: 4.7, borders: 3.1, apart: 7.9 },
  { scheme: 'dark', text3: 4.9, borders: 3.6, apart: 12.3 },
] as const)('the numbers that UX.md gives for $scheme', ({ scheme, ...claimed }) => {
  // At the first decimal, some of them are rounded and some cut off.
  const tolerance = 0.06
  const off = {
    text3: Math.abs(lowest(scheme, 'text-3') - claimed.text3),
    borders: Math.abs(lowest(scheme, 'border-control', surfaces) - claimed.borders),
    apart: Math.abs(closestTones(scheme) - claimed.apart),
  }
  expect(off.text3).toBeLessThan(tolerance)
  expect(off.borders).toBeLessThan(tolerance)
  expect(off.apart).toBeLessThan(tolerance)
})

test('ok is no colour for text in light: nothing may use it as one', () => {
  expect(lowest('light', 'ok')).toBeLessThan(4.5)
})
