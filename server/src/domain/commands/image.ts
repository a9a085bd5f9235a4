import type { ImageArguments } from '@skep/shared/contract/commands'
import type { Check } from '@skep/shared/contract/preview'
import { block, info, itself, warn } from './check.ts'
import { consequence } from './consequence.ts'
import {
  type ImageReference,
  parseReference,
  pinned,
  referenceText,
} from './image-reference.ts'
import { afterUpdate, consequenceSentence, paceText } from './phrases.ts'
import { type Plan, refused, update } from './plan.ts'
import { shellLine } from './shell.ts'
import type { Situation } from './situation.ts'
import { imageOf, paceOf, type SpecDocument, withTemplate } from './spec-document.ts'
import { placementChecks, updateChecks } from './update-checks.ts'

/**
 * Another image, pinned to its digest where the registry tells it: otherwise each node asks
 * for the tag by itself, and two of them may run two images.
 * @see docker/cli cli/command/service/update.go; moby/moby client/service_create.go
 */
export function imagePlan(on: Situation, { image }: ImageArguments): Plan {
  const { name, document } = on
  const said = {
    title: `Set the image of ${name}`,
    command: shellLine('docker', 'service', 'update', '--image', image, name),
  }
  const asked = parseReference(image)
  if (typeof asked === 'string') {
    const sentence = `'${image}' is no image reference: ${asked}.`
    return refused({ ...said, sentence, checks: [block('invalid-reference', sentence)] })
  }
  if (!document.TaskTemplate.ContainerSpec) {
    const sentence = `${name} runs no containers, such as one of plugins: it has no image.`
    return refused({
      ...said,
      sentence,
      checks: [block('no-container', sentence, itself(on))],
    })
  }
  const found = answered(on, image)
  const reference = found?.digest ? pinned(asked, found.digest) : asked
  const text = referenceText(reference)
  const after = withImage(document, text, found?.platforms)
  const what = consequence(on, after)
  const pace = on.kind.endsWith('job') ? '' : `, ${paceText(paceOf(after.UpdateConfig))}`
  return update(after, {
    ...said,
    sentence: `${name} goes to ${text}${pace}. ${consequenceSentence(what)}`,
    consequence: what,
    checks: [
      ...referenceChecks(on, image, reference),
      ...updateChecks(on, after, what),
      ...placementChecks(on, after, what, 'not-placeable'),
    ],
    afterwards: afterUpdate(on),
  })
}

const answered = ({ digest }: Situation, image: string) =>
  digest?.reference === image ? digest : null

type Platforms = NonNullable<Situation['digest']>['platforms']

/** The platforms were the old image's; with another one they are asked anew, or not known. */
function withImage(
  document: SpecDocument,
  Image: string,
  platforms: Platforms,
): SpecDocument {
  if (imageOf(document) === Image) return document
  return withTemplate(document, ({ Placement, ...template }) => {
    const { Platforms: _old, ...placement } = Placement ?? {}
    const known = (platforms ?? []).flatMap(({ os, architecture }) =>
      os === 'unknown' || architecture === 'unknown'
        ? []
        : // Variants of arm are not told apart here, so none is asked for.
          { Architecture: architecture === 'arm' ? '' : architecture, OS: os },
    )
    const kept = known.length > 0 ? { ...placement, Platforms: known } : placement
    return {
      ...template,
      ContainerSpec: { ...template.ContainerSpec, Image },
      ...(Placement || known.length > 0 ? { Placement: kept } : {}),
    }
  })
}

function referenceChecks(on: Situation, image: string, reference: ImageReference): Check[] {
  const checks: Check[] = []
  const subjects = [{ kind: 'image' as const, name: image }]
  if (reference.digest === null) {
    const why = answered(on, image)?.problem
    const cause = why ? ` The engine said: ${why}` : ''
    const sentence = `The registry gave no digest for ${image}: each node resolves the tag by itself, and may find another image than its neighbour.${cause}`
    checks.push(warn('digest-unresolved', sentence, subjects))
  }
  if (reference.tag === 'latest' || (reference.tag === null && reference.digest === null)) {
    const sentence = 'The tag latest says nothing of a version, and moves.'
    checks.push(info('latest-tag', sentence, subjects))
  }
  return checks
}
