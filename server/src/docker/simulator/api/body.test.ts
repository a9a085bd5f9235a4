import { describe, expect, test } from 'vitest'
import { readBody } from './body.ts'

const service = '/services/create'

/** Texts that engine 28 gave to the same bodies. @see e2e/parity */
describe('a body that cannot be read', () => {
  test.each([
    ['cut short', service, '{"Name": "a"', 'invalid JSON: unexpected EOF'],
    [
      'no JSON',
      service,
      'hello',
      "invalid JSON: invalid character 'h' looking for beginning of value",
    ],
    ['two of them', service, '{} {}', 'unexpected content after JSON'],
    [
      'a list',
      service,
      '[]',
      'invalid JSON: json: cannot unmarshal array into Go value of type swarm.ServiceSpec',
    ],
    [
      'a number for a name',
      '/services/x/update',
      '{"Name": 5}',
      'invalid JSON: json: cannot unmarshal number into Go struct field ServiceSpec.Name of type string',
    ],
    [
      'fewer than no replicas',
      service,
      '{"Mode": {"Replicated": {"Replicas": -1}}}',
      'invalid JSON: json: cannot unmarshal number -1 into Go struct field ServiceSpec.Mode.Replicated.Replicas of type uint64',
    ],
    [
      'a text for labels',
      '/secrets/create',
      '{"Labels": "a"}',
      'invalid JSON: json: cannot unmarshal string into Go struct field SecretSpec.Labels of type map[string]string',
    ],
    [
      'data that is not base64',
      '/configs/create',
      '{"Data": "***"}',
      'invalid JSON: json: cannot unmarshal string into Go struct field ConfigSpec.Data of type []uint8: illegal base64 data at input byte 0',
    ],
  ])('%s', (_, path, text, message) => {
    expect(() => readBody(text, path)).toThrow(message)
  })
})

test('any other is read as it is', () => {
  expect(readBody('', service)).toBeNull()
  expect(readBody('{"Name": null, "More": [1]}', service)).toEqual({
    Name: null,
    More: [1],
  })
  expect(readBody('[1]', '/elsewhere')).toEqual([1])
})
