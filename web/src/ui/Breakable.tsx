import { Fragment } from 'react'

/** A name, a path or an image, which breaks after its parts rather than anywhere. */
export const Breakable = ({ text }: { text: string }) =>
  text.split(/(?<=[/:@_])(?=.)/).map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ))
