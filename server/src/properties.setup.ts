import fc from 'fast-check'

/**
 * Properties are tried on the same examples in every run, so that whoever changed something
 * is to blame for what fails. `SKEP_PROPERTY_SEED=random npm test -- unit` draws others, and
 * the number that a failure tells draws its own again.
 */
const asked = process.env.SKEP_PROPERTY_SEED ?? '20'
if (asked !== 'random') {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) })
}
