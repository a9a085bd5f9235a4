import type { ComponentPropsWithRef } from 'react'
import styles from './Button.module.css'

type ButtonProps = ComponentPropsWithRef<'button'> & {
  /**
   * Quiet ones have no border until they are pointed at; of the filled ones, which commit
   * something, there is one at a time.
   */
  look?: 'plain' | 'quiet' | 'filled' | 'filled-critical'
}

/** A button, verb and object. */
export function Button({ look = 'plain', className, ...others }: ButtonProps) {
  const classes = [styles.button, styles[look], className].filter(Boolean).join(' ')
  return <button type="button" {...others} className={classes} />
}
