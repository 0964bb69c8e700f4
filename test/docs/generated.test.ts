import { readFileSync } from 'fs';
import { join } from 'path';
import { resourceTypesDoc } from '../../scripts/resource-types-doc';
import { validationDoc } from '../../scripts/validation-doc';

test.each([['resource-types.md', resourceTypesDoc], ['validation.md', validationDoc]])('docs/%s says what the code does (else: npx projen docs)', (name, made) => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', name), 'utf-8')).toBe(made());
});
