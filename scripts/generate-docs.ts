import { writeFileSync } from 'fs';
import { join } from 'path';
import { resourceTypesDoc } from './resource-types-doc';
import { validationDoc } from './validation-doc';

const DOCS = join(__dirname, '..', 'docs');

writeFileSync(join(DOCS, 'resource-types.md'), resourceTypesDoc());
writeFileSync(join(DOCS, 'validation.md'), validationDoc());
