import { permissionsDoc } from './permissions-doc';
import { resourceTypesDoc } from './resource-types-doc';
import { validationDoc } from './validation-doc';
import { PAGE_NAMES, pageOf, readResults } from '../bench/page';

/** What is in docs/ by its name, and made of the code, or of what the benchmarks have found. */
export const GENERATED_PAGES: Readonly<Record<string, () => string>> = {
  'permissions.md': permissionsDoc,
  'resource-types.md': resourceTypesDoc,
  'validation.md': validationDoc,
  ...Object.fromEntries(PAGE_NAMES.map((name) => [name, () => pageOf(readResults())[name]])),
};
