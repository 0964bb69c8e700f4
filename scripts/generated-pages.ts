import { permissionsDoc } from './permissions-doc';
import { resourceTypesDoc } from './resource-types-doc';
import { validationDoc } from './validation-doc';

/** What is in docs/ by its name, and made of the code. */
export const GENERATED_PAGES: Readonly<Record<string, () => string>> = {
  'permissions.md': permissionsDoc,
  'resource-types.md': resourceTypesDoc,
  'validation.md': validationDoc,
};
